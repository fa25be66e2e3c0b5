package dev.authstarter.operations;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.RequiresCaller;
import dev.authstarter.RequiresCaller.Delegation;
import dev.authstarter.RequiresPermission;
import dev.authstarter.RequiresScope;
import dev.authstarter.event.RequestRefused;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.keys.IssuerKeys;
import dev.authstarter.keys.KeyLookup;
import dev.authstarter.keys.KeySet;
import dev.authstarter.keys.TrustedKeys;
import dev.authstarter.membership.OrganizationMemberships;
import dev.authstarter.organization.OrganizationPolicy;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An API that can refuse requests for every reason.
 */
class AuditedApi extends TestApi {

	static final String LOST_KEY = "lost";

	static final String BLOCKED = "blocked";

	static final String USER = "X-User";

	static final String UNKNOWN_MEMBER = "mallory-the-member";

	static final String UNPAID = "org_unpaid";

	@Bean
	@Primary
	TrustedKeys keysOfWhichOneIsLost() {
		return (issuer) -> new KeysOfWhichOneIsLost();
	}

	private static final class KeysOfWhichOneIsLost implements IssuerKeys {

		private static final KeySet KEYS = KeySet.of(new JWKSet(TestKey.RSA.publicKey()));

		@Override
		public KeyLookup current() {
			return KEYS;
		}

		@Override
		public KeyLookup seek(JWSHeader header, List<JWK> tried, KeySet known) {
			return LOST_KEY.equals(header.getKeyID()) ? new KeyLookup.Unavailable() : known;
		}

	}

	@Bean
	OAuth2TokenValidator<Jwt> blockedCallers() {
		return (jwt) -> jwt.hasClaim(BLOCKED) ? OAuth2TokenValidatorResult.failure(new OAuth2Error("blocked"))
				: OAuth2TokenValidatorResult.success();
	}

	@Bean
	OrganizationPolicy paidOnly() {
		return (issuer, organizationId) -> !organizationId.equals(UNPAID);
	}

	@Bean
	Audited audited(Background background) {
		return new Audited(background);
	}

	@Bean
	Heard heard() {
		return new Heard();
	}

	@Bean
	Background background() {
		return new Background();
	}

	/** A user of another kind, as a session or a certificate would make one. */
	@Bean
	Customizer<HttpSecurity> users() {
		return (http) -> http.addFilterAfter((request, response, chain) -> {
			if (((HttpServletRequest) request).getHeader(USER) != null) {
				SecurityContextHolder.getContext()
					.setAuthentication(new TestingAuthenticationToken("mallory", "", "ROLE_USER"));
			}
			chain.doFilter(request, response);
		}, BearerTokenAuthenticationFilter.class);
	}

	/**
	 * Does what takes long.
	 */
	static class Background {

		@RequiresScope("read:notes")
		public String report() {
			return "report";
		}

	}

	/**
	 * Records the published events.
	 */
	static final class Heard {

		private final List<RequestRefused> refusals = new CopyOnWriteArrayList<>();

		List<RequestRefused> refusals() {
			return this.refusals;
		}

		@EventListener
		void on(RequestRefused refused) {
			this.refusals.add(refused);
		}

	}

	/**
	 * A handler with a rule.
	 */
	@RestController
	static class Audited {

		private final Background background;

		Audited(Background background) {
			this.background = background;
		}

		@GetMapping("/background")
		String background() {
			return CompletableFuture.supplyAsync(this.background::report).join();
		}

		@GetMapping("/acting")
		Set<String> acting(Organization organization) {
			return Set.of(organization.id());
		}

		@GetMapping("/permitted")
		@RequiresPermission("read:audit")
		void permitted() {
		}

		@GetMapping("/in-person")
		@RequiresCaller(delegation = Delegation.FORBIDDEN)
		void inPerson() {
		}

		@GetMapping("/machines")
		@RequiresCaller(CallerType.MACHINE)
		void machines() {
		}

		@GetMapping("/closed")
		@PreAuthorize("denyAll()")
		void closed() {
		}

		@GetMapping("/shared")
		@RequiresPermission("read:audit")
		@CrossOrigin("https://app.example")
		void shared() {
		}

	}

	/**
	 * A store of memberships that adds nothing, and that fails for one caller.
	 */
	static class Members {

		@Bean
		OrganizationMemberships memberships() {
			return (token) -> token.subject().equals(UNKNOWN_MEMBER)
					? CompletableFuture.failedFuture(new IllegalStateException("The store is down"))
					: CompletableFuture.completedFuture(List.<Organization>of());
		}

	}

}
