package dev.authstarter.test.dialect;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.authstarter.CallerType;
import dev.authstarter.claims.ClaimReader;
import dev.authstarter.provider.ProviderSettings;
import org.jspecify.annotations.Nullable;

/**
 * Writes the claims that prove the token type and the type of the caller, and removes
 * such proofs. The application's own reader checks the result.
 */
final class Proofs {

	/** Values of claims that name the token type, for providers that use such a claim. */
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
	 * Make the caller a machine or a user, and prove that the token is an access token.
	 */
	void write(Draft draft, Content content) {
		boolean machine = writeCaller(draft, content);
		if (!isAccessToken(draft)) {
			writeProof(draft, content, machine);
			// A proof of an access token may also mark a machine.
			writeCaller(draft, content);
		}
	}

	/** Return whether the application takes the caller for a machine. */
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

	/**
	 * Write a proof of an access token, if possible one that keeps the type of the
	 * caller.
	 */
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

	/** The client id for a claim of the client, the time of issue for {@code nbf}. */
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

	/** Replace the value of claims that name the token type. */
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

	/**
	 * Remove proofs of an access token until the reader no longer accepts the token as
	 * one.
	 */
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
