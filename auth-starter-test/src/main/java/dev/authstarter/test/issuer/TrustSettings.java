package dev.authstarter.test.issuer;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.authstarter.provider.Presets;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Overrides the properties that name an application's issuer, so that it trusts the local
 * issuer.
 */
final class TrustSettings {

	private static final String PROVIDER = "auth-starter.provider";

	private static final String BOOT_ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";

	private static final String INTROSPECTION = "auth-starter.introspection.";

	private TrustSettings() {
	}

	static void apply(ConfigurableEnvironment environment, TestIssuer issuer) {
		environment.getPropertySources().addFirst(new MapPropertySource("testIssuer", properties(environment, issuer)));
	}

	/**
	 * Detect the provider from the application's own issuer, because the URL of the local
	 * one does not show it.
	 */
	private static @Nullable String detectedProvider(ConfigurableEnvironment environment) {
		if (!Presets.DETECT.equals(environment.getProperty(PROVIDER))) {
			return null;
		}
		String issuer = environment.containsProperty("auth-starter.issuer")
				? environment.getProperty("auth-starter.issuer") : environment.getProperty(BOOT_ISSUER);
		return (issuer != null) ? Presets.load().detect(issuer) : null;
	}

	private static Map<String, Object> properties(ConfigurableEnvironment environment, TestIssuer issuer) {
		if (Binder.get(environment)
			.bind("auth-starter.issuers", Bindable.mapOf(String.class, Object.class))
			.isBound()) {
			throw new IllegalStateException("@AutoConfigureTestIssuer replaces the only issuer of an application, but "
					+ "this one has 'auth-starter.issuers'. Start issuers with TestIssuer.start() and name them in "
					+ "'auth-starter.issuers.<name>.issuer' by @DynamicPropertySource.");
		}
		Map<String, Object> properties = new LinkedHashMap<>();
		String provider = detectedProvider(environment);
		if (provider != null) {
			properties.put(PROVIDER, provider);
		}
		properties.put("auth-starter.issuer", issuer.issuer());
		properties.put("auth-starter.jwks-uri", issuer.jwksUri().toString());
		if (environment.containsProperty(BOOT_ISSUER)) {
			properties.put(BOOT_ISSUER, issuer.issuer());
		}
		if (environment.containsProperty(INTROSPECTION + "uri")) {
			properties.put(INTROSPECTION + "uri", issuer.introspectionUri().toString());
			issuer.registerClient(environment.getProperty(INTROSPECTION + "client-id", ""),
					environment.getProperty(INTROSPECTION + "client-secret", ""));
		}
		return properties;
	}

}
