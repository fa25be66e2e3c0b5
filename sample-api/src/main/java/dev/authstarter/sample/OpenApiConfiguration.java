package dev.authstarter.sample;

import dev.authstarter.issuer.TrustedIssuers;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityScheme;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The OpenAPI document at {@code /v3/api-docs} and its page at {@code /swagger-ui.html}.
 * auth-starter adds the access rules.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

	/**
	 * Replaces the security scheme of that name, which refers to the issuer's discovery
	 * document.
	 */
	static final String ACCESS_TOKEN = "accessToken";

	/** Users paste a token into the page, which is not a client of the issuer. */
	@Bean
	OpenAPI openApi(TrustedIssuers trusted) {
		return new OpenAPI()
			.info(new Info().title("Clinic API")
				.version("1")
				.description("Appointments of clinics. A token gives access to one clinic only."))
			.components(new Components().addSecuritySchemes(ACCESS_TOKEN,
					new SecurityScheme().type(SecurityScheme.Type.HTTP)
						.scheme("bearer")
						.bearerFormat("JWT")
						.description("An access token of " + trusted.first().issuer())));
	}

}
