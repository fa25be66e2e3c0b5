package dev.authstarter.test.dialect;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.ClaimReader;
import dev.authstarter.provider.ProviderSettings;
import org.jspecify.annotations.Nullable;

/**
 * Writes tokens as an issuer does, by inverting the application's selectors and
 * predicates. The application's own code reads each token again, and a token without the
 * requested content is never returned.
 */
public final class Dialect {

	/** All organizations, or those with the prefix before it. */
	private static final String ANY = "*";

	/** Scopes that no rule requires. UAA's ID tokens have only the first. */
	private static final List<String> ANY_SCOPES = List.of("openid", "profile");

	private static final String EXAMPLE = "example";

	private static final String ACCESS_TOKEN = "at+jwt";

	private static final String SUBJECT = "forged-user";

	/** RFC 9068, with Auth0's names for claims that it leaves open. */
	private static final ProviderSettings PLAIN = new ProviderSettings("generic",
			Map.of("claims.scopes", List.of("scope"), "claims.roles", List.of("roles"), "claims.permissions",
					List.of("permissions"), "claims.organizations", List.of("org_id"), "claims.client-id",
					List.of("client_id"), "claims.subject", List.of("sub"), "token.audience-from", List.of("aud"),
					"token.types", List.of(ACCESS_TOKEN)),
			List.of());

	private final String issuer;

	private final List<String> audiences;

	private final ProviderSettings spelling;

	private final @Nullable ClaimReader reader;

	private final boolean rfc9068;

	private final ClaimWriter writer;

	private final Proofs proofs;

	private Dialect(String issuer, List<String> audiences, ProviderSettings spelling, @Nullable ClaimReader reader,
			boolean rfc9068) {
		String audience = audiences.isEmpty() ? "" : audiences.get(0);
		this.issuer = issuer;
		this.audiences = audiences;
		this.spelling = spelling;
		this.reader = reader;
		this.rfc9068 = rfc9068;
		this.writer = new ClaimWriter(spelling, audience);
		this.proofs = new Proofs(spelling, reader, audience);
	}

	/**
	 * Create the dialect of RFC 9068. Its tokens are not read again, because there is no
	 * application.
	 */
	public static Dialect plain(String issuer, List<String> audiences) {
		return new Dialect(issuer, audiences, PLAIN, null, true);
	}

	/**
	 * Create the dialect that an application reads.
	 * @param issuer the issuer
	 * @param provider the reader of its tokens
	 * @param rfc9068 whether the application accepts RFC 9068 tokens only
	 */
	public static Dialect of(TrustedIssuer issuer, ClaimReader provider, boolean rfc9068) {
		return new Dialect(issuer.issuer(), issuer.audiences().stream().sorted().toList(), provider.spelling(),
				provider, rfc9068);
	}

	/**
	 * Write a valid token.
	 * @param content its content
	 * @param fixed its times and its id
	 * @return the token
	 * @throws IllegalArgumentException if the provider's tokens cannot express this
	 * content; the message says what to do instead
	 */
	public Draft write(Content content, Map<String, Object> fixed) {
		Draft draft = new Draft();
		draft.header().put("typ", type());
		Content.Membership membership = membership(content);
		draft.claims().put("iss", issuer(membership));
		String subject = (content.subject() != null) ? content.subject() : SUBJECT;
		this.writer.write(draft, "claims.subject", Map.of(), subject);
		writeAudience(draft);
		this.writer.write(draft, "claims.client-id", Map.of(), content.client());
		writeGrants(draft, content, !membership.roles().isEmpty());
		writeMembership(draft, content, membership);
		draft.claims().putAll(fixed);
		if (this.rfc9068) {
			draft.claims().putIfAbsent("client_id", content.client());
		}
		if (this.reader != null) {
			this.proofs.write(draft, content);
			new Reading(this.reader, this.spelling, draft).require(content, membership, this.audiences);
		}
		return draft;
	}

	/**
	 * The provider's own type if there is one, so that the other proofs of an access
	 * token are required as well.
	 */
	private String type() {
		List<String> types = this.spelling.list("token.types");
		boolean generic = this.spelling.provider().equals(PLAIN.provider());
		return types.stream()
			.filter((type) -> !type.isEmpty() && !type.equalsIgnoreCase(ACCESS_TOKEN))
			.findFirst()
			.filter((type) -> !this.rfc9068 && !(generic && types.contains(ACCESS_TOKEN)))
			.orElse(ACCESS_TOKEN);
	}

	/** If only some organizations are allowed, a valid token names the first of them. */
	private Content.Membership membership(Content content) {
		if (content.membership() != null) {
			return content.membership();
		}
		String allowed = allowedOrganization();
		return (allowed != null) ? new Content.Membership(allowed, List.of()) : Content.Membership.NONE;
	}

	/** Return one of the allowed organizations, or {@code null} if all are allowed. */
	private @Nullable String allowedOrganization() {
		return this.spelling.allowedOrganizations()
			.stream()
			.filter((entry) -> !entry.equals(ANY))
			.findFirst()
			.map((entry) -> entry.endsWith(ANY) ? entry.replace(ANY, EXAMPLE) : entry)
			.orElse(null);
	}

	private String issuer(Content.Membership membership) {
		String organization = (membership.organization() != null) ? membership.organization() : allowedOrganization();
		return (organization != null && TrustedIssuer.isTemplate(this.issuer))
				? this.issuer.replace("{tid}", organization) : this.issuer;
	}

	private void writeAudience(Draft draft) {
		if (!this.audiences.isEmpty()) {
			this.writer.write(draft, "token.audience-from", Map.of(), oneOrMore(this.audiences));
		}
	}

	private static Object oneOrMore(List<String> audiences) {
		return (audiences.size() == 1) ? audiences.get(0) : audiences;
	}

	private void writeGrants(Draft draft, Content content, boolean more) {
		List<String> scopes = content.scopes();
		boolean written = this.writer.writeAll(draft, Right.SCOPE, (scopes != null) ? scopes : ANY_SCOPES, null);
		require(written || scopes == null || scopes.isEmpty(), Right.SCOPE);
		List<String> roles = content.roles();
		List<String> permissions = content.permissions();
		if (!written && roles == null && permissions == null && !more) {
			this.writer.writeAll(draft, Right.ROLE, List.of("openid"), null);
		}
		if (roles != null && !roles.isEmpty()) {
			require(this.writer.writeAll(draft, Right.ROLE, roles, null), Right.ROLE);
		}
		if (permissions != null && !permissions.isEmpty()) {
			require(this.writer.writeAll(draft, Right.PERMISSION, permissions, null), Right.PERMISSION);
		}
	}

	private void writeMembership(Draft draft, Content content, Content.Membership membership) {
		String organization = membership.organization();
		if (organization == null) {
			return;
		}
		boolean named = this.writer.write(draft, "claims.organizations", Map.of(ClaimPath.ORGANIZATION, organization),
				organization);
		if (!membership.roles().isEmpty()) {
			boolean own = this.writer.writeAll(draft, Right.ROLE, membership.roles(), organization);
			named |= own;
			if (!own && !this.writer.writeAll(draft, Right.ROLE, union(content.roles(), membership.roles()), null)) {
				throw Reading.cannot(this.spelling, "a role", Right.ROLE.property(), "");
			}
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
			boolean inOrganizations = this.writer.paths(right.property())
				.stream()
				.anyMatch((path) -> path.binds(ClaimPath.ORGANIZATION));
			throw Reading.cannot(this.spelling, "a " + right.capture() + " that applies in all organizations",
					right.property(), (right == Right.ROLE && inOrganizations)
							? "Pass roles to forOrganization(id, roles), since they apply in one organization. " : "");
		}
	}

	/**
	 * Set the audiences of a token.
	 * @param draft the token
	 * @param audiences the audiences; none for an empty list
	 */
	public void setAudience(Draft draft, List<String> audiences) {
		List<ClaimPath> places = this.writer.paths("token.audience-from");
		if (places.isEmpty()) {
			throw new IllegalArgumentException(
					"This application accepts tokens with any audience: 'auth-starter.token.audience-from' "
							+ "is 'none'.");
		}
		new ClaimCondition(places.get(0), false, false, null).replace(draft, oneOrMore(audiences));
	}

	/**
	 * Remove the audience of a token.
	 * @param draft the token
	 */
	public void removeAudience(Draft draft) {
		this.writer.paths("token.audience-from")
			.stream()
			.limit(1)
			.forEach((place) -> new ClaimCondition(place, false, false, null).remove(draft));
	}

	/** Turn an access token into an ID token. */
	public void turnIntoIdToken(Draft draft, Instant authenticated) {
		this.proofs.turnIntoIdToken(draft, authenticated);
	}

	/** Turn an access token into a refresh token. */
	public void turnIntoRefreshToken(Draft draft) {
		this.proofs.turnIntoRefreshToken(draft);
	}

	public String issuer() {
		return this.issuer;
	}

}
