package dev.authstarter.claims;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.fixture.TestContent;
import dev.authstarter.provider.Preset;
import dev.authstarter.provider.Presets;
import dev.authstarter.provider.ProviderSetting;
import dev.authstarter.token.check.TokenContent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every JSON type at every place that a preset reads: there is no exception, and no right
 * is granted.
 */
class HostileClaimsTests {

	private static final String AUDIENCE = "https://api.example";

	private static final Presets PRESETS = Presets.load();

	private static final Map<String, Object> HEADER = Map.of("alg", "RS256", "typ", "JWT");

	/** Nothing of this is a name of anything. */
	private static final List<@Nullable Object> WORTHLESS = values(null, 0L, 42L, -1L, 1.5, 1e300, false, "", " ",
			"\u0000", "admin\u0000", "\nadmin", "a\u0085dmin", "\u001b[31madmin", List.of(), Map.of(),
			Collections.singletonList(null), List.of(List.of("admin")), List.of(List.of(List.of("admin"))),
			List.of(Map.of("admin", true)), List.of(true, false, 1.5), List.of("", "  ", "\t", "admin\u0000"),
			Collections.singletonMap("admin", null), Map.of("admin", false), Map.of("", true),
			Map.of("admin\u0000", true), Collections.nCopies(10_000, List.of("admin")), Collections.nCopies(10_000, ""),
			manyMembers(false));

	/** This is something, but not what a check would look for. */
	private static final List<@Nullable Object> UNUSUAL = values(true, "\u0430dmin", "admin\u200b", "ADMIN",
			"admin\u00a0", "\u202eadmin", "admin\ud800", "FACTOR_PASSWORD", "ROLE_admin", Map.of("admin ", Map.of()),
			List.of(1L, 2L), Map.of("x", List.of("Admin")), manyNames(), manyMembers(true), "x".repeat(100_000),
			" ".repeat(10_000) + "x", deep(2_000));

	private static List<@Nullable Object> values(@Nullable Object... values) {
		List<@Nullable Object> list = new ArrayList<>();
		for (Object value : values) {
			list.add(value);
		}
		return list;
	}

	private static Map<String, Object> manyMembers(Object value) {
		Map<String, Object> members = new LinkedHashMap<>();
		for (int i = 0; i < 10_000; i++) {
			members.put("m" + i, value);
		}
		return members;
	}

	private static List<Object> manyNames() {
		List<Object> names = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			names.add("n" + i % 9_000);
		}
		return names;
	}

	private static Object deep(int depth) {
		Object value = "admin";
		for (int i = 0; i < depth; i++) {
			value = (i % 2 == 0) ? List.of(value) : Map.of("x", value);
		}
		return value;
	}

	static Stream<String> presets() {
		return PRESETS.names().stream();
	}

	@ParameterizedTest
	@MethodSource("presets")
	void worthlessValueGrantsNothing(String preset) {
		for (ProviderSetting setting : List.of(ProviderSetting.SCOPES, ProviderSetting.ROLES,
				ProviderSetting.PERMISSIONS)) {
			for (Object value : WORTHLESS) {
				for (Map<String, Object> claims : placed(preset, setting, value)) {
					AccessToken token = validate(preset, claims);
					assertThat(token).isNotNull();
					assertThat(rights(token)).as("%s: %s", setting, shortened(claims)).isEmpty();
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("presets")
	void unusualValueIsNotTheFamiliarOne(String preset) {
		for (ProviderSetting setting : ProviderSetting.values()) {
			for (Object value : Stream.concat(WORTHLESS.stream(), UNUSUAL.stream()).toList()) {
				for (Map<String, Object> claims : placed(preset, setting, value)) {
					AccessToken token = validate(preset, claims);
					if (token != null) {
						assertThat(rights(token)).as("%s: %s", setting, shortened(claims)).doesNotContain("admin", "");
						assertThat(token.organizations()).extracting(Organization::id).doesNotContain("admin", "");
						assertThat(token.subject()).isNotIn("admin", "");
					}
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("presets")
	void hostileHeaderPassesNoGate(String preset) {
		for (Object value : Stream.concat(WORTHLESS.stream(), UNUSUAL.stream()).toList()) {
			Map<String, Object> header = new LinkedHashMap<>(HEADER);
			if (value != null) {
				header.put("typ", value);
			}
			boolean none = value == null || "".equals(value);
			assertThat(provider(preset).type().refuse(TestContent.of(header, Map.of("sub", "u"))))
				.as(String.valueOf(none))
				.isNotNull();
		}
	}

	@Test
	void readsTenThousandRolesAndOrganizationsQuickly() {
		Map<String, Object> roles = new LinkedHashMap<>();
		for (int i = 0; i < 100; i++) {
			Map<String, Object> organizations = new LinkedHashMap<>();
			for (int j = 0; j < 100; j++) {
				organizations.put("o" + j, "d");
			}
			roles.put("r" + i, organizations);
		}
		AccessToken token = validate("zitadel", Map.of("sub", "u", "urn:zitadel:iam:org:project:roles", roles));
		assertThat(token).isNotNull();
		assertThat(token.organizations()).hasSize(100).allMatch((one) -> one.roles().size() == 100);
	}

	private static @Nullable AccessToken validate(String preset, Map<String, Object> claims) {
		ClaimReader provider = provider(preset);
		provider.type().refuse(TestContent.of(HEADER, claims));
		Collection<String> audiences = provider.audience().of(claims);
		assertThat(audiences).doesNotContain("");
		AccessToken token = provider.read(TokenContent.jwt(HEADER, claims));
		if (token != null) {
			provider.grants().refuse(token);
		}
		return token;
	}

	private static List<String> rights(AccessToken token) {
		List<String> rights = new ArrayList<>(token.scopes());
		rights.addAll(token.roles());
		rights.addAll(token.permissions());
		token.organizations().forEach((organization) -> {
			rights.addAll(organization.roles());
			rights.addAll(organization.permissions());
		});
		return rights;
	}

	/** The value as the claim, and at every depth of the paths that look at the claim. */
	private static List<Map<String, Object>> placed(String preset, ProviderSetting setting, @Nullable Object value) {
		List<Map<String, Object>> placed = new ArrayList<>();
		for (String text : settings(preset).getOrDefault(setting, List.of())) {
			List<String> names = names(text);
			// The content below a captured name is not read: the name is the value.
			int deepest = text.endsWith("}") ? names.size() - 1 : names.size();
			for (int depth = 1; depth <= deepest; depth++) {
				Object inner = value;
				for (int i = depth - 1; i > 0; i--) {
					inner = names.get(i).equals("*") ? Collections.singletonList(inner)
							: Collections.singletonMap(names.get(i), inner);
				}
				Map<String, Object> claims = new LinkedHashMap<>(Map.of("sub", "u", "client_id", "c", "iss",
						"https://issuer.example", "aud", AUDIENCE, "exp", 1L, "iat", 1L, "jti", "1"));
				if (inner != null) {
					claims.put(names.get(0), inner);
				}
				placed.add(claims);
			}
		}
		return placed;
	}

	private static List<String> names(String selector) {
		if (!selector.startsWith("/")) {
			return List.of(selector.split("[=&! ]+", -1)[0]);
		}
		List<String> names = new ArrayList<>();
		for (String segment : selector.substring(1).split("/", -1)) {
			names.add(segment.replace("~1", "/")
				.replace("~0", "~")
				.replace("{audience}", AUDIENCE)
				.replace("{org}", "org_acme")
				.replace("{role}", "x"));
		}
		return names;
	}

	private static Map<ProviderSetting, List<String>> settings(String preset) {
		Preset found = PRESETS.find(preset);
		assertThat(found).isNotNull();
		return found.settings();
	}

	private static ClaimReader provider(String preset) {
		Preset found = PRESETS.find(preset);
		assertThat(found).isNotNull();
		boolean shared = found.switches().contains(Preset.Switch.SHARED_ISSUER);
		TrustedIssuer issuer = new TrustedIssuer("default", "https://issuer.example", Set.of(AUDIENCE), null,
				List.of("RS256"), shared ? List.of("org_acme") : List.of());
		return new ClaimReaderFactory("auth-starter", preset, issuer, Map.of(), false, false, Set.of(), false)
			.create(PRESETS, List.of());
	}

	private static String shortened(Map<String, Object> claims) {
		String text = claims.toString();
		return text.substring(0, Math.min(text.length(), 200));
	}

}
