package dev.authstarter.access;

import java.util.Set;

/**
 * A path that the configuration opens.
 *
 * @param methods the HTTP methods for which it is open; empty for all. GET stands for
 * HEAD, too
 * @param pattern the path pattern
 */
public record PublicPath(Set<String> methods, String pattern) {

	/** Whether requests with this method are open. */
	boolean opens(String method) {
		return this.methods.isEmpty() || this.methods.contains(method)
				|| (method.equals("HEAD") && this.methods.contains("GET"));
	}

	/** As the configuration writes it. */
	@Override
	public String toString() {
		return this.methods.isEmpty() ? this.pattern : String.join(",", this.methods) + " " + this.pattern;
	}

}
