package dev.authstarter.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.fixture.TestContent;
import dev.authstarter.provider.Preset;
import dev.authstarter.provider.Presets;
import dev.authstarter.token.check.TokenContent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads every token of the corpus with every preset, with one claim removed or changed to
 * another type at a time. No variant has another caller or more rights than the whole
 * token, and no two persons become the same caller.
 */
class ClaimVariantsTests {

	private static final Presets PRESETS = Presets.load();

	private static final Map<String, Object> OPAQUE = Map.of("typ", "opaque");

	private static final Object ABSENT = new Object();

	/** What differs between two persons of one client, besides the subject. */
	private static final Set<String> OF_A_PERSON = Set.of("email", "user_email", "preferred_username", "username",
			"user_name", "unique_name", "name", "given_name", "family_name", "nickname", "sid", "oid", "uid", "user_id",
			"session_id", "subname");

	private final Set<String> violations = new TreeSet<>();

	private int variants;

	private int accepted;

	/** Such a refresh token differs from an access token in this and in nothing else. */
	private static final String ONLY_DIFFERENCE = "casdoor-refresh-jwt-custom.json TokenType";

	/** Firebase's claims of one's own, whose value is the right. */
	private static final Set<String> RIGHTS_THEMSELVES = Set.of("firebase-id.json admin", "firebase-id.json editor");

	@Test
	void nothingIsGainedByLosingAClaimOrItsType(TestReporter reporter) {
		for (Sample sample : Sample.all().toList()) {
			ClaimReader own = sample.configured();
			for (boolean opaque : new boolean[] { false, true }) {
				vary(sample, "its own", own, opaque, ClaimVariantsTests::everyVariant);
				compareTwins(sample, own, opaque);
			}
			for (String preset : PRESETS.names()) {
				if (!preset.equals(sample.preset())) {
					vary(sample, preset, provider(preset, sample), false, ClaimVariantsTests::mostVariants);
				}
			}
		}
		reporter.publishEntry(
				Map.of("variants", String.valueOf(this.variants), "accepted variants", String.valueOf(this.accepted)));
		assertThat(this.violations).isEmpty();
		assertThat(this.variants).isGreaterThan(250_000);
		assertThat(this.accepted).isGreaterThan(10_000);
	}

	private static ClaimReader provider(String preset, Sample sample) {
		Preset found = PRESETS.find(preset);
		boolean shared = found != null && found.switches().contains(Preset.Switch.SHARED_ISSUER);
		List<String> allowed = shared ? new ArrayList<>(List.of("org_acme")) : List.of();
		if (shared) {
			allowed.addAll(sample.organizations());
		}
		TrustedIssuer issuer = new TrustedIssuer("default", String.valueOf(sample.claims().get("iss")),
				sample.audience(), null, List.of("RS256"), allowed);
		return new ClaimReaderFactory("auth-starter", preset, issuer, Map.of(), false, true, Set.of(), false)
			.create(PRESETS, List.of());
	}

	private void vary(Sample sample, String preset, ClaimReader provider, boolean opaque,
			Function<@Nullable Object, List<@Nullable Object>> variants) {
		AccessToken whole = validate(provider, sample, sample.claims(), opaque);
		each(sample.claims(), variants, (place, claims) -> {
			this.variants++;
			AccessToken token = validate(provider, sample, claims, opaque);
			if (token != null && !isForeign(sample, preset, place, whole)) {
				this.accepted++;
				gains(whole, token).forEach((gain) -> this.violations
					.add("%s by %s%s, %s: %s".formatted(sample, preset, opaque ? " (opaque)" : "", place, gain)));
			}
		});
	}

	/**
	 * Variants of a token are not compared if the provider's reader refuses the whole
	 * token, or if it lacks the marks that all of the provider's own tokens have.
	 */
	private static boolean isForeign(Sample sample, String preset, String place, @Nullable AccessToken whole) {
		if (preset.equals("its own")) {
			return (sample + " " + place).equals(ONLY_DIFFERENCE) || RIGHTS_THEMSELVES.contains(sample + " " + place);
		}
		return whole == null || (place.equals("sub") && Set.of("duende", "pingone").contains(preset))
				|| (place.equals("aud") && preset.equals("spring-authorization-server"));
	}

	private static List<String> gains(@Nullable AccessToken whole, AccessToken token) {
		if (whole == null) {
			return List.of("refused as a whole");
		}
		List<String> gains = new ArrayList<>();
		gain(whole.subject().equals(token.subject()), "another subject", gains);
		gain(token.clientId() == null || token.clientId().equals(whole.clientId()), "another client", gains);
		gain(token.callerType() == CallerType.USER || whole.callerType() == CallerType.MACHINE, "a machine", gains);
		gain(whole.scopes().containsAll(token.scopes()), "more scopes", gains);
		gain(whole.roles().containsAll(token.roles()), "more roles", gains);
		gain(whole.permissions().containsAll(token.permissions()), "more permissions", gains);
		for (Organization organization : token.organizations()) {
			Organization known = whole.organization(organization.id());
			gain(known != null && whole.rolesIn(known).containsAll(token.rolesIn(organization))
					&& whole.permissionsIn(known).containsAll(token.permissionsIn(organization)),
					"another organization, or more rights there", gains);
		}
		return gains;
	}

	private static void gain(boolean holds, String what, List<String> gains) {
		if (!holds) {
			gains.add(what);
		}
	}

	private void compareTwins(Sample sample, ClaimReader provider, boolean opaque) {
		if (!(sample.claims().get("sub") instanceof String)) {
			return;
		}
		List<@Nullable AccessToken> firsts = new ArrayList<>();
		each(sample.claims(), ClaimVariantsTests::everyVariant,
				(place, claims) -> firsts.add(validate(provider, sample, claims, opaque)));
		int[] index = new int[1];
		each(ofAnotherPerson(sample.claims()), ClaimVariantsTests::everyVariant, (place, claims) -> {
			AccessToken first = firsts.get(index[0]++);
			AccessToken second = validate(provider, sample, claims, opaque);
			if (first != null && second != null && first.subject().equals(second.subject())) {
				this.violations.add("%s, %s: two persons of one subject".formatted(sample, place));
			}
		});
		assertThat(firsts).hasSize(index[0]);
	}

	private static Map<String, Object> ofAnotherPerson(Map<String, Object> claims) {
		Map<String, Object> other = new LinkedHashMap<>(claims);
		other.replaceAll((name, value) -> (name.equals("sub") || OF_A_PERSON.contains(name)) ? value + "2" : value);
		return other;
	}

	/** As {@code TokenPolicy} does, but for time and possession. */
	private static @Nullable AccessToken validate(ClaimReader provider, Sample sample, Map<String, Object> claims,
			boolean opaque) {
		boolean refused = provider.type().refuse(TestContent.of(opaque ? Map.of() : sample.header(), claims)) != null
				|| Collections.disjoint(provider.audience().of(claims), sample.audience());
		AccessToken token = refused ? null : provider.read(TokenContent.jwt(opaque ? OPAQUE : sample.header(), claims));
		return (token != null && provider.grants().refuse(token) == null) ? token : null;
	}

	/** Only the issuer's name identifies the issuer of the token, so it is not varied. */
	private static void each(Map<String, Object> claims, Function<@Nullable Object, List<@Nullable Object>> variants,
			BiConsumer<String, Map<String, Object>> use) {
		for (String name : claims.keySet()) {
			if (!name.equals("iss")) {
				variants.apply(claims.get(name)).forEach((value) -> use.accept(name, with(claims, name, value)));
				eachInside(claims, name, variants, use);
			}
		}
	}

	private static void eachInside(Map<String, Object> claims, String name,
			Function<@Nullable Object, List<@Nullable Object>> variants, BiConsumer<String, Map<String, Object>> use) {
		if (claims.get(name) instanceof Map<?, ?> object) {
			Map<String, Object> members = new LinkedHashMap<>();
			object.forEach((member, value) -> members.put(String.valueOf(member), value));
			each(members, variants, (place, inside) -> use.accept(name + "/" + place, with(claims, name, inside)));
		}
	}

	private static Map<String, Object> with(Map<String, Object> claims, String name, @Nullable Object value) {
		Map<String, Object> changed = new LinkedHashMap<>(claims);
		if (value == ABSENT) {
			changed.remove(name);
		}
		else {
			changed.put(name, value);
		}
		return changed;
	}

	private static List<@Nullable Object> mostVariants(@Nullable Object value) {
		Object first = (value instanceof List<?> list && !list.isEmpty()) ? list.get(0) : value;
		String text = (first instanceof Map || first instanceof List) ? "" : String.valueOf(first);
		return Arrays.asList(ABSENT, null, Map.of(), 7L, true, (value instanceof String) ? List.of(text) : text);
	}

	/** The value in every other type, and meaningless values of each type. */
	private static List<@Nullable Object> everyVariant(@Nullable Object value) {
		List<@Nullable Object> variants = new ArrayList<@Nullable Object>(
				Arrays.<@Nullable Object>asList(ABSENT, null, "", " ", List.of(), Map.of(), true, false, 7L, 1.5,
						List.of(List.of()), Collections.singletonList(null), List.of(7L), List.of(true)));
		if (value instanceof List<?> list) {
			list.forEach((element) -> variants.add((element instanceof Map) ? element : String.valueOf(element)));
			variants.add(List.of(list));
			Map<String, Object> names = new LinkedHashMap<>();
			list.forEach((element) -> names.put(String.valueOf(element), true));
			variants.add(names);
		}
		else if (value instanceof Map<?, ?> object) {
			variants.add(List.of(object));
			variants.add(List.copyOf(object.keySet()));
			object.keySet().stream().limit(1).forEach((name) -> variants.add(String.valueOf(name)));
		}
		else {
			String text = String.valueOf(value);
			variants.addAll(List.of(text, List.of(text), Map.of(text, true), Map.of(text, Map.of()),
					List.of(Map.of("name", text)), List.of(text, text)));
			if (text.matches("[0-9]{1,18}")) {
				variants.add(Long.valueOf(text));
			}
		}
		return variants;
	}

}
