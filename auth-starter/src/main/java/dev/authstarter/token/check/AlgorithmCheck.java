package dev.authstarter.token.check;

import java.util.List;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Refuses JWTs that are signed with an algorithm that is not allowed for their issuer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725#section-3.1">RFC 8725 section
 * 3.1</a>
 */
public final class AlgorithmCheck implements TokenCheck {

	private final List<String> algorithms;

	/**
	 * Create a check.
	 * @param algorithms the allowed algorithms by their names in RFC 7518 section 3.1,
	 * for example {@code RS256}
	 */
	public AlgorithmCheck(List<String> algorithms) {
		this.algorithms = List.copyOf(algorithms);
	}

	@Override
	public @Nullable Reason refuse(TokenContent token) {
		return (token.format() == TokenFormat.OPAQUE || allows(token.header().get("alg"))) ? null
				: Reason.ALGORITHM_NOT_ALLOWED;
	}

	private boolean allows(@Nullable Object algorithm) {
		return algorithm instanceof String name && this.algorithms.contains(name);
	}

	@Override
	public List<Finding> explain(TokenContent token) {
		Object found = token.header().get("alg");
		return List
			.of(Finding.of("Algorithm", "one of " + this.algorithms, (found != null) ? "'" + found + "'" : "none"));
	}

}
