package dev.authstarter.sample;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.issuer.TrustedIssuers;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.utils.SpringDocUtils;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The OpenAPI document at {@code /v3/api-docs} and its page at {@code /swagger-ui.html}.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

	/** How people get a token: at the issuer. */
	static final String OPEN_ID = "openId";

	/** Whoever has one may paste it. */
	static final String TOKEN = "token";

	static {
		// They come with the token, not from the caller.
		SpringDocUtils.getConfig().addRequestWrapperToIgnore(AccessToken.class, Organization.class);
	}

	@Bean
	OpenAPI openApi(TrustedIssuers trusted) {
		TrustedIssuer issuer = trusted.first();
		return new OpenAPI()
			.info(new Info().title("Clinic API")
				.version("1")
				.description("Appointments of clinics. A token is for one clinic, and opens no other."))
			.components(new Components()
				.addSecuritySchemes(OPEN_ID,
						new SecurityScheme().type(SecurityScheme.Type.OPENIDCONNECT)
							.openIdConnectUrl(metadata(issuer.issuer())))
				.addSecuritySchemes(TOKEN,
						new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").bearerFormat("JWT")));
	}

	/** OpenID Connect Discovery 1.0 section 4. */
	private static String metadata(String issuer) {
		return (issuer.endsWith("/") ? issuer : issuer + "/") + ".well-known/openid-configuration";
	}

	@Bean
	DocumentedRules documentedRules(HandlerInventory inventory) {
		return new DocumentedRules(inventory);
	}

}
