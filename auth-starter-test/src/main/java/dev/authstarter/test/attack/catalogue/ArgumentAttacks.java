package dev.authstarter.test.attack.catalogue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.Reason;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.attack.endpoint.Endpoint;
import dev.authstarter.test.attack.endpoint.Needs;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Attacks with requests whose parameters, bodies, headers or cookies contain what only a
 * token may determine: the caller, the organization and the rights (CWE-915). Names are
 * those of the parameter types of controllers, of claims, and of headers that proxies
 * set. Such a request must be refused as it is without them.
 */
final class ArgumentAttacks {

	private static final Set<Reason> RIGHTS = Set.of(Reason.WRONG_ACTOR, Reason.WRONG_CALLER, Reason.INSUFFICIENT_SCOPE,
			Reason.INSUFFICIENT_ROLE, Reason.INSUFFICIENT_PERMISSION);

	private static final Set<Reason> ORGANIZATION = Set.of(Reason.ORGANIZATION_MISMATCH, Reason.NOT_FOUND,
			Reason.ORGANIZATION_MISSING, Reason.ORGANIZATION_NOT_ALLOWED);

	private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

	private ArgumentAttacks() {
	}

	static List<Attack> all() {
		List<Attack> attacks = new ArrayList<>();
		for (Way way : Way.ALL) {
			String name = way.name();
			attacks.add(Attack
				.of(Family.ARGUMENT, "rights-in-" + name,
						"A token without rights, and the rights that the handler requires "
								+ "%s.".formatted(way.place),
						RIGHTS, (aim) -> way.send(aim, useless(aim)))
				.unless((aim) -> demandsNothing(aim.endpoint().needs()))
				.unless(way::leftOut));
		}
		for (Way way : Way.ALL) {
			String name = way.name();
			attacks.add(Attack
				.of(Family.ARGUMENT, "organization-in-" + name,
						"A token of another organization or of none, and the expected organization %s."
							.formatted(way.place),
						ORGANIZATION, (aim) -> way.send(aim, foreign(aim)))
				.unless((aim) -> aim.endpoint().scoped() ? null : "not scoped to an organization")
				.unless(way::leftOut));
		}
		return attacks;
	}

	private static @Nullable String demandsNothing(Needs needs) {
		if (!needs.readable()) {
			return "its rule is an expression";
		}
		return (needs.caller() == null && needs.scopes().isEmpty() && needs.roles().isEmpty()
				&& needs.permissions().isEmpty()) ? "requires nothing but a token" : null;
	}

	private static ForgedToken useless(Aim aim) {
		ForgedToken token = aim.token();
		return "user".equals(aim.endpoint().needs().caller()) ? token.asMachine(aim.attacker().subject()) : token;
	}

	/** If only the token names the organization, the token of another one has none. */
	private static ForgedToken foreign(Aim aim) {
		ForgedToken token = aim.attacker().token();
		return (aim.endpoint().organization() == Endpoint.NamedBy.REQUEST)
				? token.forOrganization(aim.attacker().foreign()) : token.withoutOrganization();
	}

	/** The values that a request contains, by names without a dot. */
	private static Map<String, Object> facts(Aim aim) {
		Needs needs = aim.endpoint().needs();
		String organization = aim.attacker().organization();
		List<String> scopes = List.of(Needs.firstOfEach(needs.scopes()));
		List<String> roles = List.of(Needs.firstOfEach(needs.roles()));
		List<String> permissions = List.of(Needs.firstOfEach(needs.permissions()));
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("id", organization);
		facts.put("name", organization);
		facts.put("issuer", aim.attacker().issuer().issuer());
		facts.put("subject", "admin");
		facts.put("caller", "machine".equals(needs.caller()) ? "MACHINE" : "USER");
		facts.put("scopes", scopes);
		facts.put("scope", String.join(" ", scopes));
		facts.put("roles", roles);
		facts.put("permissions", permissions);
		facts.put("authorities", roles.stream().map((role) -> "ROLE_" + role).toList());
		for (String claim : List.of("organizationId", "orgId", "org_id", "tenantId", "tenant")) {
			facts.put(claim, organization);
		}
		return facts;
	}

	/**
	 * The same values as members of the objects that stand for caller and organization.
	 */
	private static Map<String, Object> objects(Aim aim) {
		Map<String, Object> facts = facts(aim);
		Map<String, Object> objects = new LinkedHashMap<>(facts);
		for (String object : List.of("organization", "organizations[0]", "accessToken", "token", "claims", "user")) {
			objects.put(object, facts);
		}
		return objects;
	}

	private static void flatten(String prefix, Map<?, ?> object, Map<String, String> flat) {
		object.forEach((name, value) -> {
			if (value instanceof Map<?, ?> nested) {
				flatten(prefix + name + ".", nested, flat);
			}
			else {
				flat.put(prefix + name, (value instanceof List<?> list)
						? list.stream().map(String::valueOf).collect(Collectors.joining(",")) : String.valueOf(value));
			}
		});
	}

	private static String form(Aim aim) {
		Map<String, String> flat = new LinkedHashMap<>();
		flatten("", objects(aim), flat);
		flat.put("organization", aim.attacker().organization());
		// Spring's markers of empty fields also bind an object without any other field.
		List.of("_claims", "_scopes", "_roles", "_organizations").forEach((marker) -> flat.put(marker, "on"));
		return flat.entrySet()
			.stream()
			.map((entry) -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
			.collect(Collectors.joining("&"));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static String json(Aim aim) {
		Map<String, Object> objects = objects(aim);
		objects.put("organizations", List.of(facts(aim)));
		return JSONObjectUtils.toJSONString(objects);
	}

	private static AttackRequest headers(Aim aim, ForgedToken token) {
		AttackRequest request = aim.bearing(token);
		Map<String, String> flat = new LinkedHashMap<>();
		flatten("", facts(aim), flat);
		for (Map.Entry<String, String> fact : flat.entrySet()) {
			if (!fact.getValue().isEmpty()) {
				request = request.withHeader(fact.getKey(), fact.getValue())
					.withHeader("X-" + fact.getKey().replaceAll("(?<=[a-z])(?=[A-Z])|_", "-"), fact.getValue());
			}
		}
		return request.withHeader("X-Forwarded-User", "admin")
			.withHeader("X-Organization", aim.attacker().organization());
	}

	private static AttackRequest cookies(Aim aim, ForgedToken token) {
		Map<String, String> flat = new LinkedHashMap<>();
		flatten("", facts(aim), flat);
		return aim.bearing(token)
			.withHeader(HttpHeaders.COOKIE,
					flat.entrySet()
						.stream()
						.map((entry) -> entry.getKey() + "=" + encode(entry.getValue()))
						.collect(Collectors.joining("; ")));
	}

	private static @Nullable String bodyless(Aim aim) {
		return WITH_BODY.contains(aim.endpoint().method()) ? null : "has no body";
	}

	/** The mapping may require another type, and would not match this one. */
	private static @Nullable String noForm(Aim aim) {
		HttpHeaders headers = aim.request().headers();
		return (headers.getContentType() != null) ? "requires a certain type of body" : bodyless(aim);
	}

	private static AttackRequest json(Aim aim, ForgedToken token) {
		MediaType wanted = aim.request().headers().getContentType();
		return aim.bearing(token).withBody((wanted != null) ? wanted : MediaType.APPLICATION_JSON, json(aim));
	}

	/**
	 * A part of a request that carries the values.
	 */
	private record Way(String name, String place, BiFunction<Aim, ForgedToken, AttackRequest> request,
			Function<Aim, @Nullable String> leftOut) {

		static final List<Way> ALL = List.of(
				new Way("query", "in the query", (aim, token) -> aim.bearing(token).withQuery(form(aim)),
						(aim) -> null),
				new Way("form", "in a form", (aim, token) -> aim.bearing(token).withForm(form(aim)),
						ArgumentAttacks::noForm),
				new Way("json", "in JSON", ArgumentAttacks::json, ArgumentAttacks::bodyless),
				new Way("headers", "in headers", ArgumentAttacks::headers, (aim) -> null),
				new Way("cookies", "in cookies", ArgumentAttacks::cookies, (aim) -> null));

		AttackRequest send(Aim aim, ForgedToken token) {
			return this.request.apply(aim, token);
		}

		@Nullable String leftOut(Aim aim) {
			return this.leftOut.apply(aim);
		}

	}

}
