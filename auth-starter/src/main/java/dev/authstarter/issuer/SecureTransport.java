package dev.authstarter.issuer;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The one rule about where keys and metadata may be fetched from (RFC 8414 section 2),
 * and how that is written to a log.
 */
public final class SecureTransport {

	/** Why a URL with a user name is refused. */
	public static final String NO_USER = "It must not contain a user name or a password: they would not be sent, and "
			+ "would come into logs.";

	/** What to do where a URL must not be of http. */
	public static final String PLAIN_HTTP = "Only this machine (localhost) may be asked over http, and hosts that "
			+ "'auth-starter.http.plain-http-hosts' names.";

	private static final Pattern USER_INFO = Pattern.compile("(://)[^/?#]*@");

	private static final Pattern QUERY = Pattern.compile("(://[^?#]*\\?).*");

	private final Set<String> plainHttpHosts = new TreeSet<>();

	/**
	 * Allow https, and http on this machine and to some hosts.
	 * @param plainHttpHosts names of hosts, in any case
	 */
	public SecureTransport(Collection<String> plainHttpHosts) {
		plainHttpHosts.forEach((host) -> this.plainHttpHosts.add(host.toLowerCase(Locale.ROOT)));
	}

	/**
	 * Tell whether nobody on the network can change what is fetched, or the operator
	 * accepted that somebody can: https, this machine itself, or one of the named hosts.
	 * @param uri an absolute URI
	 * @return whether to trust the transport
	 */
	public boolean isSecure(URI uri) {
		String host = uri.getHost();
		return host != null && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme())
				&& (isLoopback(host) || this.plainHttpHosts.contains(host.toLowerCase(Locale.ROOT)))));
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
