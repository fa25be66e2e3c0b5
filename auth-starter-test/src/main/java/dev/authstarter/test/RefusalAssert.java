package dev.authstarter.test;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.authstarter.Reason;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about why a request was refused. The message of a failed assertion shows the
 * actual response.
 *
 * @see RefusalAssertions
 */
public final class RefusalAssert extends AbstractAssert<RefusalAssert, Response> {

	private static final Pattern SCOPES = Pattern.compile("[ ,]scope=\"([^\"]*)\"");

	RefusalAssert(Response actual) {
		super(actual, RefusalAssert.class);
	}

	/**
	 * Require the status, the OAuth error of the challenge and the reason code of the
	 * problem body that belong to a reason.
	 * @param reason the reason
	 * @return this object
	 */
	public RefusalAssert isRefusedWith(Reason reason) {
		isNotNull();
		if (this.actual.status() != reason.status() || !reason.code().equals(this.actual.reason())
				|| !names(reason.error())) {
			failWithMessage("%nExpected a refusal with%n  status:    %d%n  reason:    %s%n  error:     %s%nbut got%n%s",
					reason.status(), reason.code(), (reason.error() != null) ? reason.error() : "(none)", this.actual);
		}
		return this;
	}

	/**
	 * Require that a scope was missing, and that both the challenge (RFC 6750 section 3)
	 * and the problem body name it.
	 * @param scope the scope
	 * @return this object
	 */
	public RefusalAssert namesMissingScope(String scope) {
		isRefusedWith(Reason.INSUFFICIENT_SCOPE);
		if (!challengedScopes().contains(scope) || !this.actual.required().contains(scope)) {
			failWithMessage("%nExpected a refusal that names as missing the scope%n  %s%nbut got%n%s", scope,
					this.actual);
		}
		return this;
	}

	private List<String> challengedScopes() {
		Matcher scopes = SCOPES.matcher(String.valueOf(this.actual.challenge()));
		return scopes.find() ? List.of(scopes.group(1).split(" ", -1)) : List.of();
	}

	/**
	 * Require the requirements that the refusal names, for example the scopes of the
	 * handler.
	 * @param required the names, in their order
	 * @return this object
	 */
	public RefusalAssert namesRequired(String... required) {
		isNotNull();
		if (!this.actual.required().equals(List.of(required))) {
			failWithMessage("%nExpected a refusal that names as required%n  %s%nbut got%n%s", List.of(required),
					this.actual);
		}
		return this;
	}

	/**
	 * Require that the request was not refused, regardless of the result. The statuses
	 * 401 and 403 are refusals, also without a reason code.
	 * @return this object
	 */
	public RefusalAssert isNotRefused() {
		isNotNull();
		boolean refused = this.actual.status() == 401 || this.actual.status() == 403;
		if (refused || this.actual.reason() != null || this.actual.challenge() != null) {
			failWithMessage("%nExpected no refusal but got%n%s", this.actual);
		}
		return this;
	}

	/**
	 * Require a successful response, with a status between 200 and 299.
	 * {@link #isNotRefused()} also accepts requests that fail for other reasons, for
	 * example because the path does not exist.
	 * @return this object
	 */
	public RefusalAssert isAllowed() {
		isNotRefused();
		if (this.actual.status() < 200 || this.actual.status() > 299) {
			failWithMessage("%nExpected an answer of success but got%n%s", this.actual);
		}
		return this;
	}

	private boolean names(@Nullable String error) {
		String challenge = this.actual.challenge();
		boolean present = challenge != null && challenge.contains(", error=");
		return (error != null) ? challenge != null && challenge.contains("error=\"" + error + "\"") : !present;
	}

}
