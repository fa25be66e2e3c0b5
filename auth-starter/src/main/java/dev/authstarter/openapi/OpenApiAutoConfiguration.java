package dev.authstarter.openapi;

import dev.authstarter.access.PathRules;
import dev.authstarter.access.PublicPaths;
import dev.authstarter.access.inventory.AccessAutoConfiguration;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.access.inventory.HandlerPlacements;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.OrganizationSource;
import dev.authstarter.configuration.UndeclaredHandlers;
import dev.authstarter.introspection.Introspections;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.refusal.Reasons;
import dev.authstarter.refusal.RefusalBodyCustomizer;
import dev.authstarter.refusal.RefusalExplainer;
import io.swagger.v3.oas.models.OpenAPI;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.ParameterCustomizer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the access rules in springdoc's OpenAPI document, if springdoc is
 * present.
 */
@AutoConfiguration(after = AccessAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnClass({ OpenAPI.class, GlobalOpenApiCustomizer.class, ParameterCustomizer.class })
@ConditionalOnBooleanProperty(name = "auth-starter.openapi.enabled", matchIfMissing = true)
public final class OpenApiAutoConfiguration {

	@Bean
	CallerParameters callerParameters() {
		return new CallerParameters();
	}

	@Bean
	AccessDocument accessDocument(HandlerInventory inventory, PathRules pathRules, PublicPaths publicPaths,
			HandlerPlacements chains, TrustedIssuers issuers, Introspections introspections,
			AuthStarterProperties properties, ObjectProvider<RefusalExplainer> explainers,
			ObjectProvider<RefusalBodyCustomizer> customizers, Reasons reasons) {
		AuthStarterProperties.Organization organization = properties.organization();
		OrganizationInPath path = new OrganizationInPath(organization.pathVariables());
		DocumentedHandlers handlers = new DocumentedHandlers(inventory, pathRules, publicPaths, chains, path,
				properties.undeclaredHandlers() == UndeclaredHandlers.DENY);
		boolean namedElsewhere = organization.sources()
			.stream()
			.anyMatch((source) -> source == OrganizationSource.HEADER || source == OrganizationSource.SUBDOMAIN);
		return new AccessDocument(handlers, new IssuerSchemes(issuers, introspections.opaqueIssuer()),
				new RefusalResponses(reasons, customizers.stream().findAny().isEmpty(),
						explainers.stream().findAny().isPresent()),
				path, organization.hideOtherOrganizations(), namedElsewhere);
	}

}
