package dev.authstarter.token.check;

import java.util.List;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Refuses JWTs whose header does not have the type of an access token, regardless of
 * their claims. The strict profile applies it in addition to {@link TokenTypeCheck}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-4">RFC 9068 section 4</a>
 */
public final class Rfc9068TypeCheck implements TokenCheck {

	@Override
	public @Nullable Reason refuse(TokenContent token) {
		return (token.format() == TokenFormat.OPAQUE || isAccessToken(token.header().get("typ"))) ? null
				: Reason.WRONG_TYPE;
	}

	private static boolean isAccessToken(@Nullable Object type) {
		return type instanceof String text && HeaderTypes.isAccessToken(HeaderTypes.stripped(text));
	}

	@Override
	public List<Finding> explain(TokenContent token) {
		return (refuse(token) != null) ? List
			.of(new Finding("Profile", "the header type 'at+jwt', which 'auth-starter.profile' requires", null, null))
				: List.of();
	}

}
