package dev.authstarter.test.attack.endpoint;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.authstarter.CallerType;
import dev.authstarter.RequiresCaller.Delegation;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.test.ForgedToken;
import org.jspecify.annotations.Nullable;

/**
 * The requirements of a handler, read from the inventory. The requirements of Spring
 * Security expressions are unknown. If they are read wrongly, an attack is refused for
 * another reason than expected; no handler is called.
 *
 * @param scopes alternatives of scopes: one of each list is required
 * @param roles alternatives of roles
 * @param permissions alternatives of permissions
 * @param caller the only type of caller, {@code user} or {@code machine}, or {@code null}
 * for both
 * @param delegation whether another party must or must not act for the subject
 * @param actor the {@code sub} of an allowed actor, or {@code null} if none is named
 * @param readable whether these are all requirements of the handler
 */
public record Needs(List<List<String>> scopes, List<List<String>> roles, List<List<String>> permissions,
		@Nullable String caller, Delegation delegation, @Nullable String actor, boolean readable) {

	/** Rules whose content the inventory also describes in other properties. */
	private static final Pattern PLAIN = Pattern
		.compile("public|(caller machine or user)?(; )?(organization(, or machine without)?)?");

	public static Needs of(HandlerDescription handler) {
		HandlerDescription.Demands demands = handler.demands();
		Set<CallerType> callers = demands.callers();
		String caller = (callers.size() == 1) ? callers.iterator().next().name().toLowerCase(Locale.ROOT) : null;
		boolean demanding = caller != null || !demands.scopes().isEmpty() || !demands.roles().isEmpty()
				|| !demands.permissions().isEmpty() || demands.delegation() != Delegation.ALLOWED;
		return new Needs(demands.scopes(), demands.roles(), demands.permissions(), caller, demands.delegation(),
				demands.actors().stream().findFirst().orElse(null),
				(demanding || PLAIN.matcher(handler.rule()).matches()) && handler.rule().indexOf('(') < 0);
	}

	/**
	 * Grant a token what is required, except roles, which depend on the organization.
	 * @param token a token of a user
	 * @param subject the subject of the caller
	 * @return a copy
	 */
	public ForgedToken grantTo(ForgedToken token, String subject) {
		ForgedToken granted = "machine".equals(this.caller) ? token.asMachine(subject) : token;
		if (this.delegation == Delegation.REQUIRED) {
			granted = actedFor(granted, (this.actor != null) ? this.actor : subject);
		}
		if (!this.scopes.isEmpty()) {
			granted = granted.withScopes(firstOfEach(this.scopes));
		}
		return this.permissions.isEmpty() ? granted : granted.withPermissions(firstOfEach(this.permissions));
	}

	/** Add an actor to a token (RFC 8693 section 4.1). */
	public static ForgedToken actedFor(ForgedToken token, String actor) {
		return token.withClaim("act", Map.of("sub", actor));
	}

	/** Return the first alternative of each list. */
	public static String[] firstOfEach(List<List<String>> choices) {
		return choices.stream().map((choice) -> choice.get(0)).distinct().toArray(String[]::new);
	}

}
