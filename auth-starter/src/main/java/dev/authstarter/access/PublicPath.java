package dev.authstarter.access;

import java.util.Set;

/**
 * A path that the configuration makes public.
 *
 * @param methods the HTTP methods for which it is public; empty for all. GET includes
 * HEAD
 * @param pattern the path pattern
 */
public record PublicPath(Set<String> methods, String pattern) {

	/** Return whether requests with this method are public. */
	boolean opens(String method) {
		return this.methods.isEmpty() || this.methods.contains(method)
				|| (method.equals("HEAD") && this.methods.contains("GET"));
	}

	/** The text in the form of the configuration. */
	@Override
	public String toString() {
		return this.methods.isEmpty() ? this.pattern : String.join(",", this.methods) + " " + this.pattern;
	}

}
