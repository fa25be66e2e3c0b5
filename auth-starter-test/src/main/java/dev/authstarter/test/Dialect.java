package dev.authstarter.test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.authstarter.Caller;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.Provider;
import dev.authstarter.claims.Spelling;
import org.jspecify.annotations.Nullable;

/**
 * How an issuer writes tokens: the application's selectors and predicates read backwards.
 * What was written is read again by the application's own code, so that a token which
 * does not say what it was asked to say is never handed out.
 */
final class Dialect {

	private static final String ACCESS_TOKEN = "at+jwt";

	private static final String NO_AUDIENCE = "none";

	private static final String SUBJECT = "forged-user";

	private static final String CLIENT = "forged-client";

	/** Where the provider's word for a kind is one of several that are known. */
	private static final Map<String, String> ID_TOKEN = Map.of("typ", "ID", "token_use", "id", "purpose", "id",
			"tokenName", "id_token");

	private static final Map<String, String> REFRESH_TOKEN = Map.of("typ", "Refresh", "token_use", "refresh",
			"tokenType", "refresh-token", "drn", "DSR");

	/** RFC 9068, with Auth0's names for what it leaves open. */
	private static final Spelling PLAIN = new Spelling("generic",
			Map.of("claims.scopes", List.of("scope"), "claims.roles", List.of("roles"), "claims.permissions",
					List.of("permissions"), "claims.organizations", List.of("org_id"), "claims.client-id",
					List.of("client_id"), "claims.subject", List.of("sub"), "token.audience-from", List.of("aud"),
					"token.types", List.of(ACCESS_TOKEN)),
			List.of());

	private final String issuer;

	private final List<String> audiences;

	private final Spelling spelling;

	private final @Nullable Provider reader;

	private final boolean rfc9068;

	private final Map<String, List<ClaimPath>> paths = new HashMap<>();

	private Dialect(String issuer, List<String> audiences, Spelling spelling, @Nullable Provider reader,
			boolean rfc9068) {
		this.issuer = issuer;
		this.audiences = audiences;
		this.spelling = spelling;
		this.reader = reader;
		this.rfc9068 = rfc9068;
		for (String property : List.of("claims.scopes", "claims.roles", "claims.permissions", "claims.organizations",
				"claims.client-id", "claims.subject", "token.audience-from")) {
			this.paths.put(property,
					spelling.list(property)
						.stream()
						.filter((selector) -> !property.startsWith("token.") || !selector.equals(NO_AUDIENCE))
						.map((selector) -> ClaimPath.parse(selector, audience()))
						.toList());
		}
	}

	/** Without an application: RFC 9068, and nobody reads it again. */
	static Dialect plain(String issuer, List<String> audiences) {
		return new Dialect(issuer, audiences, PLAIN, null, true);
	}

	/**
	 * As an application reads it.
	 * @param issuer the issuer
	 * @param provider what reads its tokens
	 * @param rfc9068 whether the application accepts nothing but RFC 9068
	 */
	static Dialect of(TrustedIssuer issuer, Provider provider, boolean rfc9068) {
		return new Dialect(issuer.issuer(), issuer.audiences().stream().sorted().toList(), provider.spelling(),
				provider, rfc9068);
	}

	private String audience() {
		return this.audiences.isEmpty() ? "" : this.audiences.get(0);
	}

	/**
	 * Write a token that nothing is wrong with.
	 * @param content what it shall say
	 * @param fixed its times and its id
	 * @return the token
	 * @throws IllegalArgumentException if the provider's tokens cannot say this; with
	 * what to do instead
	 */
	Draft write(Content content, Map<String, Object> fixed) {
		Draft draft = new Draft();
		draft.header().put("typ", type());
		Content.Membership membership = membership(content);
		draft.claims().put("iss", issuer(membership));
		String subject = (content.subject() != null) ? content.subject() : SUBJECT;
		write(draft, "claims.subject", Map.of(), subject);
		writeAudience(draft);
		write(draft, "claims.client-id", Map.of(), client(content));
		writeGrants(draft, content, !membership.roles().isEmpty());
		writeMembership(draft, content, membership);
		draft.claims().putAll(fixed);
		if (this.rfc9068) {
			draft.claims().putIfAbsent("client_id", client(content));
		}
		if (this.reader != null) {
			writeCaller(draft, content);
			writeProof(draft, content);
			new Reading(this.reader, this.spelling, draft.copy()).require(content, membership, this.audiences);
		}
		return draft;
	}

	/** The provider's own, so that what else proves an access token is asked for. */
	private String type() {
		List<String> types = this.spelling.list("token.types");
		boolean generic = this.spelling.provider().equals(PLAIN.provider());
		return types.stream()
			.filter((type) -> !type.isEmpty() && !type.equalsIgnoreCase(ACCESS_TOKEN))
			.findFirst()
			.filter((type) -> !this.rfc9068 && !(generic && types.contains(ACCESS_TOKEN)))
			.orElse(ACCESS_TOKEN);
	}

	/** Where only some organizations may call, a good token is of the first. */
	private Content.Membership membership(Content content) {
		if (content.membership() != null) {
			return content.membership();
		}
		List<String> allowed = this.spelling.allowedOrganizations();
		return allowed.isEmpty() ? Content.Membership.NONE : new Content.Membership(allowed.get(0), List.of());
	}

	private String issuer(Content.Membership membership) {
		List<String> allowed = this.spelling.allowedOrganizations();
		String organization = membership.organization();
		if (organization == null && !allowed.isEmpty()) {
			organization = allowed.get(0);
		}
		return (organization != null && TrustedIssuer.isTemplate(this.issuer))
				? this.issuer.replace("{tid}", organization) : this.issuer;
	}

	private static String client(Content content) {
		return (content.caller() == Caller.MACHINE && content.subject() != null) ? content.subject() : CLIENT;
	}

	private void writeAudience(Draft draft) {
		if (!this.audiences.isEmpty()) {
			write(draft, "token.audience-from", Map.of(), oneOrMore(this.audiences));
		}
	}

	private static Object oneOrMore(List<String> audiences) {
		return (audiences.size() == 1) ? audiences.get(0) : audiences;
	}

	private void writeGrants(Draft draft, Content content, boolean more) {
		List<String> scopes = content.scopes();
		boolean written = writeAll(draft, Right.SCOPE, (scopes != null) ? scopes : List.of("openid"), null);
		require(written || scopes == null || scopes.isEmpty(), Right.SCOPE);
		List<String> roles = content.roles();
		List<String> permissions = content.permissions();
		if (!written && roles == null && permissions == null && !more) {
			writeAll(draft, Right.ROLE, List.of("openid"), null);
		}
		if (roles != null && !roles.isEmpty()) {
			require(writeAll(draft, Right.ROLE, roles, null), Right.ROLE);
		}
		if (permissions != null && !permissions.isEmpty()) {
			require(writeAll(draft, Right.PERMISSION, permissions, null), Right.PERMISSION);
		}
	}

	private void writeMembership(Draft draft, Content content, Content.Membership membership) {
		String organization = membership.organization();
		if (organization == null) {
			return;
		}
		boolean named = write(draft, "claims.organizations", Map.of(ClaimPath.ORGANIZATION, organization),
				organization);
		if (!membership.roles().isEmpty()) {
			boolean own = writeAll(draft, Right.ROLE, membership.roles(), organization);
			named |= own;
			require(own || writeAll(draft, Right.ROLE, union(content.roles(), membership.roles()), null), Right.ROLE);
		}
		if (!named) {
			throw Reading.cannot(this.spelling, "an organization", "claims.organizations", "");
		}
	}

	private static List<String> union(@Nullable List<String> everywhere, List<String> here) {
		Set<String> union = new LinkedHashSet<>((everywhere != null) ? everywhere : List.of());
		union.addAll(here);
		return List.copyOf(union);
	}

	private void require(boolean written, Right right) {
		if (!written) {
			boolean inOrganizations = paths(right.property).stream()
				.anyMatch((path) -> path.binds(ClaimPath.ORGANIZATION));
			throw Reading.cannot(this.spelling, "a " + right.capture + " that counts everywhere", right.property,
					(right == Right.ROLE && inOrganizations)
							? "Give roles to forOrganization(id, roles), for they count in one organization. " : "");
		}
	}

	/** Write rights that count everywhere, or in one organization alone. */
	private boolean writeAll(Draft draft, Right right, List<String> names, @Nullable String organization) {
		for (ClaimPath path : paths(right.property)) {
			if (path.binds(ClaimPath.ORGANIZATION) == (organization != null)
					&& attempt(draft, (copy) -> writeAll(copy, path, right, names, organization))) {
				return true;
			}
		}
		return false;
	}

	private static void writeAll(Draft draft, ClaimPath path, Right right, List<String> names,
			@Nullable String organization) {
		Map<String, String> bound = new HashMap<>();
		if (organization != null) {
			bound.put(ClaimPath.ORGANIZATION, organization);
		}
		if (!path.binds(right.capture)) {
			path.write(draft.claims(), bound, (right == Right.SCOPE) ? String.join(" ", names) : names);
			return;
		}
		for (String name : names) {
			bound.put(right.capture, name);
			path.write(draft.claims(), bound, null);
		}
	}

	private boolean write(Draft draft, String property, Map<String, String> bound, Object value) {
		for (ClaimPath path : paths(property)) {
			boolean captured = path.binds(ClaimPath.ORGANIZATION);
			if (attempt(draft, (copy) -> path.write(copy.claims(), bound, captured ? null : value))) {
				return true;
			}
		}
		return false;
	}

	private List<ClaimPath> paths(String property) {
		return this.paths.getOrDefault(property, List.of());
	}

	/** Write on a copy, which counts if there was room for it. */
	private static boolean attempt(Draft draft, Consumer<Draft> writer) {
		Draft copy = draft.copy();
		try {
			writer.accept(copy);
		}
		catch (ClaimPath.OccupiedException ex) {
			return false;
		}
		draft.become(copy);
		return true;
	}

	/** Make the token one of a machine, or of a person. */
	private void writeCaller(Draft draft, Content content) {
		boolean machine = content.caller() == Caller.MACHINE;
		if (isMachine(draft) == machine) {
			return;
		}
		for (List<ClaimCondition> predicate : predicates("token.machine")) {
			if (machine ? becomesMachine(draft, predicate, content) : becomesPerson(draft, predicate)) {
				return;
			}
		}
	}

	private boolean becomesMachine(Draft draft, List<ClaimCondition> predicate, Content content) {
		Draft copy = draft.copy();
		return attempt(copy, (attempted) -> satisfy(attempted, predicate, content)) && isMachine(copy)
				&& keeps(draft, copy);
	}

	private boolean becomesPerson(Draft draft, List<ClaimCondition> predicate) {
		for (ClaimCondition condition : predicate) {
			Draft copy = draft.copy();
			if (condition.negated() && condition.value() == null && condition.isSilent(copy)
					&& attempt(copy, (attempted) -> condition.write(attempted, "forged")) && !isMachine(copy)) {
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
		return this.reader != null && Reading.isMachine(this.reader, draft.copy());
	}

	/** Write what proves an access token, if possible of the same kind of caller. */
	private void writeProof(Draft draft, Content content) {
		if (isAccessToken(draft)) {
			return;
		}
		List<Draft> proven = new ArrayList<>();
		for (List<ClaimCondition> predicate : predicates("token.require")) {
			Draft copy = draft.copy();
			if (attempt(copy, (attempted) -> satisfy(attempted, predicate, content)) && isAccessToken(copy)) {
				proven.add(copy);
			}
		}
		boolean machine = isMachine(draft);
		proven.stream()
			.filter((copy) -> isMachine(copy) == machine)
			.findFirst()
			.or(() -> proven.stream().findFirst())
			.ifPresent(draft::become);
	}

	private void satisfy(Draft draft, List<ClaimCondition> predicate, Content content) {
		predicate.forEach(
				(condition) -> condition.satisfy(draft, client(content), anything(condition, draft, client(content))));
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
		Draft read = draft.copy();
		return this.reader == null
				|| this.reader.refuseType(Reading.known(read.header()), Reading.known(read.claims())) == null;
	}

	private List<List<ClaimCondition>> predicates(String property) {
		List<List<ClaimCondition>> predicates = new ArrayList<>();
		this.spelling.list(property).forEach((text) -> predicates.add(ClaimCondition.parse(text, audience())));
		return predicates;
	}

	/**
	 * Mean a token for others.
	 * @param draft the token
	 * @param audiences the audiences; nobody for an empty list
	 */
	void setAudience(Draft draft, List<String> audiences) {
		List<ClaimPath> places = paths("token.audience-from");
		if (places.isEmpty()) {
			throw new IllegalArgumentException(
					"This application accepts tokens whatever audience they name: 'auth-starter.token.audience-from' "
							+ "is 'none'.");
		}
		new ClaimCondition(places.get(0), false, false, null).replace(draft, oneOrMore(audiences));
	}

	/**
	 * Mean a token for nobody.
	 * @param draft the token
	 */
	void removeAudience(Draft draft) {
		paths("token.audience-from").stream()
			.limit(1)
			.forEach((place) -> new ClaimCondition(place, false, false, null).remove(draft));
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
		for (List<ClaimCondition> predicate : predicates("token.require")) {
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
		for (List<ClaimCondition> predicate : predicates("token.require")) {
			if (this.reader == null || !isAccessToken(draft)) {
				return;
			}
			predicate.stream()
				.filter((condition) -> !condition.negated())
				.findFirst()
				.ifPresent((condition) -> condition.remove(draft));
		}
	}

	String issuer() {
		return this.issuer;
	}

	/**
	 * What a token can grant.
	 */
	private enum Right {

		SCOPE("claims.scopes", "scope"),

		ROLE("claims.roles", "role"),

		PERMISSION("claims.permissions", "permission");

		private final String property;

		private final String capture;

		Right(String property, String capture) {
			this.property = property;
			this.capture = capture;
		}

	}

}
