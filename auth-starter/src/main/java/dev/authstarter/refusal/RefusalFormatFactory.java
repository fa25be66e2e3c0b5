package dev.authstarter.refusal;

import java.net.URI;
import java.util.Set;

import dev.authstarter.Reason;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.issuer.SecureTransport;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Validates the properties of responses to refused requests.
 */
public final class RefusalFormatFactory {

	private static final String PREFIX = "auth-starter.refusals.";

	private RefusalFormatFactory() {
	}

	/**
	 * Create the format.
	 * @param properties all properties
	 * @return the format
	 * @throws InvalidConfigurationPropertyValueException if a value is not allowed in a
	 * response
	 */
	public static RefusalFormat create(AuthStarterProperties properties) {
		requireResource(properties.resourceMetadata().resource());
		String realm = properties.refusals().realm();
		if (realm.isBlank() || !realm.chars().allMatch(RefusalFormatFactory::isQuotable)) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "realm", realm,
					"It must consist of printable ASCII characters, without quotation marks and backslashes.");
		}
		RefusalFormat format = new RefusalFormat(realm, properties.refusals().typePrefix(),
				properties.resourceMetadata().location());
		try {
			if (format.type(Reason.MISSING_TOKEN.code()).isAbsolute()) {
				return format;
			}
		}
		catch (IllegalArgumentException ex) {
			// Reported below.
		}
		throw new InvalidConfigurationPropertyValueException(PREFIX + "type-prefix", format.typePrefix(),
				"It must be the beginning of a URI, for example 'https://api.acme.example/problems/', or 'about:blank'.");
	}

	/** RFC 9110 section 5.6.4, without characters that need a backslash. */
	private static boolean isQuotable(int character) {
		return character >= ' ' && character <= '~' && character != '"' && character != '\\';
	}

	/** RFC 9728 section 1.2, and no query, which few clients would send. */
	private static void requireResource(@Nullable URI resource) {
		if (resource != null && (!new SecureTransport(Set.of()).isSecure(resource) || resource.getRawQuery() != null
				|| resource.getRawFragment() != null || resource.getRawUserInfo() != null)) {
			throw new InvalidConfigurationPropertyValueException("auth-starter.resource-metadata.resource",
					SecureTransport.withoutSecrets(resource.toString()),
					"It must be an https URL without query and fragment, for example 'https://api.acme.example'.");
		}
	}

}
