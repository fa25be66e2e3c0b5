package dev.authstarter.test.attack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.attack.DataReport.Outcome;
import dev.authstarter.test.attack.data.JsonSample;
import dev.authstarter.test.attack.data.OrganizationData;
import dev.authstarter.test.attack.data.RequestTemplate;
import dev.authstarter.test.attack.endpoint.Endpoint;
import dev.authstarter.test.attack.endpoint.Endpoints;
import dev.authstarter.test.attack.endpoint.HandlerParameters;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * Attacks the data of an organization with tokens of another one, which have all rights
 * in their own organization that an endpoint requires. Created by
 * {@link BearerAttacks#withData}.
 * <p>
 * Each endpoint is called by both organizations for data of the other one: with the other
 * organization's identifiers in every path variable, whether or not it is configured, in
 * query, headers, cookies and JSON bodies, alone and together. No answer may contain a
 * marker or an identifier of the other organization that the request did not contain; the
 * other organization must read the same data before and after; and its identifiers must
 * be answered like identifiers that do not exist.
 * <p>
 * Before that, the owner's own request must reach the owner's data. If it does not, a
 * refused attack proves nothing: the test is aborted with the reason.
 *
 * <pre class="code">
 * &#064;TestFactory
 * Stream&lt;DynamicNode&gt; organizationsAreKeptApart(&#064;Autowired MockMvc mvc) {
 *     return BearerAttacks.against(mvc).withData("org_acme", "org_globex", this::seed).everyEndpoint();
 * }
 * </pre>
 */
public final class DataAttacks {

	private static final Log logger = LogFactory.getLog(DataAttacks.class);

	/** Handlers with paths, other than static resources and handlers of the framework. */
	private static final Set<Kind> ATTACKED = Set.of(Kind.CONTROLLER, Kind.ROUTE, Kind.REPOSITORY, Kind.RESOURCE_CLASS);

	private static final int MOST_SHOWN = 5;

	private final Target target;

	private final AttackedApplication application;

	private final Endpoints endpoints;

	private final Map<String, String> excluded;

	private final Set<String> named;

	private final List<String> organizations;

	private final Function<String, OrganizationData> seed;

	private final Map<String, JsonSample> bodies = new LinkedHashMap<>();

	private final Map<String, String> values = new LinkedHashMap<>();

	private BiFunction<ForgedToken, String, ForgedToken> token = (token, organization) -> token;

	DataAttacks(Target target, AttackedApplication application, Endpoints endpoints, Map<String, String> excluded,
			Set<String> named, List<String> organizations, Function<String, OrganizationData> seed) {
		this.target = target;
		this.application = application;
		this.endpoints = endpoints;
		this.excluded = Map.copyOf(excluded);
		this.named = new TreeSet<>(named);
		this.organizations = organizations;
		this.seed = seed;
	}

	/**
	 * Set the body of the requests to an endpoint. Members that have the name of an
	 * identifier, and {@code {name}} within texts, are replaced by the identifiers of one
	 * of the organizations.
	 * @param endpoint its HTTP method and pattern, for example {@code POST /notes}
	 * @param json a valid body
	 * @return this object
	 * @throws IllegalArgumentException if it is not JSON
	 */
	public DataAttacks body(String endpoint, String json) {
		this.bodies.put(endpoint, JsonSample.of(json));
		this.named.add(endpoint);
		return this;
	}

	/**
	 * Set the value of a path variable, a parameter, a header or a cookie that belongs to
	 * no organization, for example the year of a report.
	 * @param name its name
	 * @param value its value
	 * @return this object
	 */
	public DataAttacks value(String name, String value) {
		this.values.put(name, value);
		return this;
	}

	/**
	 * Change the tokens, if the application requires a certain subject, or rights that
	 * cannot be derived from its rules. The tokens name the organization and have
	 * everything that the rule of the endpoint requires.
	 * @param change called with a token and the identifier of its organization; returns
	 * the token to send
	 * @return this object
	 */
	public DataAttacks token(BiFunction<ForgedToken, String, ForgedToken> change) {
		this.token = change;
		return this;
	}

	/**
	 * Create two tests of every endpoint, one for the data of each organization, and one
	 * that reports.
	 * @return the tests, for a method with
	 * {@link org.junit.jupiter.api.TestFactory @TestFactory}
	 * @throws IllegalStateException if there are no endpoints or no attacks to run
	 * @throws IllegalArgumentException if a configured endpoint does not exist
	 */
	public Stream<DynamicNode> everyEndpoint() {
		DataSession session = new DataSession(this.target, this.organizations, this.seed, this.application.forge(),
				this.token);
		List<Endpoint> found = this.endpoints.of(this.application.handlers());
		AttackedApplication.requireKnown(found, this.named);
		DataReport report = new DataReport();
		List<RequestTemplate> templates = templates(found, report);
		DataTrials trials = new DataTrials(session, templates);
		List<DynamicNode> nodes = new ArrayList<>();
		for (RequestTemplate template : templates) {
			nodes.add(DynamicContainer.dynamicContainer(template.endpoint().name(),
					this.organizations.stream()
						.map((owner) -> DynamicTest.dynamicTest("data of " + owner,
								() -> run(new DataAttack(session, trials, template, owner), session, template, owner,
										report)))));
		}
		nodes.add(DynamicTest.dynamicTest("report", () -> report(report, session)));
		return nodes.stream();
	}

	private List<RequestTemplate> templates(List<Endpoint> found, DataReport report) {
		HandlerParameters parameters = this.application.parameters();
		List<RequestTemplate> templates = new ArrayList<>();
		for (Endpoint endpoint : found) {
			String leftOut = leftOut(endpoint);
			if (leftOut != null) {
				report.add(Outcome.LEFT_OUT, endpoint.name(), List.of(leftOut));
			}
			else {
				templates.add(new RequestTemplate(endpoint, parameters.of(endpoint),
						this.application.properties().organization(), this.values, this.bodies.get(endpoint.name())));
			}
		}
		return templates;
	}

	private @Nullable String leftOut(Endpoint endpoint) {
		String reason = this.excluded.get(endpoint.name());
		if (reason != null) {
			return reason;
		}
		if (!endpoint.hasPattern()) {
			return "it is not selected by a path";
		}
		if (endpoint.open()) {
			return "open without a token";
		}
		return ATTACKED.contains(endpoint.handler().kind()) ? null : "no controller, route or repository";
	}

	/** Synchronized on the session, because all tests share the data. */
	private static void run(DataAttack attack, DataSession session, RequestTemplate template, String owner,
			DataReport report) {
		String name = "%s, data of %s".formatted(template.endpoint().name(), owner);
		synchronized (session) {
			attack.run();
		}
		if (!attack.findings().isEmpty()) {
			report.add(Outcome.HOLE, name, attack.findings());
			throw new AssertionError(message(template, session.otherThan(owner), owner, attack.findings()));
		}
		if (!attack.unproven().isEmpty()) {
			report.add(Outcome.NOT_EXERCISED, name, attack.unproven());
			Assumptions.abort("Not exercised: " + String.join("; ", attack.unproven()));
		}
		report.add(Outcome.KEPT_APART, name, List.of());
	}

	private static String message(RequestTemplate template, String attacker, String owner, Set<String> findings) {
		StringBuilder message = new StringBuilder(
				"%n%s does not protect the data of %s from %s.".formatted(template.endpoint().name(), owner, attacker));
		findings.stream().limit(MOST_SHOWN).forEach((finding) -> message.append("\n\n").append(finding));
		if (findings.size() > MOST_SHOWN) {
			message.append("%n%nAnd %d more.".formatted(findings.size() - MOST_SHOWN));
		}
		return message.toString();
	}

	private static void report(DataReport report, DataSession session) {
		String text = "Attacks on data of %s: %d requests. %d kept apart, %d holes, %d not exercised, %d left out.%n%s"
			.formatted(String.join(" and ", session.organizations()), session.requests(),
					report.count(Outcome.KEPT_APART), report.count(Outcome.HOLE), report.count(Outcome.NOT_EXERCISED),
					report.count(Outcome.LEFT_OUT), report);
		logger.info(text);
		if (report.count(Outcome.KEPT_APART) + report.count(Outcome.HOLE) == 0) {
			throw new AssertionError("No endpoint could be tested. " + text);
		}
	}

}
