package dev.authstarter.test.attack;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import dev.authstarter.test.attack.catalogue.AttackRequest;
import dev.authstarter.test.attack.catalogue.Attacker;
import dev.authstarter.test.attack.data.OrganizationData;
import dev.authstarter.test.attack.data.Party;
import dev.authstarter.test.attack.endpoint.Endpoint;
import dev.authstarter.test.attack.endpoint.Needs;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

/**
 * Seeds the data of two organizations, and calls the application with tokens of either.
 */
final class DataSession {

	private static final int MOST_PAGES = 20;

	/** RFC 8288 section 3. */
	private static final Pattern NEXT = Pattern.compile("<([^>]*)>[^,]*;\\s*rel=\"?next\"?");

	private final Target target;

	private final List<String> organizations;

	private final Function<String, OrganizationData> seed;

	private final TokenForge forge;

	private final BiFunction<ForgedToken, String, ForgedToken> change;

	/** By requirements and organization, because signing takes time. */
	private final Map<List<Object>, String> tokens = new HashMap<>();

	private int requests;

	DataSession(Target target, List<String> organizations, Function<String, OrganizationData> seed, TokenForge forge,
			BiFunction<ForgedToken, String, ForgedToken> change) {
		this.target = target;
		this.organizations = organizations;
		this.seed = seed;
		this.forge = forge;
		this.change = change;
	}

	List<String> organizations() {
		return this.organizations;
	}

	String otherThan(String organization) {
		return this.organizations.get(0).equals(organization) ? this.organizations.get(1) : this.organizations.get(0);
	}

	/**
	 * Make the data of both organizations anew.
	 * @param owner the organization that is attacked
	 */
	Situation seed(String owner) {
		Map<String, Party> parties = new HashMap<>();
		this.organizations.forEach(
				(organization) -> parties.put(organization, Party.of(organization, this.seed.apply(organization))));
		Situation situation = new Situation(party(parties, otherThan(owner)), party(parties, owner));
		Party.requireDistinct(situation.attacker(), situation.owner());
		return situation;
	}

	private static Party party(Map<String, Party> parties, String organization) {
		Party party = parties.get(organization);
		if (party == null) {
			throw new IllegalStateException("nothing was seeded for " + organization);
		}
		return party;
	}

	/** Return a token of an organization, with everything that an endpoint requires. */
	String token(Endpoint endpoint, String organization) {
		return this.tokens.computeIfAbsent(List.of(endpoint.needs(), organization), (key) -> {
			String subject = "member-of-" + organization;
			ForgedToken token = this.forge.token().asUser(subject).withScopes(Attacker.USELESS_SCOPE);
			ForgedToken granted = endpoint.needs()
				.grantTo(token, subject)
				.forOrganization(organization, Needs.firstOfEach(endpoint.needs().roles()));
			return this.change.apply(granted, organization).value();
		});
	}

	/** Called before tokens can expire: a refusal of an expired token proves nothing. */
	void forgetTokens() {
		this.tokens.clear();
	}

	int requests() {
		return this.requests;
	}

	/** Send a request, and fetch the pages that its answer links to. */
	Exchange send(AttackRequest request) {
		List<Answer> pages = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		AttackRequest next = request;
		while (next != null && seen.add(next.uri()) && pages.size() < MOST_PAGES) {
			this.requests++;
			Answer answer = this.target.send(next);
			pages.add(answer);
			String link = request.method().equals("GET") ? next(answer) : null;
			next = (link != null) ? follow(next, link) : null;
		}
		return new Exchange(request, List.copyOf(pages));
	}

	private static @Nullable String next(Answer answer) {
		for (String links : answer.headers().getOrDefault(HttpHeaders.LINK, List.of())) {
			Matcher matcher = NEXT.matcher(links);
			if (matcher.find()) {
				return matcher.group(1);
			}
		}
		return nextInBody(answer.body());
	}

	/** As a member {@code next}, or in the form of HAL. */
	private static @Nullable String nextInBody(String body) {
		if (!body.contains("\"next\"")) {
			return null;
		}
		try {
			JsonNode json = JsonMapper.shared().readTree(body);
			for (String pointer : List.of("/_links/next/href", "/links/next", "/next")) {
				JsonNode link = json.at(pointer);
				if (link.isString() && link.stringValue().matches("(https?://|[/?.]).*")) {
					return link.stringValue();
				}
			}
		}
		catch (JacksonException ex) {
			// A body that is not JSON has no links.
		}
		return null;
	}

	/** Requests go to the application under attack, whatever host the link names. */
	private @Nullable AttackRequest follow(AttackRequest request, String link) {
		try {
			String prefix = this.target.contextPath();
			// Java resolves a mere query against the parent of the path.
			URI uri = URI.create(prefix + request.uri())
				.resolve(link.startsWith("?") ? prefix + request.path() + link : link);
			String path = uri.getRawPath();
			if (path == null || !path.startsWith("/")) {
				return null;
			}
			String own = (!prefix.isEmpty() && path.startsWith(prefix + "/")) ? path.substring(prefix.length()) : path;
			return new AttackRequest(request.method(), own, uri.getRawQuery(), request.headers(), null,
					request.secrets());
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * The attacker and the owner, with the data of both at the moment.
	 *
	 * @param attacker the organization whose tokens are sent
	 * @param owner the organization whose data is attacked
	 */
	record Situation(Party attacker, Party owner) {

	}

}
