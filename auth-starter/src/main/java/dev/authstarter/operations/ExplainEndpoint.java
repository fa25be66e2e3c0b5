package dev.authstarter.operations;

import java.util.ArrayList;
import java.util.List;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.refusal.TokenExplanation;
import dev.authstarter.token.check.Finding;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The endpoint {@code authexplain}: explains whether this API accepts a token and, if a
 * call is given, whether the token's caller could make it. It fetches nothing and stores
 * nothing of the token.
 */
@WebEndpoint(id = ExplainEndpoint.ID, defaultAccess = Access.NONE)
final class ExplainEndpoint {

	static final String ID = "authexplain";

	private final TokenExplanation tokens;

	private final CallExplanation calls;

	private final OperatorAccess operators;

	ExplainEndpoint(TokenExplanation tokens, CallExplanation calls, OperatorAccess operators) {
		this.tokens = tokens;
		this.calls = calls;
		this.operators = operators;
	}

	/**
	 * The response.
	 *
	 * @param accepted whether the token would be accepted
	 * @param allowed whether the call would be allowed, or {@code null} if no call is
	 * given or the decision depends on something that is not evaluated here
	 * @param hence the refusal, or {@code null} if there is none
	 * @param steps what each check expected and found, in the order of the checks
	 */
	record Answer(boolean accepted, @Nullable Boolean allowed, @Nullable Hence hence, List<Finding> steps) {

		/** Without the steps, since Spring logs responses at DEBUG. */
		@Override
		public String toString() {
			return "Answer[accepted=%s]".formatted(this.accepted);
		}

	}

	/**
	 * The refusal that follows from the findings.
	 *
	 * @param reason the code of the reason
	 * @param status the status of the refusal
	 * @param description the description of the reason
	 * @param required what is required
	 */
	record Hence(String reason, int status, String description, List<String> required) {

		static Hence of(Refusal refusal) {
			Reason reason = refusal.reason();
			return new Hence(reason.code(), reason.status(), reason.description(), refusal.required());
		}

	}

	@WriteOperation
	Answer explain(SecurityContext operator, String token, @Nullable String method, @Nullable String path,
			@Nullable String organization) {
		this.operators.require(operator);
		CallExplanation.Call call = new CallExplanation.Call((method != null) ? method : "GET", path, organization);
		try {
			return answer(TokenExplanation.tokenIn(token), call);
		}
		catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
			// Code of the application also reads tokens and may quote them in messages.
			return new Answer(false, null, null,
					List.of(Finding.hint("Explanation",
							"There is none, because a component that reads the token throws %s."
								.formatted(ex.getClass().getName()))));
		}
	}

	private Answer answer(String token, CallExplanation.Call call) {
		TokenExplanation.Explanation explanation = this.tokens.of(token);
		List<Finding> steps = new ArrayList<>(explanation.findings());
		AccessToken caller = explanation.token();
		if (explanation.refused() != null) {
			return new Answer(false, call.isNamed() ? false : null, Hence.of(Refusal.of(explanation.refused())), steps);
		}
		if (caller == null || !call.isNamed()) {
			return new Answer(true, null, null, steps);
		}
		CallExplanation.Decision decision = this.calls.of(caller, call);
		steps.addAll(decision.findings());
		Refusal refusal = decision.refusal();
		return new Answer(true, decision.allowed(), (refusal != null) ? Hence.of(refusal) : null, steps);
	}

}
