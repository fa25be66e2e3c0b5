package dev.authstarter;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Judges the properties that name issuer and audience: ours, and those of Spring Boot
 * where ours are silent.
 */
final class TrustedIssuerProperties {

	private static final String ISSUER = "auth-starter.issuer";

	private static final String AUDIENCE = "auth-starter.audience";

	private static final String BOOT_ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";

	private static final String BOOT_AUDIENCES = "spring.security.oauth2.resourceserver.jwt.audiences";

	private final AuthStarterProperties properties;

	private final @Nullable String bootIssuer;

	private final List<String> bootAudiences;

	TrustedIssuerProperties(AuthStarterProperties properties, Environment environment) {
		Binder binder = Binder.get(environment);
		this.properties = properties;
		this.bootIssuer = binder.bind(BOOT_ISSUER, String.class).orElse(null);
		this.bootAudiences = binder.bind(BOOT_AUDIENCES, Bindable.listOf(String.class)).orElse(List.of());
	}

	TrustedIssuer judge() {
		return new TrustedIssuer(issuer(), audiences());
	}

	private String issuer() {
		String issuer = this.properties.issuer();
		if (issuer == null) {
			if (this.bootIssuer == null) {
				throw new MissingPropertyException(ISSUER, "issuer", "Every token must come from an issuer you trust.",
						"the issuer of your provider, exactly as it spells itself, for example "
								+ "'https://acme.eu.auth0.com/'");
			}
			return requireSecureUrl(BOOT_ISSUER, this.bootIssuer);
		}
		if (this.bootIssuer != null && !issuer.equals(this.bootIssuer)) {
			throw new InvalidConfigurationPropertyValueException(ISSUER, issuer,
					"It differs from '%s', which is '%s'. Remove one of the two.".formatted(BOOT_ISSUER,
							this.bootIssuer));
		}
		return requireSecureUrl(ISSUER, issuer);
	}

	private Set<String> audiences() {
		Set<String> audiences = new LinkedHashSet<>(this.properties.audience());
		Set<String> bootAudiences = new LinkedHashSet<>(this.bootAudiences);
		if (audiences.isEmpty() && bootAudiences.isEmpty()) {
			throw new MissingPropertyException(AUDIENCE, "audience",
					"Without it, tokens that were issued for any other API would be accepted here.",
					"the identifier of this API at your provider, for example 'https://api.acme.example'");
		}
		if (!audiences.isEmpty() && !bootAudiences.isEmpty() && !audiences.equals(bootAudiences)) {
			throw new InvalidConfigurationPropertyValueException(AUDIENCE, audiences,
					"It differs from '%s', which is %s. Remove one of the two.".formatted(BOOT_AUDIENCES,
							bootAudiences));
		}
		boolean ours = !audiences.isEmpty();
		Set<String> judged = ours ? audiences : bootAudiences;
		if (judged.stream().anyMatch(String::isBlank)) {
			throw new InvalidConfigurationPropertyValueException(ours ? AUDIENCE : BOOT_AUDIENCES, judged,
					"An audience must not be blank.");
		}
		return judged;
	}

	private static String requireSecureUrl(String property, String issuer) {
		URI uri = toUri(issuer);
		if (uri == null || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
			throw new InvalidConfigurationPropertyValueException(property, issuer,
					"An issuer is an absolute URL without query and fragment, for example "
							+ "'https://acme.eu.auth0.com/'.");
		}
		if (!TransportSecurity.isSecure(uri)) {
			throw new InvalidConfigurationPropertyValueException(property, issuer,
					"Keys must be fetched over https. Only an issuer on this machine (localhost) may use http.");
		}
		return issuer;
	}

	private static @Nullable URI toUri(String text) {
		try {
			return new URI(text);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
