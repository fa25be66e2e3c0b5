package dev.authstarter.test.dialect;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.authstarter.CallerType;
import dev.authstarter.claims.ClaimReader;
import dev.authstarter.provider.ProviderSettings;
import org.jspecify.annotations.Nullable;

/**
 * Writes what proves an access token and who calls, and what disproves it: predicates
 * made true or false, until the application's own reader says so.
 */
final class Proofs {

	/** Where the provider's word for a kind is one of several that are known. */
	private static final Map<String, String> ID_TOKEN = Map.of("typ", "ID", "token_use", "id", "purpose", "id",
			"tokenName", "id_token");

	private static final Map<String, String> REFRESH_TOKEN = Map.of("typ", "Refresh", "token_use", "refresh",
			"tokenType", "refresh-token", "drn", "DSR");

	private final ProviderSettings spelling;

	private final @Nullable ClaimReader reader;

	private final List<List<ClaimCondition>> machine;

	private final List<List<ClaimCondition>> require;

	Proofs(ProviderSettings spelling, @Nullable ClaimReader reader, String audience) {
		this.spelling = spelling;
		this.reader = reader;
		this.machine = predicates("token.machine-if", audience);
		this.require = predicates("token.accept-if", audience);
	}

	private List<List<ClaimCondition>> predicates(String property, String audience) {
		return this.spelling.list(property).stream().map((text) -> ClaimCondition.parse(text, audience)).toList();
	}

	/**
	 * Make the token one of a machine, or of a person, and prove that it is an access
	 * token.
	 */
	void write(Draft draft, Content content) {
		boolean machine = writeCaller(draft, content);
		if (!isAccessToken(draft)) {
			writeProof(draft, content, machine);
			// What proves an access token may mark a machine as well.
			writeCaller(draft, content);
		}
	}

	/** Return whether a machine calls, as the application reads it. */
	private boolean writeCaller(Draft draft, Content content) {
		boolean machine = content.caller() == CallerType.MACHINE;
		if (isMachine(draft) == machine) {
			return machine;
		}
		for (List<ClaimCondition> predicate : this.machine) {
			if (machine ? becomesMachine(draft, predicate, content) : becomesPerson(draft, predicate)) {
				return machine;
			}
		}
		return !machine;
	}

	private boolean becomesMachine(Draft draft, List<ClaimCondition> predicate, Content content) {
		Draft copy = draft.copy();
		return ClaimWriter.hasRoom(() -> satisfy(copy, predicate, content)) && isMachine(copy) && keeps(draft, copy);
	}

	private boolean becomesPerson(Draft draft, List<ClaimCondition> predicate) {
		for (ClaimCondition condition : predicate) {
			Draft copy = draft.copy();
			if (condition.negated() && condition.value() == null && condition.isSilent(copy)
					&& ClaimWriter.hasRoom(() -> condition.write(copy, "forged")) && !isMachine(copy)) {
				return keeps(draft, copy);
			}
		}
		return false;
	}

	private static boolean keeps(Draft draft, Draft copy) {
		draft.become(copy);
		return true;
	}

	private boolean isMachine(Draft draft) {
		return this.reader != null && Reading.isMachine(this.reader, draft);
	}

	/** Write what proves an access token, if possible of the same kind of caller. */
	private void writeProof(Draft draft, Content content, boolean machine) {
		Draft other = null;
		for (List<ClaimCondition> predicate : this.require) {
			Draft copy = draft.copy();
			boolean proven = ClaimWriter.hasRoom(() -> satisfy(copy, predicate, content)) && isAccessToken(copy);
			if (proven && isMachine(copy) == machine) {
				draft.become(copy);
				return;
			}
			other = (proven && other == null) ? copy : other;
		}
		if (other != null) {
			draft.become(other);
		}
	}

	private void satisfy(Draft draft, List<ClaimCondition> predicate, Content content) {
		predicate.forEach((condition) -> condition.satisfy(draft, content.client(),
				anything(condition, draft, content.client())));
	}

	/** A client is named by a client's id, and a time is a time. */
	private Object anything(ClaimCondition condition, Draft draft, String client) {
		String claim = condition.neededClaim();
		if (claim != null && this.spelling.list("claims.client-id").contains(claim)) {
			return client;
		}
		Object now = draft.claims().get("iat");
		return (now != null && "nbf".equals(claim)) ? now : "forged";
	}

	private boolean isAccessToken(Draft draft) {
		return this.reader == null || Reading.isAccessToken(this.reader, draft);
	}

	/** Turn an access token into an ID token (OpenID Connect Core section 2). */
	void turnIntoIdToken(Draft draft, Instant authenticated) {
		Map<String, @Nullable Object> claims = draft.claims();
		draft.header().put("typ", "JWT");
		claims.remove("scope");
		Object client = claims.remove("client_id");
		if (client != null) {
			claims.putIfAbsent("azp", client);
		}
		claims.put("auth_time", authenticated.getEpochSecond());
		claims.put("nonce", "n-0S6_WzA2Mj");
		claims.put("at_hash", "77QmUPtjPfzWtF2AnpK9RQ");
		nameKind(draft, ID_TOKEN);
		disprove(draft);
	}

	/** Turn an access token into a refresh token, in Keycloak's form. */
	void turnIntoRefreshToken(Draft draft) {
		draft.header().put("typ", "JWT");
		draft.claims().put("typ", "Refresh");
		nameKind(draft, REFRESH_TOKEN);
		disprove(draft);
	}

	/** Where the provider's tokens name their kind, name another. */
	private void nameKind(Draft draft, Map<String, String> kinds) {
		for (List<ClaimCondition> predicate : this.require) {
			for (ClaimCondition condition : predicate) {
				String claim = condition.neededClaim();
				String kind = (claim != null && condition.value() != null) ? kinds.get(claim) : null;
				if (kind != null) {
					condition.replace(draft, kind);
				}
			}
		}
	}

	/** Remove what would prove an access token, where nothing else disproves it. */
	private void disprove(Draft draft) {
		for (List<ClaimCondition> predicate : this.require) {
			if (this.reader == null || !isAccessToken(draft)) {
				return;
			}
			predicate.stream()
				.filter((condition) -> !condition.negated())
				.findFirst()
				.ifPresent((condition) -> condition.remove(draft));
		}
	}

}
