package dev.authstarter.servlet.openapi;

import java.util.List;
import java.util.Set;

import dev.authstarter.access.PublicPaths;
import dev.authstarter.servlet.chain.SecurityChain;
import dev.authstarter.servlet.chain.SecurityChains;

/**
 * Determines whether the filter chains in force admit the callers of a handler, before
 * access rules are checked.
 */
final class ChainAdmission {

	private final SecurityChains chains;

	private final PublicPaths publicPaths;

	/**
	 * Create a check.
	 * @param chains the filter chains in force
	 * @param publicPaths the paths that the chain of this library opens
	 */
	ChainAdmission(SecurityChains chains, PublicPaths publicPaths) {
		this.chains = chains;
		this.publicPaths = publicPaths;
	}

	/** Return whether an access token may be read for a handler. */
	boolean readsTokens(String method, String pattern) {
		List<SecurityChain> taking = this.chains.taking(method, pattern);
		return taking.isEmpty() || taking.stream().anyMatch((chain) -> !chain.readsNoTokens());
	}

	/**
	 * Return whether every chain that may handle the request admits anonymous callers.
	 * @param method the HTTP method
	 * @param pattern the path pattern of the handler
	 * @param open whether the handler is public in the chain of this library
	 */
	boolean admitsAnonymous(String method, String pattern, boolean open) {
		return this.chains.taking(method, pattern)
			.stream()
			.allMatch((chain) -> (chain.isOwn() && (open || isPublic(method, pattern)))
					|| this.chains.admitAnonymous(chain, method, pattern));
	}

	/** Return whether the configuration makes every path of a pattern public. */
	boolean isPublic(String method, String pattern) {
		return this.publicPaths.cover(Set.of(method), pattern);
	}

}
