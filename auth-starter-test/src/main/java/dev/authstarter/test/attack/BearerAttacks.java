package dev.authstarter.test.attack;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.test.attack.catalogue.Aim;
import dev.authstarter.test.attack.catalogue.Attack;
import dev.authstarter.test.attack.catalogue.AttackRequest;
import dev.authstarter.test.attack.catalogue.Attacker;
import dev.authstarter.test.attack.catalogue.Catalogue;
import dev.authstarter.test.attack.data.OrganizationData;
import dev.authstarter.test.attack.endpoint.Endpoint;
import dev.authstarter.test.attack.endpoint.Endpoints;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.MockMvc;

/**
 * Runs every attack of the catalogue against every endpoint of an application, and
 * expects each attack to be refused for its own reason.
 * <p>
 * No handler is called as long as the application refuses. Each attack has a list of
 * expected reason codes; a refusal for any other reason is a failure, because the request
 * passed a check that should have stopped it. Attacks on the token use a token without
 * the grants that handlers require: if a check of the token is missing, the handler's own
 * rule still denies the call. Only attacks on that rule have the other grants that it
 * requires.
 * <p>
 * Therefore these attacks cannot check whose data a response contains; {@link #withData}
 * does.
 * <p>
 * Attacks that do not apply to an endpoint are left out and counted. The last test of the
 * factory logs the results as a table.
 *
 * <pre class="code">
 * &#064;TestFactory
 * Stream&lt;DynamicNode&gt; attacks(&#064;Autowired MockMvc mvc) {
 *     return BearerAttacks.against(mvc).everyEndpoint();
 * }
 * </pre>
 */
public final class BearerAttacks {

	private static final Log logger = LogFactory.getLog(BearerAttacks.class);

	private final Target target;

	private final AttackedApplication application;

	private final Map<String, String> excluded = new LinkedHashMap<>();

	private final Map<String, String> excludedEndpoints = new LinkedHashMap<>();

	private final Map<String, String> open = new LinkedHashMap<>();

	private final Map<String, Consumer<HttpHeaders>> headers = new LinkedHashMap<>();

	private final Map<String, String> paths = new LinkedHashMap<>();

	private @Nullable String organization;

	private BearerAttacks(Target target, BeanFactory application) {
		this.target = target;
		this.application = new AttackedApplication(application);
	}

	/**
	 * Attack an application without a server.
	 * @param mvc the application's {@code MockMvc}, in a slice or in a full test
	 * @return the attacks
	 */
	public static BearerAttacks against(MockMvc mvc) {
		ApplicationContext application = mvc.getDispatcherServlet().getWebApplicationContext();
		if (application == null) {
			throw new IllegalStateException("This MockMvc has no application context");
		}
		return new BearerAttacks(new MockMvcTarget(mvc), application);
	}

	/**
	 * Attack an application over HTTP.
	 * @param baseUrl its URL, with its context path
	 * @param application its context, which provides its handlers
	 * @return the attacks
	 */
	public static BearerAttacks against(URI baseUrl, ApplicationContext application) {
		return new BearerAttacks(new HttpTarget(baseUrl), application);
	}

	/**
	 * Attack an application of WebFlux without a server, or over HTTP.
	 * @param client its client, in a slice or in a full test. A token that the client has
	 * by {@code mutateWith} is not sent
	 * @param application its context, which provides its handlers
	 * @return the attacks
	 */
	public static BearerAttacks against(WebTestClient client, ApplicationContext application) {
		return new BearerAttacks(new WebTestClientTarget(client), application);
	}

	/**
	 * Leave out an attack on all endpoints.
	 * @param attack its name
	 * @param reason the reason for the report
	 * @return this object
	 * @throws IllegalArgumentException if there is no such attack or the reason is empty
	 */
	public BearerAttacks except(String attack, String reason) {
		List<String> names = Catalogue.all().stream().map(Attack::name).toList();
		if (!names.contains(attack)) {
			throw new IllegalArgumentException(
					"There is no attack '%s'. The attacks are: %s".formatted(attack, String.join(", ", names)));
		}
		this.excluded.put(attack, requireReason(reason));
		return this;
	}

	/**
	 * Leave out an endpoint.
	 * @param endpoint its HTTP method and pattern, for example {@code GET /notes/{id}}
	 * @param reason the reason for the report
	 * @return this object
	 * @throws IllegalArgumentException if the reason is empty
	 */
	public BearerAttacks exceptEndpoint(String endpoint, String reason) {
		this.excludedEndpoints.put(endpoint, requireReason(reason));
		return this;
	}

	/**
	 * Declare that an endpoint accepts callers without a token, if the application's own
	 * filter chain permits that. The paths of {@code auth-starter.public-paths} and the
	 * health endpoint need no declaration. Invalid tokens are expected to be refused
	 * there as well.
	 * @param endpoint its HTTP method and pattern, for example {@code GET /status}
	 * @param reason the reason for the report
	 * @return this object
	 * @throws IllegalArgumentException if the reason is empty
	 */
	public BearerAttacks open(String endpoint, String reason) {
		this.open.put(endpoint, requireReason(reason));
		return this;
	}

	/**
	 * Add headers that requests need to reach the handler, for example the
	 * {@code Content-Type} that its mapping requires.
	 * @param endpoint its HTTP method and pattern, for example {@code POST /images}
	 * @param headers sets the headers
	 * @return this object
	 */
	public BearerAttacks headers(String endpoint, Consumer<HttpHeaders> headers) {
		this.headers.merge(endpoint, headers, Consumer::andThen);
		return this;
	}

	/**
	 * Set the path of the requests to an endpoint whose pattern has a regular expression
	 * that the suite cannot fulfil.
	 * @param endpoint its HTTP method and pattern, for example {@code GET
	 * /parts/{code:[A-Z]+}}
	 * @param path a path that the pattern matches, encoded, for example
	 * {@code /parts/ABC}
	 * @return this object
	 */
	public BearerAttacks path(String endpoint, String path) {
		this.paths.put(endpoint, path);
		return this;
	}

	/**
	 * Set the organization to attack. The default is one that
	 * {@code auth-starter.organization.allowed} allows, or an invented one.
	 * @param id an identifier that the application's own policies accept
	 * @return this object
	 */
	public BearerAttacks organization(String id) {
		this.organization = id;
		return this;
	}

	/**
	 * Attack the data of one organization with tokens of another, with data that the
	 * application has for both. Headers and excluded endpoints that are configured here
	 * apply there as well.
	 * @param first the identifier of an organization
	 * @param second the identifier of another organization
	 * @param seed called with the identifier of one of the two: resets its data to the
	 * initial state and returns a description of it. Called again before every request
	 * that may change data
	 * @return the attacks on data
	 * @throws IllegalArgumentException if both organizations are the same
	 */
	public DataAttacks withData(String first, String second, Function<String, OrganizationData> seed) {
		if (first.equals(second)) {
			throw new IllegalArgumentException("Two organizations are needed, not '%s' twice".formatted(first));
		}
		Endpoints endpoints = new Endpoints(this.application.properties().organization(), first, this.open.keySet(),
				this.headers, this.paths);
		return new DataAttacks(this.target, this.application, endpoints, this.excludedEndpoints, namedEndpoints(),
				List.of(first, second), seed);
	}

	/**
	 * Create a test of every attack on every endpoint, and one that reports.
	 * @return the tests, for a method with
	 * {@link org.junit.jupiter.api.TestFactory @TestFactory}
	 * @throws IllegalStateException if there are no endpoints or no attacks to run
	 * @throws IllegalArgumentException if a configured endpoint does not exist
	 */
	public Stream<DynamicNode> everyEndpoint() {
		Attacker attacker = attacker();
		AttackReport report = new AttackReport();
		List<DynamicNode> nodes = new ArrayList<>();
		Endpoints endpoints = new Endpoints(attacker.properties().organization(), attacker.organization(),
				this.open.keySet(), this.headers, this.paths);
		List<Endpoint> found = endpoints.of(this.application.handlers());
		AttackedApplication.requireKnown(found, namedEndpoints());
		for (Endpoint endpoint : found) {
			nodes.add(DynamicContainer.dynamicContainer(endpoint.name(), tests(new Aim(endpoint, attacker), report)));
		}
		nodes.add(DynamicTest.dynamicTest("report: " + report.summary(), () -> report(report)));
		return nodes.stream().onClose(attacker.trap()::close);
	}

	private List<DynamicTest> tests(Aim aim, AttackReport report) {
		Endpoint endpoint = aim.endpoint();
		report
			.endpoint(endpoint.name() + (endpoint.handler().rule().isEmpty() ? "" : ": " + endpoint.handler().rule()));
		int column = report.column();
		List<DynamicTest> tests = new ArrayList<>();
		if (endpoint.hasPattern() && endpoint.path() == null && !this.excludedEndpoints.containsKey(endpoint.name())) {
			tests.add(DynamicTest.dynamicTest("path", () -> failWithoutPath(endpoint)));
		}
		for (Attack attack : Catalogue.all()) {
			String leftOut = leftOut(attack, aim);
			if (leftOut != null) {
				report.leaveOut(attack, leftOut);
			}
			else {
				report.plan(attack);
				tests.add(DynamicTest.dynamicTest(attack.name(),
						() -> report.run(attack, column, () -> run(attack, aim))));
			}
		}
		return tests;
	}

	private static void failWithoutPath(Endpoint endpoint) {
		throw new AssertionError(("Nothing was attacked at %s: no path is known that fits its pattern. Set one with "
				+ "path(…), or leave the endpoint out with exceptEndpoint(…).")
			.formatted(endpoint.name()));
	}

	private @Nullable String leftOut(Attack attack, Aim aim) {
		String endpoint = this.excludedEndpoints.get(aim.endpoint().name());
		if (endpoint != null) {
			return "%s, because %s".formatted(aim.endpoint().name(), endpoint);
		}
		if (!aim.endpoint().hasPattern()) {
			return "%s: it is not selected by a path".formatted(aim.endpoint().name());
		}
		if (aim.endpoint().path() == null) {
			return "%s: no path is known that fits the pattern".formatted(aim.endpoint().name());
		}
		String excluded = this.excluded.get(attack.name());
		return (excluded != null) ? "%s, because %s".formatted(attack.name(), excluded) : attack.leftOut().apply(aim);
	}

	private void run(Attack attack, Aim aim) {
		AttackRequest request = attack.request().apply(aim);
		Answer answer = this.target.send(request);
		List<String> complaints = Verdict.complaints(attack, aim, request, answer);
		if (!complaints.isEmpty()) {
			throw new AssertionError("""

					The attack '%s' on %s was not refused as expected: %s.
					  attack:    %s
					  rule:      %s
					  expected:  %s
					%s""".formatted(attack.name(), aim.endpoint().name(), String.join("; ", complaints),
					attack.documentation(), aim.endpoint().handler().rule(), expected(attack),
					answer.toString().indent(2).stripTrailing()));
		}
		if (Verdict.isInconclusive(attack, aim, answer)) {
			Assumptions
				.abort("Not exercised: %s %s is answered %d, which does not show whether its rule refuses the token"
					.formatted(request.method(), request.uri(), answer.status()));
		}
	}

	private static String expected(Attack attack) {
		if (attack.refusedInAnyWords()) {
			return "401, 403 or a reason code";
		}
		return attack.expected()
			.stream()
			.sorted()
			.map((reason) -> reason.status() + " " + reason.code())
			.collect(Collectors.joining(", or "));
	}

	private static void report(AttackReport report) {
		logger.info("Bearer attacks: " + report);
		if (report.planned() == 0) {
			throw new AssertionError("No attack was sent: every attack was left out. " + report);
		}
	}

	private Attacker attacker() {
		return Attacker.of(this.application.forge(), this.application.properties(), this.application.issuer(),
				this.organization);
	}

	private Set<String> namedEndpoints() {
		Set<String> names = new TreeSet<>(this.excludedEndpoints.keySet());
		names.addAll(this.open.keySet());
		names.addAll(this.headers.keySet());
		names.addAll(this.paths.keySet());
		return names;
	}

	private static String requireReason(String reason) {
		if (reason.isBlank()) {
			throw new IllegalArgumentException("The reason cannot be blank");
		}
		return reason;
	}

}
