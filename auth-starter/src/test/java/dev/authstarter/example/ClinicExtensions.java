package dev.authstarter.example;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerGuard;
import dev.authstarter.claims.AccessTokenCustomizer;
import dev.authstarter.event.AuthListener;
import dev.authstarter.event.RequestRefused;
import dev.authstarter.issuer.IssuerHttpClientCustomizer;
import dev.authstarter.issuer.IssuerResolver;
import dev.authstarter.issuer.ResolvedIssuer;
import dev.authstarter.membership.OrganizationMemberships;
import dev.authstarter.organization.OrganizationPolicy;
import dev.authstarter.organization.OrganizationResolver;
import dev.authstarter.refusal.RefusalBodyCustomizer;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.ProblemDetail;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/**
 * Every extension that an application can make, each as the document shows it.
 */
@Configuration(proxyBeanMethods = false)
class ClinicExtensions {

	static final Reason QUOTA_EXCEEDED = Reason.of("quota_exceeded", 429, "The quota of this caller is used up");

	@Bean
	Reason quotaExceeded() {
		return QUOTA_EXCEEDED;
	}

	@Bean
	OAuth2TokenValidator<Jwt> strongAuthentication() {
		return (jwt) -> {
			List<String> methods = jwt.getClaimAsStringList("amr");
			return (methods == null || methods.contains("mfa")) ? OAuth2TokenValidatorResult.success()
					: OAuth2TokenValidatorResult.failure(new OAuth2Error("mfa_required"));
		};
	}

	@Bean
	OrganizationPolicy payingClinics(Clinics clinics) {
		return (issuer, organizationId) -> clinics.hasPaid(organizationId);
	}

	@Bean
	OrganizationResolver clinicHeader() {
		return (call) -> call.headers("X-Clinic");
	}

	@Bean
	IssuerHttpClientCustomizer proxy() {
		return (issuer, client) -> client
			.proxy(ProxySelector.of(InetSocketAddress.createUnresolved("proxy.example", 3128)))
			.connectTimeout(Duration.ofSeconds(2));
	}

	/**
	 * Counts what each caller does.
	 */
	@Component
	@Order(HandlerGuard.RULE_ORDER + 1)
	static class QuotaGuard implements HandlerGuard {

		private final Clinics clinics;

		QuotaGuard(Clinics clinics) {
			this.clinics = clinics;
		}

		@Override
		public @Nullable Refusal refuse(HandlerCall call, @Nullable AccessToken caller) {
			boolean exceeded = caller != null && call.method().equals("POST")
					&& this.clinics.isQuotaExceeded(caller.subject());
			return exceeded ? Refusal.of(QUOTA_EXCEEDED) : null;
		}

	}

	/**
	 * Decodes permissions that a token has as bits of a number.
	 */
	@Component
	static class PermissionBits implements AccessTokenCustomizer {

		private static final List<String> PERMISSIONS = List.of("read:notes", "write:notes", "delete:notes");

		@Override
		public AccessToken decode(AccessToken token) {
			if (!(token.claims().get("perm_bits") instanceof Number bits)) {
				return token;
			}
			Set<String> permissions = new HashSet<>(token.permissions());
			for (int i = 0; i < PERMISSIONS.size(); i++) {
				if ((bits.longValue() >> i & 1) == 1) {
					permissions.add(PERMISSIONS.get(i));
				}
			}
			return token.withPermissions(permissions);
		}

	}

	/**
	 * Finds the roles of a caller in the database of the application.
	 */
	@Component
	static class StoredMemberships implements OrganizationMemberships {

		private final Clinics clinics;

		private final AsyncTaskExecutor executor;

		StoredMemberships(Clinics clinics, AsyncTaskExecutor applicationTaskExecutor) {
			this.clinics = clinics;
			this.executor = applicationTaskExecutor;
		}

		@Override
		public CompletionStage<Collection<Organization>> find(AccessToken token) {
			return this.executor.submitCompletable(() -> this.clinics.membershipsOf(token.issuer(), token.subject()));
		}

	}

	/**
	 * Finds the realm of each clinic.
	 */
	@Component
	static class ClinicRealms implements IssuerResolver {

		private static final String REALMS = "https://sso.clinic.example/realms/";

		private final Clinics clinics;

		ClinicRealms(Clinics clinics) {
			this.clinics = clinics;
		}

		@Override
		public @Nullable ResolvedIssuer resolve(String issuer) {
			if (!issuer.startsWith(REALMS)) {
				return null;
			}
			String clinic = issuer.substring(REALMS.length());
			return this.clinics.hasRealm(clinic)
					? ResolvedIssuer.like("default").withAllowedOrganizations("org_" + clinic) : null;
		}

	}

	/**
	 * Writes refusals in the format of the company.
	 */
	@Component
	static class CompanyErrors implements RefusalBodyCustomizer {

		@Override
		public @Nullable Map<String, ?> customize(Refusal refusal, Locale locale, ProblemDetail problem) {
			return Map.of("error", Map.of("code", refusal.reason().code(), "message", problem.getTitle()));
		}

	}

	/**
	 * Counts refusals of each reason.
	 */
	@Component
	static class RefusalCounter implements AuthListener {

		private final LongAdder refused = new LongAdder();

		@Override
		public void requestRefused(RequestRefused refused) {
			this.refused.increment();
		}

		@Override
		public void tokenAccepted(TrustedIssuer issuer) {
			// called for each request: nothing slow belongs here
		}

		long count() {
			return this.refused.sum();
		}

	}

}
