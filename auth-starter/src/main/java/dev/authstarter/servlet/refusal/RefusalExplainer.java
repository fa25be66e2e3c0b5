package dev.authstarter.servlet.refusal;

import java.util.List;

import dev.authstarter.Refusal;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Explains a refusal to a developer, with what the token says. Never in production: who
 * reads an answer is not always who sent the token.
 */
@FunctionalInterface
public interface RefusalExplainer {

	/**
	 * Explain.
	 * @param refusal why the request was refused
	 * @param request the request
	 * @return sentences for the problem body, in the order of the checks
	 */
	List<String> explain(Refusal refusal, HttpServletRequest request);

}
