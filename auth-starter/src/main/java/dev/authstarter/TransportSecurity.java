package dev.authstarter;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * The one rule about where keys and metadata may be fetched from (RFC 8414 section 2),
 * and how that is written to a log.
 */
public final class TransportSecurity {

	/** Why a URL with a user name is refused. */
	public static final String NO_USER = "It must not contain a user name or a password: they would not be sent, and "
			+ "would come into logs.";

	private static final Pattern USER_INFO = Pattern.compile("(://)[^/?#]*@");

	private static final Pattern QUERY = Pattern.compile("(://[^?#]*\\?).*");

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

	/**
	 * Write a URL without user name, password and query, each of which may be a secret.
	 * @param url a URL, or what was meant to be one
	 * @return the same text where it has none of these
	 */
	public static String withoutSecrets(String url) {
		return QUERY.matcher(USER_INFO.matcher(url).replaceAll("$1***@")).replaceAll("$1***");
	}

	private static boolean isLoopback(String host) {
		return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
	}

}
