package dev.authstarter.refusal;

import java.util.List;

import dev.authstarter.Refusal;

/**
 * Explains a refusal to a developer, with claims of the token. It is not for production,
 * because a response may be read by another party than the one that sent the token.
 */
@FunctionalInterface
public interface RefusalExplainer {

	/**
	 * Explain a refusal.
	 * @param refusal the refusal
	 * @param credentials the values of the request's Authorization header
	 * @return sentences for the problem body, in the order of the checks
	 */
	List<String> explain(Refusal refusal, List<String> credentials);

}
