package dev.authstarter;

import java.net.URI;

/**
 * The one rule about where keys and metadata may be fetched from (RFC 8414 section 2).
 */
public final class TransportSecurity {

	private TransportSecurity() {
	}

	/**
	 * Tell whether nobody on the network can change what is fetched: https, or this
	 * machine itself.
	 * @param uri an absolute URI
	 * @return whether to trust the transport
	 */
	public static boolean isSecure(URI uri) {
		return uri.getHost() != null
				&& ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isLoopback(uri.getHost())));
	}

	private static boolean isLoopback(String host) {
		return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
	}

}
