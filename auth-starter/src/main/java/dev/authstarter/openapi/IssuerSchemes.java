package dev.authstarter.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.issuer.SecureTransport;
import dev.authstarter.issuer.TrustedIssuers;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.jspecify.annotations.Nullable;

/**
 * The trusted issuers as security schemes. A token of any of them is accepted.
 */
final class IssuerSchemes {

	private static final String NAME = "accessToken";

	private final Map<String, SecurityScheme> schemes = new LinkedHashMap<>();

	/**
	 * Create the schemes.
	 * @param issuers the trusted issuers
	 * @param opaque the issuer whose opaque tokens are introspected, or {@code null}
	 */
	IssuerSchemes(TrustedIssuers issuers, @Nullable TrustedIssuer opaque) {
		for (TrustedIssuer issuer : issuers) {
			this.schemes.put(issuers.areSeveral() ? NAME + "-" + componentName(issuer.name()) : NAME,
					scheme(issuer, issuer.equals(opaque)));
		}
		if (issuers.mayGrow()) {
			this.schemes.put(NAME,
					bearer("An access token of an issuer that is known at run time.").bearerFormat("JWT"));
		}
	}

	/** OpenAPI 3.1 section 4.8.7. */
	private static String componentName(String name) {
		return name.replaceAll("[^A-Za-z0-9._-]", "_");
	}

	/**
	 * If the location of the keys is configured, there may be no discovery document.
	 */
	private static SecurityScheme scheme(TrustedIssuer issuer, boolean opaque) {
		String name = SecureTransport.withoutSecrets(issuer.issuer());
		String description = "An access token of " + name;
		if (issuer.jwksUri() != null) {
			return bearer(description).bearerFormat(opaque ? null : "JWT");
		}
		return new SecurityScheme().type(SecurityScheme.Type.OPENIDCONNECT)
			.description(description)
			.openIdConnectUrl((name.endsWith("/") ? name : name + "/") + ".well-known/openid-configuration");
	}

	private static SecurityScheme bearer(String description) {
		return new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").description(description);
	}

	/** Add the schemes that the application does not declare. */
	void addTo(OpenAPI document) {
		Components components = components(document);
		this.schemes.forEach((name, scheme) -> {
			if (components.getSecuritySchemes() == null || !components.getSecuritySchemes().containsKey(name)) {
				components.addSecuritySchemes(name, scheme);
			}
		});
	}

	static Components components(OpenAPI document) {
		if (document.getComponents() == null) {
			document.setComponents(new Components());
		}
		return document.getComponents();
	}

	/**
	 * Return the security requirements of an operation, of which each one is sufficient.
	 * @param document the document, with the schemes added
	 * @param scopes the alternatives; all scopes of an alternative are required together
	 */
	List<SecurityRequirement> requirements(OpenAPI document, List<List<String>> scopes) {
		Map<String, SecurityScheme> declared = components(document).getSecuritySchemes();
		List<SecurityRequirement> requirements = new ArrayList<>();
		for (List<String> alternative : scopes) {
			for (String name : this.schemes.keySet()) {
				SecurityRequirement requirement = new SecurityRequirement().addList(name,
						mayNameScopes(document, declared.get(name)) ? alternative : List.of());
				if (!requirements.contains(requirement)) {
					requirements.add(requirement);
				}
			}
		}
		return requirements;
	}

	/**
	 * In OpenAPI 3.0, only requirements of OAuth 2.0 and OpenID Connect may list scopes.
	 */
	private static boolean mayNameScopes(OpenAPI document, @Nullable SecurityScheme scheme) {
		boolean oauth = scheme != null && (scheme.getType() == SecurityScheme.Type.OPENIDCONNECT
				|| scheme.getType() == SecurityScheme.Type.OAUTH2);
		return oauth || document.getOpenapi() == null || !document.getOpenapi().startsWith("3.0");
	}

}
