package dev.authstarter.introspection;

import java.net.URI;

import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.issuer.SecureTransport;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.PropertyResolver;

/**
 * Spring Boot's properties of the introspection endpoint, which apply where this
 * library's common properties are not set. As in Spring Boot, a blank value counts as not
 * set.
 */
final class BootIntrospectionProperties {

	private static final String URI_NAME = "spring.security.oauth2.resourceserver.opaquetoken.introspection-uri";

	private static final String CLIENT_ID = "spring.security.oauth2.resourceserver.opaquetoken.client-id";

	private static final String CLIENT_SECRET = "spring.security.oauth2.resourceserver.opaquetoken.client-secret";

	private final PropertyResolver environment;

	private final String prefix;

	private final AuthStarterProperties.Introspection own;

	/**
	 * Create a reader of the properties.
	 * @param environment has Spring Boot's properties
	 * @param prefix the prefix of this library's properties
	 * @param own the values of this library's properties
	 */
	BootIntrospectionProperties(PropertyResolver environment, String prefix, AuthStarterProperties.Introspection own) {
		this.environment = environment;
		this.prefix = prefix;
		this.own = own;
	}

	/**
	 * Return the effective properties.
	 * @throws InvalidConfigurationPropertyValueException if a property of Spring Boot and
	 * one of this library are set and differ
	 */
	AuthStarterProperties.Introspection validate() {
		URI ownUri = this.own.uri();
		String text = choose("uri", (ownUri != null) ? ownUri.toString() : null, URI_NAME);
		URI uri = (ownUri != null || text == null) ? ownUri : parse(text);
		return new AuthStarterProperties.Introspection(uri, this.own.tokens(),
				choose("client-id", this.own.clientId(), CLIENT_ID),
				choose("client-secret", this.own.clientSecret(), CLIENT_SECRET), this.own.timeToLive(),
				this.own.timeout());
	}

	/**
	 * Return the names of the properties for messages: Spring Boot's if its endpoint is
	 * used.
	 */
	PropertyNames names() {
		boolean boot = this.own.uri() == null && of(URI_NAME) != null;
		return boot ? new PropertyNames(this.prefix, URI_NAME, CLIENT_ID, CLIENT_SECRET)
				: PropertyNames.of(this.prefix);
	}

	private @Nullable String choose(String name, @Nullable String own, String bootName) {
		String boot = of(bootName);
		if (own != null && boot != null && !own.equals(boot)) {
			// Either value may be a secret.
			throw new InvalidConfigurationPropertyValueException(this.prefix + name,
					name.equals("client-secret") ? "******" : SecureTransport.withoutSecrets(own),
					"It differs from '%s'. Remove one of the two.".formatted(bootName));
		}
		return (own != null) ? own : boot;
	}

	private @Nullable String of(String name) {
		String value = this.environment.getProperty(name);
		if (value != null && value.contains("${")) {
			throw new InvalidConfigurationPropertyValueException(name, "******",
					"A placeholder in it is not set. Set it, or give it a default with '${name:default}'.");
		}
		return (value == null || value.isBlank()) ? null : value;
	}

	private static URI parse(String text) {
		try {
			return URI.create(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(URI_NAME, SecureTransport.withoutSecrets(text),
					"It is not a URI.");
		}
	}

	/**
	 * The names of the properties of one endpoint.
	 *
	 * @param prefix the prefix of the properties that only this library has
	 * @param uri the name of the endpoint's property
	 * @param clientId the name of the client id's property
	 * @param clientSecret the name of the client secret's property
	 */
	record PropertyNames(String prefix, String uri, String clientId, String clientSecret) {

		static PropertyNames of(String prefix) {
			return new PropertyNames(prefix, prefix + "uri", prefix + "client-id", prefix + "client-secret");
		}

	}

}
