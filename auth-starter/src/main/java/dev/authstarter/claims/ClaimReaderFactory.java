package dev.authstarter.claims;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.MissingPropertyException;
import dev.authstarter.issuer.SecureTransport;
import dev.authstarter.provider.Preset;
import dev.authstarter.provider.Presets;
import dev.authstarter.provider.ProviderSetting;
import dev.authstarter.provider.ProviderSettings;
import dev.authstarter.selector.ClaimPredicate;
import dev.authstarter.selector.Glob;
import dev.authstarter.selector.InvalidSelectorException;
import dev.authstarter.selector.Selector;
import dev.authstarter.selector.UserEditableClaims;
import dev.authstarter.token.check.AudienceCheck;
import dev.authstarter.token.check.HeaderTypes;
import dev.authstarter.token.check.TokenTypeCheck;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Validates the configuration of one issuer's provider and creates its
 * {@link ClaimReader}.
 *
 * @param prefix the prefix of the properties, for example {@code auth-starter}
 * @param provider the name of a preset, or {@code null} for any OAuth 2 server
 * @param issuer the issuer and the audiences of this API
 * @param settings lists that replace the preset's; an empty list replaces it, too
 * @param allowUserEditable whether grants and identities may be read from claims that
 * users can write
 * @param allowNoGrants whether tokens without grants are accepted
 * @param shared the settings that come from the properties for all issuers, not from
 * those below the prefix
 * @param amongOthers whether this API also trusts other issuers
 */
record ClaimReaderFactory(String prefix, @Nullable String provider, TrustedIssuer issuer,
		Map<ProviderSetting, List<String>> settings, boolean allowUserEditable, boolean allowNoGrants,
		Set<ProviderSetting> shared, boolean amongOthers) {

	private static final String PREFIX = "auth-starter";

	private static final String ALLOWED = "organization.allowed";

	ClaimReaderFactory {
		settings = Map.copyOf(settings);
		shared = Set.copyOf(shared);
	}

	/**
	 * Collect the configuration of an issuer; what it does not set is taken from the
	 * properties for all issuers.
	 * @param properties all properties
	 * @param issuer the issuer
	 * @param amongOthers whether this API also trusts other issuers
	 * @return the effective configuration
	 */
	static ClaimReaderFactory of(AuthStarterProperties properties, TrustedIssuer issuer, boolean amongOthers) {
		AuthStarterProperties.Token token = properties.token();
		Map<ProviderSetting, List<String>> settings = new EnumMap<>(ProviderSetting.class);
		put(settings, properties.claims());
		put(settings, token.types(), token.audienceFrom(), token.acceptIf(), token.rejectIf(), token.machineIf());
		boolean userEditable = properties.claims().allowUserEditable();
		AuthStarterProperties.Issuer own = properties.issuers().get(issuer.name());
		if (own == null) {
			return new ClaimReaderFactory(PREFIX, properties.provider(), issuer, settings, userEditable,
					token.allowNoGrants(), Set.of(), amongOthers);
		}
		AuthStarterProperties.IssuerToken ownToken = own.token();
		Map<ProviderSetting, List<String>> ownSettings = new EnumMap<>(ProviderSetting.class);
		put(ownSettings, own.claims());
		put(ownSettings, ownToken.types(), ownToken.audienceFrom(), ownToken.acceptIf(), ownToken.rejectIf(),
				ownToken.machineIf());
		Set<ProviderSetting> shared = new HashSet<>(settings.keySet());
		shared.removeAll(ownSettings.keySet());
		settings.putAll(ownSettings);
		String prefix = PREFIX + ".issuers." + issuer.name();
		return new ClaimReaderFactory(prefix, (own.provider() != null) ? own.provider() : properties.provider(), issuer,
				settings, userEditable || own.claims().allowUserEditable(),
				token.allowNoGrants() || ownToken.allowNoGrants(), shared, amongOthers);
	}

	private static void put(Map<ProviderSetting, List<String>> settings, AuthStarterProperties.Claims claims) {
		put(settings, ProviderSetting.SCOPES, claims.scopes());
		put(settings, ProviderSetting.ROLES, claims.roles());
		put(settings, ProviderSetting.PERMISSIONS, claims.permissions());
		put(settings, ProviderSetting.ORGANIZATIONS, claims.organizations());
		put(settings, ProviderSetting.ORGANIZATION_NAMES, claims.organizationNames());
		put(settings, ProviderSetting.CLIENT_ID, claims.clientId());
		put(settings, ProviderSetting.SUBJECT, claims.subject());
	}

	private static void put(Map<ProviderSetting, List<String>> settings, @Nullable List<String> types,
			@Nullable List<String> audienceFrom, @Nullable List<String> require, @Nullable List<String> reject,
			@Nullable List<String> machine) {
		put(settings, ProviderSetting.TYPES, types);
		put(settings, ProviderSetting.AUDIENCE_FROM, audienceFrom);
		put(settings, ProviderSetting.REQUIRE, require);
		put(settings, ProviderSetting.REJECT, reject);
		put(settings, ProviderSetting.MACHINE, machine);
	}

	private static void put(Map<ProviderSetting, List<String>> settings, ProviderSetting setting,
			@Nullable List<String> texts) {
		if (texts != null) {
			settings.put(setting, texts);
		}
	}

	/**
	 * Check the configuration and build the reader of the issuer's claims.
	 * @param presets the known presets
	 * @param decoders the customizers of the application
	 * @return the reader
	 */
	ClaimReader create(Presets presets, List<AccessTokenCustomizer> decoders) {
		return create(presets, decoders, this.issuer.issuer());
	}

	/**
	 * Check the configuration and build the reader of the issuer's claims.
	 * @param presets the known presets
	 * @param decoders the customizers of the application
	 * @param configured the configured issuer from which the provider is detected; an
	 * issuer that is resolved at run time is read like it
	 * @return the reader
	 */
	ClaimReader create(Presets presets, List<AccessTokenCustomizer> decoders, String configured) {
		Preset preset = preset(presets, configured);
		requireOwnAudience(preset);
		requireAudienceOfNoOther(presets, configured);
		Map<ProviderSetting, List<String>> effective = new EnumMap<>(preset.settings());
		effective.putAll(this.settings);
		ClaimMapping mapping = mapping(effective);
		AllowedOrganizations allowed = allowedOrganizations(preset, mapping);
		SharedNames names = new SharedNames();
		return new ClaimReader(type(effective, mapping, names), audience(effective, preset), grants(allowed, preset),
				mapping, names, machine(effective), allowed, preset.requiredClaims(), namelessMachines(preset),
				decoders(preset, decoders), spelling(preset, effective));
	}

	private ProviderSettings spelling(Preset preset, Map<ProviderSetting, List<String>> effective) {
		Map<String, List<String>> lists = new HashMap<>();
		effective.forEach((setting, texts) -> lists.put(setting.property(), List.copyOf(texts)));
		return new ProviderSettings(preset.name(), lists, this.issuer.allowedOrganizations());
	}

	private Preset preset(Presets presets, String configured) {
		String name = (this.provider != null) ? this.provider : Presets.GENERIC;
		if (name.equals(Presets.DETECT)) {
			name = presets.detect(configured);
			if (name == null) {
				throw new InvalidConfigurationPropertyValueException(property("provider"), Presets.DETECT,
						"The provider of the issuer '%s' cannot be detected. Set it to one of %s."
							.formatted(SecureTransport.withoutSecrets(configured), presets.names()));
			}
		}
		Preset preset = presets.find(name);
		if (preset == null) {
			throw new InvalidConfigurationPropertyValueException(property("provider"), name,
					("This provider is unknown. It must be one of %s or 'detect'; for any other OAuth 2 server, remove "
							+ "it.")
						.formatted(presets.names()));
		}
		return preset;
	}

	/** The provider that the issuer reveals is checked even if none is configured. */
	private void requireAudienceOfNoOther(Presets presets, String configured) {
		String detected = (this.provider == null) ? presets.detect(configured) : null;
		Preset likely = (detected != null) ? presets.find(detected) : null;
		if (likely != null) {
			requireOwnAudience(likely);
		}
	}

	private void requireOwnAudience(Preset preset) {
		Set<String> foreign = preset.foreignAudiencesOf(this.issuer.issuer());
		for (String audience : this.issuer.audiences()) {
			if (foreign.contains(audience)) {
				throw new InvalidConfigurationPropertyValueException(property("audience"), audience,
						("'%s' also puts it into tokens that are not for this API, or into the tokens of every "
								+ "client. Configure an audience for this API at the provider.")
							.formatted(preset.name()));
			}
		}
	}

	private ClaimMapping mapping(Map<ProviderSetting, List<String>> effective) {
		Set<String> audiences = this.issuer.audiences();
		ClaimMapping mapping = new ClaimMapping((setting, captures) -> validate(setting,
				() -> Selector.parse(effective.getOrDefault(setting, List.of()), audiences, captures)));
		requireNotUserEditable(ProviderSetting.SCOPES, mapping.scopes());
		requireNotUserEditable(ProviderSetting.ROLES, mapping.roles());
		requireNotUserEditable(ProviderSetting.PERMISSIONS, mapping.permissions());
		requireNotUserEditable(ProviderSetting.ORGANIZATIONS, mapping.organizations());
		requireNotUserEditable(ProviderSetting.SUBJECT, mapping.subject());
		requireNotUserEditable(ProviderSetting.CLIENT_ID, mapping.clientId());
		return mapping;
	}

	/** A configured test proves a machine like one of a preset. */
	private boolean namelessMachines(Preset preset) {
		return preset.switches().contains(Preset.Switch.NAMELESS_MACHINES)
				|| this.settings.containsKey(ProviderSetting.MACHINE);
	}

	private List<ClaimPredicate> machine(Map<ProviderSetting, List<String>> effective) {
		List<ClaimPredicate> machine = validate(ProviderSetting.MACHINE,
				() -> predicates(effective, ProviderSetting.MACHINE));
		for (ClaimPredicate mark : machine) {
			requireNotUserEditable(ProviderSetting.MACHINE, mark.isUserEditable(), mark);
		}
		return machine;
	}

	private void requireNotUserEditable(ProviderSetting setting, Selector[] selectors) {
		for (Selector selector : selectors) {
			requireNotUserEditable(setting, UserEditableClaims.contain(selector), selector);
		}
	}

	private void requireNotUserEditable(ProviderSetting setting, boolean editable, Object what) {
		if (editable && !this.allowUserEditable) {
			throw invalid(setting, "At some providers, users can change '%s' and so choose their own %s. "
				.formatted(what, chosen(setting))
					+ "Use a claim that users cannot change, or set '%s' to true if they cannot change this one."
						.formatted(property("claims.allow-user-editable")));
		}
	}

	private static String chosen(ProviderSetting setting) {
		return switch (setting) {
			case SUBJECT, CLIENT_ID -> "identity";
			case MACHINE -> "caller type";
			default -> "rights";
		};
	}

	private AllowedOrganizations allowedOrganizations(Preset preset, ClaimMapping mapping) {
		boolean open = preset.switches().contains(Preset.Switch.SHARED_ISSUER)
				|| TrustedIssuer.isTemplate(this.issuer.issuer());
		if (this.issuer.allowedOrganizations().isEmpty() && open) {
			throw new MissingPropertyException(property(ALLOWED), "allowed organization",
					("Any user of the provider can get a token of the issuer '%s'; only the organization "
							+ "identifies your users.")
						.formatted(this.issuer.issuer()),
					"the identifiers of the organizations that may call this API", "org_acme");
		}
		if (this.issuer.allowedOrganizations().isEmpty() && this.amongOthers && mapping.namesOrganizations()) {
			throw new MissingPropertyException(property(ALLOWED), "allowed organization",
					"A token of the issuer '%s' could name an organization of another issuer."
						.formatted(this.issuer.issuer()),
					("the organizations that this issuer may name: their identifiers, a prefix such as 'acme-*', or "
							+ "'*' for all; or, if it names none, '%s' to an empty list")
						.formatted(property(ProviderSetting.ORGANIZATIONS)),
					"org_acme");
		}
		AllowedOrganizations allowed = parseAllowed();
		if (allowed.isAll() && open) {
			throw invalidAllowed("Any user of the provider can get a token of the issuer '%s': list the organizations."
				.formatted(this.issuer.issuer()));
		}
		if (!allowed.isAll() && !mapping.namesOrganizations()) {
			throw invalidAllowed("No token could name one of them: '%s' is empty."
				.formatted(property(ProviderSetting.ORGANIZATIONS)));
		}
		return allowed;
	}

	private AllowedOrganizations parseAllowed() {
		try {
			return AllowedOrganizations.parse(this.issuer.allowedOrganizations());
		}
		catch (IllegalArgumentException ex) {
			throw invalidAllowed(String.valueOf(ex.getMessage()));
		}
	}

	private InvalidConfigurationPropertyValueException invalidAllowed(String reason) {
		return new InvalidConfigurationPropertyValueException(property(ALLOWED), this.issuer.allowedOrganizations(),
				reason);
	}

	private TokenTypeCheck type(Map<ProviderSetting, List<String>> effective, ClaimMapping mapping, SharedNames names) {
		List<String> types = effective.getOrDefault(ProviderSetting.TYPES, List.of());
		if (types.isEmpty()) {
			throw invalid(ProviderSetting.TYPES, "It must name a header type, for example 'at+jwt'.");
		}
		HeaderTypes headerTypes = new HeaderTypes(types);
		List<ClaimPredicate> require = validate(ProviderSetting.REQUIRE,
				() -> predicates(effective, ProviderSetting.REQUIRE));
		if (require.isEmpty() && headerTypes.needProof()) {
			throw invalid(ProviderSetting.REQUIRE,
					("It must name the claims that identify an access token, because '%s' allows other header types "
							+ "than 'at+jwt'.")
						.formatted(property(ProviderSetting.TYPES)));
		}
		List<ClaimPredicate> reject = validate(ProviderSetting.REJECT,
				() -> predicates(effective, ProviderSetting.REJECT));
		return new TokenTypeCheck(headerTypes, reject, require,
				(claims) -> mapping.clientId(new GrantCollector(names), claims), this.issuer.propertyPrefix());
	}

	private GrantsCheck grants(AllowedOrganizations allowed, Preset preset) {
		return new GrantsCheck(allowed, this.allowNoGrants || preset.switches().contains(Preset.Switch.NO_GRANTS),
				preset.universalRoles().stream().map(Glob::parse).toList(), this.issuer.propertyPrefix());
	}

	private AudienceCheck audience(Map<ProviderSetting, List<String>> effective, Preset preset) {
		List<String> from = effective.getOrDefault(ProviderSetting.AUDIENCE_FROM, List.of());
		if (from.isEmpty()) {
			throw invalid(ProviderSetting.AUDIENCE_FROM, "It must name a claim, for example 'aud'.");
		}
		return validate(ProviderSetting.AUDIENCE_FROM, () -> new AudienceCheck(from, this.issuer.audiences(),
				preset.switches().contains(Preset.Switch.ORGANIZATION_AUDIENCE)));
	}

	private List<ClaimPredicate> predicates(Map<ProviderSetting, List<String>> effective, ProviderSetting setting) {
		return ClaimPredicate.parse(effective.getOrDefault(setting, List.of()), this.issuer.audiences());
	}

	private static List<AccessTokenCustomizer> decoders(Preset preset, List<AccessTokenCustomizer> decoders) {
		List<AccessTokenCustomizer> all = new ArrayList<>();
		if (preset.switches().contains(Preset.Switch.CLERK_PERMISSIONS)) {
			all.add(new ClerkPermissions());
		}
		all.addAll(decoders);
		return all;
	}

	private <T> T validate(ProviderSetting setting, Supplier<T> parser) {
		try {
			return parser.get();
		}
		catch (InvalidSelectorException ex) {
			throw invalid(setting, String.valueOf(ex.getMessage()));
		}
	}

	private InvalidConfigurationPropertyValueException invalid(ProviderSetting setting, String reason) {
		return new InvalidConfigurationPropertyValueException(property(setting),
				this.settings.getOrDefault(setting, List.of()), reason);
	}

	private String property(ProviderSetting setting) {
		return (this.shared.contains(setting) ? PREFIX : this.prefix) + "." + setting.property();
	}

	private String property(String name) {
		return this.prefix + "." + name;
	}

}
