package dev.authstarter.token.check;

import java.util.List;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a {@code sub} that is not a string. Spring Security would convert any value to
 * a string and use it as the caller's name.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4.1.2">RFC 7519 section
 * 4.1.2</a>
 */
public final class SubjectCheck implements TokenCheck {

	@Override
	public @Nullable Reason refuse(TokenContent token) {
		Object subject = token.claims().get("sub");
		return (subject == null || subject instanceof String) ? null : Reason.MALFORMED_TOKEN;
	}

	@Override
	public List<Finding> explain(TokenContent token) {
		return (refuse(token) != null) ? List.of(Finding.of("Subject", "a text in 'sub'", "another type")) : List.of();
	}

}
