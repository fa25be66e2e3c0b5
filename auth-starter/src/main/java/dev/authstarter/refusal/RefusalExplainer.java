package dev.authstarter.refusal;

import java.util.List;

import dev.authstarter.Refusal;

/**
 * Explains a refusal to a developer, with what the token says. Never in production: who
 * reads an answer is not always who sent the token.
 */
@FunctionalInterface
public interface RefusalExplainer {

	/**
	 * Explain.
	 * @param refusal why the request was refused
	 * @param credentials the values of the request's Authorization header
	 * @return sentences for the problem body, in the order of the checks
	 */
	List<String> explain(Refusal refusal, List<String> credentials);

}
