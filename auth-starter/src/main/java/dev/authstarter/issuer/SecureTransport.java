package dev.authstarter.issuer;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Decides from which URLs keys and metadata may be fetched (RFC 8414 section 2), and
 * removes secrets from URLs for logs.
 */
public final class SecureTransport {

	/** The reason why a URL with a user name is refused. */
	public static final String NO_USER = "It must not contain a user name or a password: they would not be sent, but "
			+ "would be logged.";

	/** The advice for a URL that must not use http. */
	public static final String PLAIN_HTTP = "Plain http is allowed only for localhost and for the hosts in "
			+ "'auth-starter.http.plain-http-hosts'.";

	private static final Pattern USER_INFO = Pattern.compile("(://)[^/?#]*@");

	private static final Pattern QUERY = Pattern.compile("(://[^?#]*\\?).*");

	private final Set<String> plainHttpHosts = new TreeSet<>();

	/**
	 * Allow https, and http to loopback addresses and to some hosts.
	 * @param plainHttpHosts names of hosts, compared without regard to case
	 */
	public SecureTransport(Collection<String> plainHttpHosts) {
		plainHttpHosts.forEach((host) -> this.plainHttpHosts.add(host.toLowerCase(Locale.ROOT)));
	}

	/**
	 * Return whether a response is protected from attackers on the network, or the
	 * operator has accepted that it is not: https, loopback addresses and the configured
	 * hosts.
	 * @param uri an absolute URI
	 * @return whether the transport is trusted
	 */
	public boolean isSecure(URI uri) {
		String host = uri.getHost();
		return host != null && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme())
				&& (isLoopback(host) || this.plainHttpHosts.contains(host.toLowerCase(Locale.ROOT)))));
	}

	/**
	 * Mask the user name, password and query of a URL, each of which may be a secret.
	 * @param url a URL, not necessarily a valid one
	 * @return the masked text; the same text if it has none of these
	 */
	public static String withoutSecrets(String url) {
		return QUERY.matcher(USER_INFO.matcher(url).replaceAll("$1***@")).replaceAll("$1***");
	}

	private static boolean isLoopback(String host) {
		return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
	}

}
