package dev.authstarter.servlet.openapi;

import java.util.List;
import java.util.Set;

import dev.authstarter.access.PublicPaths;
import dev.authstarter.servlet.chain.SecurityChain;
import dev.authstarter.servlet.chain.SecurityChains;

/**
 * What the filter chains in force ask of the callers of a handler, before any rule.
 */
final class ChainAdmission {

	private final SecurityChains chains;

	private final PublicPaths publicPaths;

	/**
	 * Ask these.
	 * @param publicPaths what the library's own chain opens
	 */
	ChainAdmission(SecurityChains chains, PublicPaths publicPaths) {
		this.chains = chains;
		this.publicPaths = publicPaths;
	}

	/** Whether an access token may count there. */
	boolean readsTokens(String method, String pattern) {
		List<SecurityChain> taking = this.chains.taking(method, pattern);
		return taking.isEmpty() || taking.stream().anyMatch((chain) -> !chain.readsNoTokens());
	}

	/**
	 * Whether callers without any credentials pass, whichever chain takes them.
	 * @param open whether the handler is public for the library's own chain
	 */
	boolean admitsStrangers(String method, String pattern, boolean open) {
		return this.chains.taking(method, pattern)
			.stream()
			.allMatch((chain) -> (chain.isOwn() && (open || isPublic(method, pattern)))
					|| this.chains.admitStrangers(chain, method, pattern));
	}

	/** Whether the configuration opens every path of a pattern. */
	boolean isPublic(String method, String pattern) {
		return this.publicPaths.cover(Set.of(method), pattern);
	}

}
