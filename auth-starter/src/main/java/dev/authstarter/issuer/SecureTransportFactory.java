package dev.authstarter.issuer;

import java.util.List;
import java.util.regex.Pattern;

import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.ProductionProfile;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Validates the property that names hosts for plain http.
 */
final class SecureTransportFactory {

	private static final String PREFIX = "auth-starter.http.";

	/** A name, an IPv4 address, or an IPv6 address in brackets as in a URL. */
	private static final Pattern HOST = Pattern.compile("[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?|\\[[0-9A-Fa-f:.]+]");

	private SecureTransportFactory() {
	}

	static SecureTransport transportSecurity(AuthStarterProperties.Http properties, Environment environment) {
		List<String> hosts = properties.plainHttpHosts();
		for (String host : hosts) {
			if (!HOST.matcher(host).matches()) {
				throw new InvalidConfigurationPropertyValueException(PREFIX + "plain-http-hosts",
						SecureTransport.withoutSecrets(host),
						"It must contain exact host names, without scheme, port, path and wildcard, for example "
								+ "'keycloak'.");
			}
		}
		String production = ProductionProfile.find(environment);
		if (!hosts.isEmpty() && production != null && !properties.plainHttpInProduction()) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "plain-http-hosts", hosts,
					("The profile '%s' is active, and over http an attacker can replace the keys of the issuer. Use "
							+ "https, or set '%splain-http-in-production' to true if the network is protected by "
							+ "other means.")
						.formatted(production, PREFIX));
		}
		return new SecureTransport(hosts);
	}

}
