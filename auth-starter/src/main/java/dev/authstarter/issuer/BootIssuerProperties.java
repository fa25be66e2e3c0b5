package dev.authstarter.issuer;

import java.net.URI;
import java.util.List;

import dev.authstarter.configuration.UnresolvedProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Spring Boot's properties for the issuer of JWTs. They are used where the properties of
 * this library are not set. A blank value counts as not set, as in Spring Boot.
 */
final class BootIssuerProperties {

	static final String ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";

	static final String AUDIENCES = "spring.security.oauth2.resourceserver.jwt.audiences";

	static final String ALGORITHMS = "spring.security.oauth2.resourceserver.jwt.jws-algorithms";

	private static final String REMOVED_ALGORITHM = "spring.security.oauth2.resourceserver.jwt.jws-algorithm";

	static final String KEY_SET = "spring.security.oauth2.resourceserver.jwt.jwk-set-uri";

	private static final String PUBLIC_KEY = "spring.security.oauth2.resourceserver.jwt.public-key-location";

	private final Binder binder;

	BootIssuerProperties(Environment environment) {
		this.binder = Binder.get(environment);
	}

	@Nullable String issuer() {
		return text(ISSUER);
	}

	List<String> audiences() {
		return texts(AUDIENCES);
	}

	List<String> algorithms() {
		String removed = text(REMOVED_ALGORITHM);
		if (removed != null) {
			throw new InvalidConfigurationPropertyValueException(REMOVED_ALGORITHM, removed,
					"Spring Boot no longer reads it. Set '%s' instead.".formatted(ALGORITHMS));
		}
		return texts(ALGORITHMS);
	}

	/** Return the location of the keys, or {@code null} if no property sets it. */
	@Nullable KeyLocation keys() {
		String keySet = text(KEY_SET);
		String publicKey = text(PUBLIC_KEY);
		if (keySet != null && publicKey != null) {
			throw new InvalidConfigurationPropertyValueException(KEY_SET, SecureTransport.withoutSecrets(keySet),
					"'%s' names another source of keys. Remove one of the two.".formatted(PUBLIC_KEY));
		}
		if (publicKey != null && !publicKey.startsWith("classpath:") && !publicKey.startsWith("file:")) {
			throw new InvalidConfigurationPropertyValueException(PUBLIC_KEY, SecureTransport.withoutSecrets(publicKey),
					"It must start with 'classpath:' or 'file:'. For a key set at a URL, set '%s' instead."
						.formatted(KEY_SET));
		}
		if (publicKey != null) {
			return new KeyLocation(PUBLIC_KEY, uri(PUBLIC_KEY, publicKey));
		}
		return (keySet != null) ? new KeyLocation(KEY_SET, uri(KEY_SET, keySet)) : null;
	}

	private static URI uri(String property, String text) {
		URI uri = TrustedIssuersFactory.toUri(text);
		if (uri == null) {
			throw new InvalidConfigurationPropertyValueException(property, SecureTransport.withoutSecrets(text),
					"It is not a URI.");
		}
		return uri;
	}

	private @Nullable String text(String property) {
		String text = this.binder.bind(property, String.class).orElse("");
		requireResolved(property, text);
		return text.isBlank() ? null : text;
	}

	private List<String> texts(String property) {
		List<String> texts = this.binder.bind(property, Bindable.listOf(String.class)).orElse(List.of());
		requireResolved(property, texts);
		return texts;
	}

	private static void requireResolved(String property, Object bound) {
		UnresolvedProperties.requireResolved(ConfigurationPropertyName.of(property), bound);
	}

	/**
	 * The location of the keys.
	 *
	 * @param property the property that sets it
	 * @param uri the location
	 */
	record KeyLocation(String property, URI uri) {

	}

}
