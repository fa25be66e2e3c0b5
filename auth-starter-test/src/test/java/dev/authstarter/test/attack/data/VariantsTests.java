package dev.authstarter.test.attack.data;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.test.attack.catalogue.AttackRequest;
import dev.authstarter.test.attack.endpoint.Endpoint;
import dev.authstarter.test.attack.endpoint.Endpoint.NamedBy;
import dev.authstarter.test.attack.endpoint.Handlers;
import dev.authstarter.test.attack.endpoint.Needs;
import dev.authstarter.test.attack.endpoint.Parameter;
import dev.authstarter.test.attack.endpoint.Place;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class VariantsTests {

	private static final Party ACME = party("org_acme", "Ada Lovelace", "a-1", "f-1");

	private static final Party GLOBEX = party("org_globex", "Grace Hopper", "a-2", "f-2");

	private static final AuthStarterProperties.Organization PROPERTIES = Binder.get(new MockEnvironment())
		.bindOrCreate("auth-starter", AuthStarterProperties.class)
		.organization();

	@Test
	void sendsTheOwnRequestFirst() {
		RequestTemplate template = template("GET", "/organizations/{organizationId}/letters", List.of(), null);
		assertThat(requests(template).get(0)).isEqualTo("GET /organizations/org_acme/letters");
	}

	@Test
	void putsIdentifiersIntoAllPlacesAndIntoEachAlone() {
		RequestTemplate template = template("GET", "/organizations/{organizationId}/folders/{folder}/letters/{id}",
				List.of(), null);
		assertThat(requests(template)).contains("GET /organizations/org_globex/folders/f-2/letters/a-2",
				"GET /organizations/org_acme/folders/f-2/letters/a-2",
				"GET /organizations/org_globex/folders/f-1/letters/a-1",
				"GET /organizations/org_acme/folders/f-2/letters/a-1",
				"GET /organizations/org_acme/folders/f-1/letters/a-2");
	}

	@Test
	void putsEachIdentifierIntoAVariableOfAnotherName() {
		RequestTemplate template = template("GET", "/libraries/{library}", List.of(), null);
		assertThat(requests(template)).contains("GET /libraries/a-1", "GET /libraries/a-2", "GET /libraries/f-2",
				"GET /libraries/org_globex");
	}

	@Test
	void putsIdentifiersIntoParameters() {
		RequestTemplate template = template("GET", "/letters", List.of(new Parameter(Place.QUERY, "id", true),
				new Parameter(Place.QUERY, "size", false), new Parameter(Place.QUERY, "year", true)), null);
		assertThat(requests(template)).contains("GET /letters?id=a-1&year=2030", "GET /letters?id=a-2&year=2030",
				"GET /letters?id=a-1&year=2030&size=org_globex", "GET /letters?id=a-1&year=2030&folder=f-2",
				"GET /letters?id=a-1&year=2030&organization=org_globex&organizationId=org_globex&orgId=org_globex"
						+ "&org_id=org_globex&tenantId=org_globex&tenant=org_globex");
	}

	@Test
	void putsIdentifiersIntoTheBody() {
		RequestTemplate template = template("POST", "/letters", List.of(),
				JsonSample.of("{\"id\":\"\",\"text\":\"x\"}"));
		assertThat(requests(template)).contains("POST /letters {\"id\":\"a-1\",\"text\":\"x\"}",
				"POST /letters {\"id\":\"a-2\",\"text\":\"x\"}",
				"POST /letters {\"id\":\"a-1\",\"text\":\"x\",\"folder\":\"f-2\"}");
		assertThat(requests(template))
			.anySatisfy((request) -> assertThat(request).contains("\"organization\":\"org_globex\"",
					"\"tenantId\":\"org_globex\""))
			.anySatisfy((request) -> assertThat(request).contains("\"organization\":{\"id\":\"org_globex\"}"));
	}

	@Test
	void doesNotTakeSmallNumberUnderAnotherNameForAnIdentifier() {
		Party numbers = new Party("org_globex", Map.of("id", List.of("17", "471147")), List.of());
		Slot size = new Slot(Place.QUERY, "size");
		assertThat(added(size, new Pick("id", 0, null)).isAmbiguous(numbers)).isTrue();
		assertThat(added(size, new Pick("id", 1, null)).isAmbiguous(numbers)).isFalse();
		assertThat(added(size, Pick.ORGANIZATION).isAmbiguous(numbers)).isFalse();
		assertThat(added(new Slot(Place.QUERY, "ID"), new Pick("id", 0, null)).isAmbiguous(numbers)).isFalse();
		assertThat(new Variant(Map.of(size, new Pick("id", 0, null)), List.of()).isAmbiguous(numbers)).isFalse();
		assertThat(Variant.OWN.isAmbiguous(numbers)).isFalse();
	}

	private static Variant added(Slot slot, Pick pick) {
		return new Variant(Map.of(), List.of(new Extra(slot, pick)));
	}

	@Test
	void putsIdentifiersInPlaceOfAConstant() {
		RequestTemplate template = template("POST", "/letters", List.of(), JsonSample.of("{\"id\":\"x\"}"));
		Map<Slot, Pick> constant = Map.of(new Slot(Place.BODY, "id"), Pick.constant("x"));
		assertThat(requests(template, constant, Variants.of(template, constant, GLOBEX)))
			.contains("POST /letters {\"id\":\"x\"}", "POST /letters {\"id\":\"a-2\",\"folder\":\"f-2\"}");
	}

	@Test
	void putsIdentifiersIntoHeaders() {
		RequestTemplate template = template("GET", "/letters", List.of(), null);
		List<AttackRequest> requests = Variants.of(template, Map.of(), GLOBEX)
			.stream()
			.map((variant) -> template.request("token", ACME, GLOBEX, Map.of(), variant))
			.filter(Objects::nonNull)
			.toList();
		assertThat(requests).extracting((request) -> request.headers().getFirst("X-Organization-Id"))
			.contains("org_globex");
		assertThat(requests).extracting((request) -> request.headers().getFirst("X-Tenant-Id")).contains("org_globex");
		assertThat(requests).extracting((request) -> request.headers().getFirst("X-Folder")).contains("f-2");
		assertThat(requests).extracting((request) -> request.headers().getFirst("id")).contains("a-2");
		assertThat(requests).extracting((request) -> request.headers().getFirst("Cookie"))
			.contains("id=a-2; folder=f-2");
	}

	private static List<String> requests(RequestTemplate template) {
		Map<Slot, Pick> picks = template.fillings(ACME).get(0);
		return requests(template, picks, Variants.of(template, picks, GLOBEX));
	}

	private static List<String> requests(RequestTemplate template, Map<Slot, Pick> picks, List<Variant> variants) {
		return variants.stream()
			.map((variant) -> template.request("token", ACME, GLOBEX, picks, variant))
			.filter(Objects::nonNull)
			.map((request) -> "%s %s %s"
				.formatted(request.method(), request.uri(), Objects.requireNonNullElse(request.body(), ""))
				.strip())
			.toList();
	}

	private static RequestTemplate template(String method, String pattern, List<Parameter> parameters,
			@Nullable JsonSample body) {
		HandlerDescription handler = Handlers.of("", Handlers.NOTHING);
		Endpoint endpoint = new Endpoint(method + " " + pattern, handler, Needs.of(handler), method, null,
				(headers) -> {
				}, false, NamedBy.TOKEN);
		return new RequestTemplate(endpoint, parameters, PROPERTIES, Map.of("year", "2030"), body);
	}

	private static Party party(String organization, String marker, String id, String folder) {
		return Party.of(organization,
				OrganizationData.markedBy(marker).identifiedBy("id", id).identifiedBy("folder", folder));
	}

}
