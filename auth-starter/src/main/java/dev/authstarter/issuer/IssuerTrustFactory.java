package dev.authstarter.issuer;

import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.net.ssl.SSLParameters;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.core.NestedExceptionUtils;

/**
 * Validates the properties that name SSL bundles. The content of a bundle is read when a
 * client is created.
 */
final class IssuerTrustFactory implements IssuerTrust {

	private final @Nullable SslBundles bundles;

	/** By the names of the issuers. */
	private final Map<String, Named> named = new LinkedHashMap<>();

	/**
	 * Validate the properties.
	 * @param bundles the application's SSL bundles, or {@code null} in a test slice
	 * without them
	 */
	IssuerTrustFactory(AuthStarterProperties properties, TrustedIssuers issuers, @Nullable SslBundles bundles) {
		this.bundles = bundles;
		String common = properties.http().sslBundle();
		if (common != null) {
			requireKnown(new Named("auth-starter.http.ssl-bundle", common));
		}
		for (TrustedIssuer issuer : issuers) {
			AuthStarterProperties.Issuer own = properties.issuers().get(issuer.name());
			String name = (own != null) ? own.http().sslBundle() : null;
			if (name != null) {
				Named bundle = new Named("auth-starter.issuers.%s.http.ssl-bundle".formatted(issuer.name()), name);
				requireKnown(bundle);
				this.named.put(issuer.name(), bundle);
			}
			else if (common != null) {
				this.named.put(issuer.name(), new Named("auth-starter.http.ssl-bundle", common));
			}
		}
	}

	private void requireKnown(Named bundle) {
		if (this.bundles != null && !this.bundles.getBundleNames().contains(bundle.name())) {
			throw new InvalidConfigurationPropertyValueException(bundle.property(), bundle.name(),
					("There is no SSL bundle of this name. The defined bundles are %s. Define it with "
							+ "'spring.ssl.bundle.pem.%s.truststore.certificate', for example.")
						.formatted(this.bundles.getBundleNames(), bundle.name()));
		}
	}

	@Override
	public void applyTo(TrustedIssuer issuer, HttpClient.Builder client) {
		Named named = this.named.get(issuer.name());
		if (named == null) {
			return;
		}
		SslBundle bundle = read(named);
		client.sslContext(bundle.createSslContext());
		SslOptions options = bundle.getOptions();
		if (options.isSpecified()) {
			client.sslParameters(new SSLParameters(options.getCiphers(), options.getEnabledProtocols()));
		}
	}

	private SslBundle read(Named named) {
		if (this.bundles == null) {
			throw new IllegalStateException("This test slice of the application has no SSL bundles");
		}
		try {
			return this.bundles.getBundle(named.name());
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException("The SSL bundle '%s' of '%s' cannot be read: %s".formatted(named.name(),
					named.property(), NestedExceptionUtils.getMostSpecificCause(ex).getMessage()), ex);
		}
	}

	@Override
	public String describe(TrustedIssuer issuer) {
		Named named = this.named.get(issuer.name());
		return (named != null) ? "Certificates are checked against the SSL bundle '%s' of '%s'".formatted(named.name(),
				named.property()) : IssuerHttpClient.PLATFORM;
	}

	@Override
	public void onChange(Runnable listener) {
		SslBundles bundles = this.bundles;
		if (bundles != null) {
			this.named.values()
				.stream()
				.map(Named::name)
				.distinct()
				.forEach((name) -> bundles.addBundleUpdateHandler(name, (bundle) -> listener.run()));
		}
	}

	/**
	 * A bundle that a property names.
	 *
	 * @param property the property
	 * @param name the bundle
	 */
	private record Named(String property, String name) {

	}

}
