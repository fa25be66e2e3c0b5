package dev.authstarter.issuer;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.authstarter.TrustedIssuer;

/**
 * Creates the HTTP clients for requests to issuers.
 */
public final class IssuerHttpClientFactory {

	private final IssuerTrust trust;

	private final List<IssuerHttpClientCustomizer> customizers;

	private final List<IssuerHttpClient> clients = new CopyOnWriteArrayList<>();

	IssuerHttpClientFactory(IssuerTrust trust, List<IssuerHttpClientCustomizer> customizers) {
		this.trust = trust;
		this.customizers = customizers;
		trust.onChange(() -> this.clients.forEach(IssuerHttpClient::renew));
	}

	/**
	 * Create a client.
	 * @param issuer the issuer that the client is for
	 * @param connectTimeout the maximum time to connect
	 * @return a client with the certificates and customizations of the issuer
	 */
	public IssuerHttpClient create(TrustedIssuer issuer, Duration connectTimeout) {
		IssuerHttpClient client = new IssuerHttpClient(() -> {
			HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(connectTimeout);
			this.trust.applyTo(issuer, builder);
			this.customizers.forEach((customizer) -> customizer.customize(issuer, builder));
			// A redirect must not send a request for one host to another.
			return builder.followRedirects(Redirect.NEVER).build();
		}, this.trust.describe(issuer));
		this.clients.add(client);
		return client;
	}

}
