package dev.authstarter.test.attack.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.test.attack.catalogue.AttackRequest;
import dev.authstarter.test.attack.endpoint.Endpoint;
import dev.authstarter.test.attack.endpoint.Endpoint.NamedBy;
import dev.authstarter.test.attack.endpoint.Parameter;
import dev.authstarter.test.attack.endpoint.PathTemplate;
import dev.authstarter.test.attack.endpoint.Place;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriUtils;

/**
 * A template for requests to one endpoint, with slots for identifiers.
 */
public final class RequestTemplate {

	private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

	private static final int MOST_FILLINGS = 100;

	private final Endpoint endpoint;

	private final PathTemplate path;

	private final List<Parameter> parameters;

	private final AuthStarterProperties.Organization properties;

	private final Map<String, String> constants;

	private final @Nullable JsonSample body;

	/**
	 * Make a template.
	 * @param endpoint the endpoint
	 * @param parameters the parameters that its method reads from the request
	 * @param properties how requests name their organization
	 * @param constants values that belong to no organization, by name
	 * @param body the body of the requests, or {@code null}
	 */
	public RequestTemplate(Endpoint endpoint, List<Parameter> parameters, AuthStarterProperties.Organization properties,
			Map<String, String> constants, @Nullable JsonSample body) {
		this.endpoint = endpoint;
		this.path = new PathTemplate(endpoint.pattern());
		this.parameters = parameters;
		this.properties = properties;
		this.constants = constants;
		this.body = body;
	}

	public Endpoint endpoint() {
		return this.endpoint;
	}

	/** Whether a request only reads (RFC 9110 section 9.2.1). */
	public boolean isRead() {
		return this.endpoint.method().equals("GET") || this.endpoint.method().equals("HEAD");
	}

	boolean takesBody() {
		return WITH_BODY.contains(this.endpoint.method());
	}

	List<String> organizationNames() {
		return this.properties.pathVariables();
	}

	String organizationHeader() {
		return this.properties.header();
	}

	/** The optional parameters of a request. */
	List<Slot> optional() {
		return this.parameters.stream()
			.filter((parameter) -> !parameter.required() && constant(parameter.name()) == null)
			.map((parameter) -> new Slot(parameter.place(), parameter.name()))
			.toList();
	}

	/** Whether the name of the slot determines its values; otherwise all are tried. */
	boolean isNamed(Slot slot, Party party) {
		return slot.place() == Place.BODY || isOrganization(slot) || !party.picksOf(slot.name()).isEmpty();
	}

	private boolean isOrganization(Slot slot) {
		return this.properties.pathVariables().contains(slot.name())
				|| (slot.place() == Place.HEADER && slot.name().equalsIgnoreCase(this.properties.header()));
	}

	/**
	 * Return the possible values for each slot of a request.
	 * @param party an organization; the result fits any
	 * @return choices by slot, the most likely first
	 */
	private Map<Slot, List<Pick>> choices(Party party) {
		Map<Slot, List<Pick>> choices = new LinkedHashMap<>();
		this.path.variables().forEach((name) -> add(new Slot(Place.PATH, name), party, choices));
		if (this.endpoint.organization() == NamedBy.REQUEST
				&& this.path.variables().stream().noneMatch(this.properties.pathVariables()::contains)) {
			choices.put(new Slot(Place.HEADER, this.properties.header()), List.of(Pick.ORGANIZATION));
		}
		this.parameters.stream()
			.filter((parameter) -> parameter.required() || constant(parameter.name()) != null)
			.forEach((parameter) -> add(new Slot(parameter.place(), parameter.name()), party, choices));
		if (this.body != null) {
			this.body.places(bodyNames(party)).forEach((name, sample) -> {
				Slot slot = new Slot(Place.BODY, name);
				List<Pick> picks = new ArrayList<>(
						isOrganization(slot) ? List.of(Pick.ORGANIZATION) : party.picksOf(name));
				if (sample != null) {
					picks.add(Pick.constant(sample));
				}
				choices.put(slot, picks);
			});
		}
		return choices;
	}

	private List<String> bodyNames(Party party) {
		List<String> names = new ArrayList<>(this.properties.pathVariables());
		names.addAll(party.identifiers().keySet());
		return names;
	}

	/**
	 * Return ways to fill a request.
	 * @param party an organization; the result fits any
	 * @return the value in each slot, the most likely way first
	 */
	public List<Map<Slot, Pick>> fillings(Party party) {
		List<Map<Slot, Pick>> fillings = List.of(Map.of());
		for (Map.Entry<Slot, List<Pick>> choice : choices(party).entrySet()) {
			List<Map<Slot, Pick>> longer = new ArrayList<>();
			for (Map<Slot, Pick> filling : fillings) {
				for (Pick pick : choice.getValue()) {
					Map<Slot, Pick> more = new LinkedHashMap<>(filling);
					more.put(choice.getKey(), pick);
					longer.add(more);
				}
			}
			fillings = longer.subList(0, Math.min(longer.size(), MOST_FILLINGS));
		}
		return fillings;
	}

	private void add(Slot slot, Party party, Map<Slot, List<Pick>> choices) {
		String constant = constant(slot.name());
		if (isOrganization(slot)) {
			choices.putIfAbsent(slot, List.of(Pick.ORGANIZATION));
		}
		else if (constant != null) {
			choices.putIfAbsent(slot, List.of(Pick.constant(constant)));
		}
		else {
			List<Pick> named = party.picksOf(slot.name());
			choices.putIfAbsent(slot, named.isEmpty() ? party.picks() : named);
		}
	}

	private @Nullable String constant(String name) {
		return this.constants.entrySet()
			.stream()
			.filter((entry) -> Slot.sameName(entry.getKey(), name))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Make a request.
	 * @param token the token of the request
	 * @param own the organization that sends it
	 * @param foreign the organization whose identifiers it also contains
	 * @param picks the value in each slot
	 * @param variant the slots that have values of the other organization
	 * @return the request, or {@code null} if the values do not fit the path of the
	 * endpoint
	 */
	public @Nullable AttackRequest request(String token, Party own, Party foreign, Map<Slot, Pick> picks,
			Variant variant) {
		Map<Slot, String> values = new LinkedHashMap<>();
		picks.forEach((slot, pick) -> values.put(slot, own.value(pick)));
		variant.foreign().forEach((slot, pick) -> values.put(slot, foreign.value(pick)));
		Map<Slot, String> extras = new LinkedHashMap<>();
		variant.extras().forEach((extra) -> extras.put(extra.slot(), foreign.value(extra.pick())));

		String filled = this.path.fill((name) -> Objects.requireNonNull(values.get(new Slot(Place.PATH, name))));
		if (filled == null) {
			return null;
		}
		HttpHeaders headers = new HttpHeaders();
		this.endpoint.headers().accept(headers);
		headers.setBearerAuth(token);
		of(Place.HEADER, values, extras).forEach(headers::set);
		String cookies = pairs(of(Place.COOKIE, values, extras), "; ");
		if (!cookies.isEmpty()) {
			headers.set(HttpHeaders.COOKIE, cookies);
		}
		String query = pairs(of(Place.QUERY, values, extras), "&");
		String written = body(values, extras, bodyNames(own));
		if (written != null && headers.getContentType() == null) {
			headers.setContentType(MediaType.APPLICATION_JSON);
		}
		return new AttackRequest(this.endpoint.method(), filled, query.isEmpty() ? null : query, headers, written,
				List.of(token));
	}

	private @Nullable String body(Map<Slot, String> values, Map<Slot, String> extras, List<String> names) {
		Map<String, Object> more = new LinkedHashMap<>();
		extras.forEach((slot, value) -> {
			if (slot.place() == Place.BODY) {
				int dot = slot.name().indexOf('.');
				more.put((dot < 0) ? slot.name() : slot.name().substring(0, dot),
						(dot < 0) ? value : Map.of(slot.name().substring(dot + 1), value));
			}
		});
		if (this.body == null) {
			return more.isEmpty() ? null : JsonSample.EMPTY.write(names, (name) -> name, more);
		}
		return this.body.write(names, (name) -> Objects.requireNonNull(values.get(new Slot(Place.BODY, name))), more);
	}

	private static Map<String, String> of(Place place, Map<Slot, String> values, Map<Slot, String> extras) {
		Map<String, String> found = new LinkedHashMap<>();
		for (Map<Slot, String> some : List.of(values, extras)) {
			some.forEach((slot, value) -> {
				if (slot.place() == place) {
					found.put(slot.name(), value);
				}
			});
		}
		return found;
	}

	private static String pairs(Map<String, String> values, String separator) {
		return values.entrySet()
			.stream()
			.map((entry) -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
			.collect(Collectors.joining(separator));
	}

	private static String encode(String text) {
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

}
