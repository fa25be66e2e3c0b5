package dev.authstarter.claims;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.jose.NumericDate;
import dev.authstarter.provider.ProviderSetting;
import dev.authstarter.provider.ProviderSettings;
import dev.authstarter.selector.ClaimPredicate;
import dev.authstarter.selector.JsonValues;
import dev.authstarter.selector.Selector;
import dev.authstarter.token.check.AudienceCheck;
import dev.authstarter.token.check.Finding;
import dev.authstarter.token.check.PersonSigns;
import dev.authstarter.token.check.TokenContent;
import dev.authstarter.token.check.TokenFormat;
import dev.authstarter.token.check.TokenTypeCheck;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tokens of one issuer in the form of its provider. Claims and header values
 * are JSON values: strings, numbers, booleans, lists, maps and {@code null}.
 */
public final class ClaimReader {

	/**
	 * The header of an opaque token for the tests of machine-if. Issuers name the client
	 * in every introspection response, so a client id does not mark a machine there.
	 */
	private static final Map<String, Object> OPAQUE = Map.of("typ", "opaque");

	private final TokenTypeCheck type;

	private final AudienceCheck audience;

	private final GrantsCheck grants;

	private final ClaimMapping mapping;

	private final ClaimPredicate[] machine;

	private final AllowedOrganizations allowedOrganizations;

	private final List<String> requiredClaims;

	private final boolean namelessMachines;

	private final List<AccessTokenCustomizer> decoders;

	private final SelectorDiagnostics diagnostics;

	private final ProviderSettings spelling;

	private final SharedNames names;

	ClaimReader(TokenTypeCheck type, AudienceCheck audience, GrantsCheck grants, ClaimMapping mapping,
			SharedNames names, List<ClaimPredicate> machine, AllowedOrganizations allowedOrganizations,
			List<String> requiredClaims, boolean namelessMachines, List<AccessTokenCustomizer> decoders,
			ProviderSettings spelling) {
		this.mapping = mapping;
		this.names = names;
		this.type = type;
		this.audience = audience;
		this.grants = grants;
		this.machine = machine.toArray(ClaimPredicate[]::new);
		this.allowedOrganizations = allowedOrganizations;
		this.requiredClaims = List.copyOf(requiredClaims);
		this.namelessMachines = namelessMachines;
		this.decoders = List.copyOf(decoders);
		this.diagnostics = new SelectorDiagnostics(mapping);
		this.spelling = spelling;
	}

	/**
	 * Return the check that accepts only access tokens.
	 * @return the check of the token type
	 */
	public TokenTypeCheck type() {
		return this.type;
	}

	/**
	 * Return the check that accepts only tokens for this API.
	 * @return the check of the audience
	 */
	public AudienceCheck audience() {
		return this.audience;
	}

	/**
	 * Return the check that accepts only tokens with a grant and with an allowed
	 * organization.
	 * @return the check of the grants
	 */
	public GrantsCheck grants() {
		return this.grants;
	}

	/**
	 * Read a token. No JSON value makes this fail: unknown forms grant nothing. Without
	 * {@code iss} the issuer is empty, without {@code exp} the expiry time is
	 * {@link Instant#MAX}; the checks of package {@code token} refuse both.
	 * @param content its header and claims
	 * @return the token, or {@code null} if it identifies no caller: it has no subject
	 * and is not proven to be a machine's, or it lacks a claim that every token of the
	 * provider has
	 */
	public @Nullable AccessToken read(TokenContent content) {
		Map<String, Object> header = (content.format() == TokenFormat.OPAQUE) ? OPAQUE : content.header();
		Map<String, Object> claims = content.claims();
		GrantCollector reading = new GrantCollector(this.names);
		String clientId = this.mapping.clientId(reading, claims);
		String subject = reading.readOne(ProviderSetting.SUBJECT, this.mapping.subject(), claims);
		ClaimPredicate mark = machineMark(header, claims, clientId);
		if (mark != null && clientId == null && isSubjectTheClient(mark)) {
			clientId = subject;
		}
		boolean nameless = subject == null && clientId != null && provesMachine(header, claims, clientId);
		String identity = nameless ? clientId : subject;
		if (identity == null || lacksRequired(claims, clientId)) {
			return null;
		}
		AccessToken token = read(reading, identity, clientId, (mark != null) ? CallerType.MACHINE : CallerType.USER,
				claims);
		for (AccessTokenCustomizer decoder : this.decoders) {
			token = decoder.decode(token);
		}
		if (!this.decoders.isEmpty()) {
			token = withAllowedOrganizations(token);
		}
		this.diagnostics.look(token);
		return token;
	}

	/** Customizers do not apply the issuer's list. */
	private AccessToken withAllowedOrganizations(AccessToken token) {
		List<Organization> allowed = token.organizations()
			.stream()
			.filter((organization) -> allowsOrganization(organization.id()))
			.toList();
		return (allowed.size() == token.organizations().size()) ? token : token.withOrganizations(allowed);
	}

	/**
	 * Find the test that marks a machine. The absence of a claim marks none if another
	 * claim indicates a person.
	 */
	private @Nullable ClaimPredicate machineMark(Map<String, Object> header, Map<String, Object> claims,
			@Nullable String clientId) {
		for (ClaimPredicate mark : this.machine) {
			if (mark.matches(header, claims, clientId) && !(mark.restsOnAbsence() && PersonSigns.isShownBy(claims))) {
				return mark;
			}
		}
		return null;
	}

	/**
	 * Return whether the subject is the client id: no claim names clients, or the test
	 * examines the subject itself.
	 */
	private boolean isSubjectTheClient(ClaimPredicate mark) {
		if (this.mapping.clientId().length == 0) {
			return true;
		}
		for (Selector selector : this.mapping.subject()) {
			if (selector.literal() != null && mark.tests(selector.literal())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether a token without a subject is a machine's: a test matches, and no
	 * claim indicates a person. Otherwise all users of one client would become one
	 * caller. A subject in an unreadable form does not make it a machine's either.
	 */
	private boolean provesMachine(Map<String, Object> header, Map<String, Object> claims, String clientId) {
		if (!this.namelessMachines || namesSubject(claims) || PersonSigns.isShownBy(claims)) {
			return false;
		}
		for (ClaimPredicate mark : this.machine) {
			if (mark.restsOnPresence() && mark.matches(header, claims, clientId)) {
				return true;
			}
		}
		return false;
	}

	private boolean namesSubject(Map<String, Object> claims) {
		for (Selector selector : this.mapping.subject()) {
			if (claims.containsKey(selector.names().get(0))) {
				return true;
			}
		}
		return false;
	}

	/** A client id in an unreadable form counts as missing. */
	private boolean lacksRequired(Map<String, Object> claims, @Nullable String clientId) {
		for (String claim : this.requiredClaims) {
			if (!JsonValues.isPresent(claims.get(claim)) || (clientId == null && claim.equals("client_id"))) {
				return true;
			}
		}
		return false;
	}

	private AccessToken read(GrantCollector reading, String subject, @Nullable String clientId, CallerType caller,
			Map<String, Object> claims) {
		reading.read(ProviderSetting.SCOPES, this.mapping.scopes(), claims);
		reading.read(ProviderSetting.ROLES, this.mapping.roles(), claims);
		reading.read(ProviderSetting.PERMISSIONS, this.mapping.permissions(), claims);
		reading.read(ProviderSetting.ORGANIZATIONS, this.mapping.organizations(), claims);
		reading.read(ProviderSetting.ORGANIZATION_NAMES, this.mapping.organizationNames(), claims);
		List<Organization> organizations = reading.organizations(this.allowedOrganizations);
		String issuer = (claims.get("iss") instanceof String text) ? text : "";
		return new AccessToken(issuer, subject, clientId, caller, reading.scopes(), reading.roles(),
				reading.permissions(), organizations, actor(claims), expiresAt(claims), claims);
	}

	/** RFC 8693 section 4.1. */
	private static @Nullable String actor(Map<String, Object> claims) {
		return (claims.get("act") instanceof Map<?, ?> act) ? JsonValues.text(act.get("sub")) : null;
	}

	private static Instant expiresAt(Map<String, Object> claims) {
		if (claims.get("exp") instanceof Instant instant) {
			return instant;
		}
		return (claims.get("exp") instanceof Number exp) ? NumericDate.toInstant(exp) : Instant.MAX;
	}

	/**
	 * Return whether this issuer's tokens may name an organization.
	 * @param organization its identifier
	 * @return whether the configuration allows it for the issuer
	 */
	public boolean allowsOrganization(String organization) {
		return this.allowedOrganizations.allows(organization);
	}

	/**
	 * Explain to a developer what a token must contain to identify a caller.
	 * @return the expectation if {@link #read} returns {@code null}
	 */
	public Finding explainCaller() {
		return Finding.of("Caller",
				"a subject in %s, or the claims of a machine (%s) with a client in %s and without any claim of a user"
					.formatted(this.spelling.list("claims.subject"), this.spelling.list("token.machine-if"),
							this.spelling.list("claims.client-id")),
				"neither");
	}

	/**
	 * Explain to a developer which selectors found no grants in a token.
	 * @param token the token
	 * @return one finding for each kind of grant that the token lacks
	 */
	public List<Finding> explainLacking(AccessToken token) {
		List<Finding> lacking = new ArrayList<>();
		addLacking("Scopes", token.scopes(), "scopes", lacking);
		addLacking("Roles", token.roles(), "roles", lacking);
		addLacking("Permissions", token.permissions(), "permissions", lacking);
		addLacking("Organizations", token.organizations(), "organizations", lacking);
		return lacking;
	}

	private void addLacking(String about, Collection<?> found, String property, List<Finding> lacking) {
		if (found.isEmpty()) {
			List<String> selectors = this.spelling.list("claims." + property);
			lacking.add(Finding.of(about,
					selectors.isEmpty() ? "none, since 'auth-starter.claims.%s' names no claim".formatted(property)
							: "some in " + selectors,
					"none"));
		}
	}

	/**
	 * Return the configuration, for code that creates tokens for this reader.
	 * @return the selectors and predicates as configured
	 */
	public ProviderSettings spelling() {
		return this.spelling;
	}

}
