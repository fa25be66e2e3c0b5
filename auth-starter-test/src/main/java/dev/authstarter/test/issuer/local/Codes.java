package dev.authstarter.test.issuer.local;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.util.Base64URL;
import org.jspecify.annotations.Nullable;

/**
 * Authorization codes: valid once, and for a minute (RFC 6749 section 4.1.2).
 */
final class Codes {

	static final Duration LIFETIME = Duration.ofMinutes(1);

	private static final int BYTES = 32;

	private static final int MAXIMUM = 1_000;

	private final SecureRandom random = new SecureRandom();

	private final Map<String, Grant> grants = Caffeine.newBuilder().maximumSize(MAXIMUM).<String, Grant>build().asMap();

	private final Clock clock;

	Codes(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Make a code.
	 * @param request the request
	 * @param user the name of the user who signed in
	 * @param scopes the scopes that the user granted
	 */
	String issue(AuthorizationRequest request, String user, List<String> scopes) {
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		String code = Base64URL.encode(bytes).toString();
		this.grants.put(code, new Grant(request, user, scopes, this.clock.instant().plus(LIFETIME)));
		return code;
	}

	/** Remove a code and return its grant, so that it can be used only once. */
	@Nullable Grant redeem(String code) {
		Grant grant = this.grants.remove(code);
		return (grant != null && this.clock.instant().isBefore(grant.expiry())) ? grant : null;
	}

	/**
	 * The grant behind a code.
	 *
	 * @param request the request
	 * @param user the name of the user
	 * @param scopes the scopes that the user granted
	 * @param expiry the time at which the code expires
	 */
	record Grant(AuthorizationRequest request, String user, List<String> scopes, Instant expiry) {

	}

}
