package dev.authstarter.claims;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.jose.NumericDate;
import dev.authstarter.provider.ProviderSetting;
import dev.authstarter.provider.ProviderSettings;
import dev.authstarter.selector.ClaimPredicate;
import dev.authstarter.selector.Glob;
import dev.authstarter.selector.JsonValues;
import dev.authstarter.selector.Selector;
import dev.authstarter.token.type.AudienceCheck;
import dev.authstarter.token.type.PersonSigns;
import dev.authstarter.token.type.TokenTypeCheck;
import org.jspecify.annotations.Nullable;

/**
 * A provider described by selectors and predicates.
 */
final class MappedClaimReader implements ClaimReader {

	private final TokenTypeCheck gate;

	private final boolean gateNamesClient;

	private final AudienceCheck audiences;

	private final ClaimMapping mapping;

	private final ClaimPredicate[] machine;

	private final AllowedOrganizations allowedOrganizations;

	private final List<String> requiredClaims;

	private final boolean namelessMachines;

	private final boolean allowNoGrants;

	private final List<Glob> universalRoles;

	private final List<AccessTokenCustomizer> decoders;

	private final SelectorDiagnostics diagnostics;

	private final ProviderSettings spelling;

	private final SharedNames names = new SharedNames();

	MappedClaimReader(TokenTypeCheck gate, AudienceCheck audiences, ClaimMapping mapping, List<ClaimPredicate> machine,
			AllowedOrganizations allowedOrganizations, List<String> requiredClaims, boolean namelessMachines,
			boolean allowNoGrants, List<Glob> universalRoles, List<AccessTokenCustomizer> decoders,
			ProviderSettings spelling) {
		this.gate = gate;
		this.gateNamesClient = gate.namesClient();
		this.audiences = audiences;
		this.mapping = mapping;
		this.machine = machine.toArray(ClaimPredicate[]::new);
		this.allowedOrganizations = allowedOrganizations;
		this.requiredClaims = List.copyOf(requiredClaims);
		this.namelessMachines = namelessMachines;
		this.allowNoGrants = allowNoGrants;
		this.universalRoles = List.copyOf(universalRoles);
		this.decoders = List.copyOf(decoders);
		this.diagnostics = new SelectorDiagnostics(mapping);
		this.spelling = spelling;
	}

	@Override
	public @Nullable Reason refuseType(Map<String, Object> header, Map<String, Object> claims) {
		return this.gate.refuse(header, claims,
				this.gateNamesClient ? clientId(new GrantCollector(this.names), claims) : null);
	}

	@Override
	public Collection<String> audiences(Map<String, Object> claims) {
		return this.audiences.of(claims);
	}

	@Override
	public @Nullable AccessToken read(Map<String, Object> header, Map<String, Object> claims) {
		GrantCollector reading = new GrantCollector(this.names);
		String clientId = clientId(reading, claims);
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

	/** Decoders know of no issuer's list. */
	private AccessToken withAllowedOrganizations(AccessToken token) {
		List<Organization> allowed = token.organizations()
			.stream()
			.filter((organization) -> allowsOrganization(organization.id()))
			.toList();
		return (allowed.size() == token.organizations().size()) ? token
				: new AccessToken(token.issuer(), token.subject(), token.clientId(), token.callerType(), token.scopes(),
						token.roles(), token.permissions(), allowed, token.actor(), token.expiresAt(), token.claims());
	}

	private @Nullable String clientId(GrantCollector reading, Map<String, Object> claims) {
		return reading.readOne(ProviderSetting.CLIENT_ID, this.mapping.clientId(), claims);
	}

	/**
	 * Find what marks a machine. What is absent marks none where anything else is the
	 * sign of a person.
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

	/** Where no claim names clients, or the subject itself is what marks a machine. */
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
	 * Tell whether a token without a subject is its client's own: a mark of the provider
	 * says so, and nothing says that there is a person. Otherwise all persons of one
	 * client would become one caller. Who is named in a way that cannot be read is not
	 * the client either.
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

	/** A client that is written and cannot be read is lacking. */
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

	@Override
	public @Nullable Reason refuseGrants(AccessToken token) {
		if (!this.allowedOrganizations.isAll() && token.organizations().isEmpty()) {
			return Reason.ORGANIZATION_NOT_ALLOWED;
		}
		return (this.allowNoGrants || grantsAnything(token)) ? null : Reason.NO_GRANTS;
	}

	private boolean grantsAnything(AccessToken token) {
		if (!token.scopes().isEmpty() || !token.permissions().isEmpty() || grantsAnything(token.roles())) {
			return true;
		}
		for (Organization organization : token.organizations()) {
			if (!organization.permissions().isEmpty() || grantsAnything(organization.roles())) {
				return true;
			}
		}
		return false;
	}

	private boolean grantsAnything(Set<String> roles) {
		if (this.universalRoles.isEmpty()) {
			return !roles.isEmpty();
		}
		return roles.stream()
			.anyMatch((role) -> this.universalRoles.stream().noneMatch((universal) -> universal.matches(role, null)));
	}

	@Override
	public boolean allowsOrganization(String organization) {
		return this.allowedOrganizations.allows(organization);
	}

	@Override
	public @Nullable String proof(Map<String, Object> header, Map<String, Object> claims) {
		return this.gate.proof(header, claims, clientId(new GrantCollector(this.names), claims));
	}

	@Override
	public ProviderSettings spelling() {
		return this.spelling;
	}

}
