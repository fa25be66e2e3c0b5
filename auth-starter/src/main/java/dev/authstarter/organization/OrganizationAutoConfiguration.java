package dev.authstarter.organization;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.access.HandlerGuard;
import dev.authstarter.access.interception.HandlerRules;
import dev.authstarter.authentication.AccessTokenReader;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.OrganizationSource;
import dev.authstarter.issuer.TrustedIssuers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskDecorator;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;

/**
 * Auto-configuration of organization scoping: requests act only in organizations of the
 * caller's token.
 */
@AutoConfiguration(after = AuthStarterAutoConfiguration.class)
public final class OrganizationAutoConfiguration {

	private static final String PREFIX = "auth-starter.organization.";

	private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

	@Bean
	CallerContextFactory callerContexts(ObjectProvider<AccessTokenReader> accessTokens) {
		return (caller) -> {
			AccessToken token = accessTokens.getObject().read(caller);
			List<Organization> organizations = (token != null) ? token.organizations() : List.of();
			return OrganizationSecurityContext.of(caller, (organizations.size() == 1) ? organizations.get(0) : null);
		};
	}

	/**
	 * Propagates the caller to {@code @Async} methods of the application. Spring Boot
	 * also applies it to schedulers, where it does nothing: scheduled tasks may run after
	 * the caller's token has expired. It has the highest precedence, to see tasks before
	 * other decorators wrap them.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	TaskDecorator callerTaskDecorator() {
		return (task) -> (task instanceof RunnableScheduledFuture) ? task : new DelegatingSecurityContextRunnable(task);
	}

	/**
	 * Restricts each request to one organization.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication
	@Conditional(Handlers.class)
	static class WebConfiguration {

		/** Before the rules about roles, which count in the acting organization. */
		@Bean
		@Order(HandlerGuard.ORGANIZATION_ORDER)
		OrganizationGuard organizationGuard(AuthStarterProperties properties, HandlerRules rules,
				ObjectProvider<OrganizationResolver> resolvers, ObjectProvider<OrganizationPolicy> policies,
				TrustedIssuers issuers, ClaimReaders providers,
				@Qualifier(AuthStarterAutoConfiguration.CLOCK) Clock clock) {
			AuthStarterProperties.Organization organization = properties.organization();
			validate(organization);
			if (organization.policyTimeToLive().isNegative()) {
				throw new InvalidConfigurationPropertyValueException(PREFIX + "policy-time-to-live",
						organization.policyTimeToLive(), "It must not be negative.");
			}
			PathOrganizationResolver path = new PathOrganizationResolver(organization.pathVariables());
			return new OrganizationGuard(path, sources(organization, path, resolvers.orderedStream().toList()),
					new OrganizationGuard.Settings(organization.sources().contains(OrganizationSource.TOKEN),
							organization.acceptNames(), organization.crossOrganizationScope(),
							organization.hideOtherOrganizations()),
					(handler) -> rules.of(handler).allowsMachineWithoutOrganization(),
					new OrganizationPolicies(policies(new AllowedOrganizations(issuers, providers), policies),
							organization.policyTimeToLive(), clock));
		}

		private static List<OrganizationPolicy> policies(AllowedOrganizations allowed,
				ObjectProvider<OrganizationPolicy> policies) {
			return Stream.concat(Stream.of(allowed), policies.orderedStream()).toList();
		}

		private static void validate(AuthStarterProperties.Organization organization) {
			List<OrganizationSource> sources = organization.sources();
			if (!sources.contains(OrganizationSource.PATH) || new HashSet<>(sources).size() != sources.size()) {
				throw new InvalidConfigurationPropertyValueException(PREFIX + "sources", sources,
						"It must contain 'path', and each source once: an organization in the path is always compared "
								+ "with the token.");
			}
			if (organization.pathVariables().isEmpty()
					|| organization.pathVariables().stream().anyMatch(String::isBlank)) {
				throw new InvalidConfigurationPropertyValueException(PREFIX + "path-variables",
						organization.pathVariables(), "It must contain at least one path variable.");
			}
			if (sources.contains(OrganizationSource.HEADER) && organization.header().isBlank()) {
				throw new InvalidConfigurationPropertyValueException(PREFIX + "header", organization.header(),
						"It must not be blank.");
			}
			String domain = organization.baseDomain();
			if (sources.contains(OrganizationSource.SUBDOMAIN) != (domain != null)) {
				throw new InvalidConfigurationPropertyValueException(PREFIX + "base-domain", domain,
						"It goes together with 'subdomain' in '%ssources': set both or neither.".formatted(PREFIX));
			}
			if (domain != null && !DOMAIN.matcher(domain).matches()) {
				throw new InvalidConfigurationPropertyValueException(PREFIX + "base-domain", domain,
						"It must be a domain such as 'api.example.com', without a dot at either end.");
			}
		}

		private static List<OrganizationResolver> sources(AuthStarterProperties.Organization organization,
				PathOrganizationResolver path, List<OrganizationResolver> resolvers) {
			List<OrganizationResolver> sources = new ArrayList<>();
			for (OrganizationSource source : organization.sources()) {
				switch (source) {
					case PATH -> sources.add(path);
					case HEADER -> sources.add(new HeaderOrganizationResolver(organization.header()));
					case SUBDOMAIN ->
						sources.add(new SubdomainOrganizationResolver(String.valueOf(organization.baseDomain())));
					case TOKEN -> {
						// Used only if no other source names one: see OrganizationGuard.
					}
				}
			}
			sources.addAll(resolvers);
			return sources;
		}

	}

	/**
	 * Matches if Spring MVC or WebFlux is present.
	 */
	static final class Handlers extends AnyNestedCondition {

		Handlers() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnClass(name = "org.springframework.web.servlet.HandlerMapping")
		static class Mvc {

		}

		@ConditionalOnClass(name = "org.springframework.web.reactive.HandlerMapping")
		static class WebFlux {

		}

	}

}
