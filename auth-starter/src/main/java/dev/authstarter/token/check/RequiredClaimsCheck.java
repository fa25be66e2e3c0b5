package dev.authstarter.token.check;

import java.util.Collection;
import java.util.List;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Refuses tokens that lack a claim.
 */
public final class RequiredClaimsCheck implements TokenCheck {

	/** The claims that RFC 9068 section 2.2 requires of every access token. */
	public static final List<String> RFC9068 = List.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti");

	private final List<String> names;

	/**
	 * Require claims.
	 * @param names the names of the claims
	 */
	public RequiredClaimsCheck(Collection<String> names) {
		this.names = List.copyOf(names);
	}

	@Override
	public @Nullable Reason refuse(TokenContent token) {
		for (String name : this.names) {
			if (token.claims().get(name) == null) {
				return Reason.MISSING_CLAIM;
			}
		}
		return null;
	}

	@Override
	public List<Finding> explain(TokenContent token) {
		return (refuse(token) != null)
				? List.of(Finding.of("Required claims", "all of " + this.names, "all but " + missing(token)))
				: List.of();
	}

	private List<String> missing(TokenContent token) {
		return this.names.stream().filter((name) -> token.claims().get(name) == null).toList();
	}

}
