package dev.authstarter.organization;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.access.HandlerCall;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.organization.OrganizationGuard.Settings;
import dev.authstarter.servlet.handler.ServletHandlerCall;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.servlet.HandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The effect of the properties of organization scoping.
 */
@ExtendWith(OutputCaptureExtension.class)
class OrganizationGuardTests {

	private static final Organization ACME = new Organization("org_acme", "acme", Set.of(), Set.of());

	private static final Organization GLOBEX = new Organization("org_globex", "globex", Set.of(), Set.of());

	private static final Settings STRICT = new Settings(true, false, null, false);

	private final List<String> asked = new ArrayList<>();

	private final AtomicBoolean suspended = new AtomicBoolean();

	private final TestClock clock = new TestClock(Instant.EPOCH);

	private OrganizationPolicies policies = new OrganizationPolicies(List.of(), Duration.ZERO, this.clock);

	@BeforeEach
	void logIn() {
		SecurityContextHolder.setContext(new SecurityContextImpl(new TestingAuthenticationToken("42", "")));
	}

	@AfterEach
	void logOut() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void choosesAmongSeveralOrganizations() {
		AccessToken both = user(ACME, GLOBEX);
		assertThat(decide(STRICT, path("org_globex"), both)).isNull();
		assertThat(OrganizationSecurityContext.organization()).isEqualTo(GLOBEX);
		assertThat(decide(STRICT, path(null), both)).isNull();
		assertThat(OrganizationSecurityContext.organization()).as("several, and none asked for").isNull();
	}

	@Test
	void actsNowhereUnaskedWhereTheTokenIsNoSource() {
		assertThat(decide(new Settings(false, false, null, false), path(null), user(ACME))).isNull();
		assertThat(OrganizationSecurityContext.organization()).isNull();
	}

	@Test
	void hidesForeignOrganizations() {
		Settings hiding = new Settings(true, false, null, true);
		assertThat(decide(hiding, path("org_globex"), user(ACME))).isEqualTo(Reason.NOT_FOUND);
		assertThat(decide(hiding, path("org_unheard_of"), user(ACME))).isEqualTo(Reason.NOT_FOUND);
	}

	@Test
	void acceptsNamesOnlyWhereTheyAreSaidToLast() {
		Settings names = new Settings(true, true, null, false);
		assertThat(decide(STRICT, path("acme"), user(ACME))).isEqualTo(Reason.ORGANIZATION_MISMATCH);
		assertThat(decide(names, path("acme"), user(ACME))).isNull();
		assertThat(OrganizationSecurityContext.organization()).isEqualTo(ACME);
		assertThat(decide(names, path("ACME"), user(ACME))).isEqualTo(Reason.ORGANIZATION_MISMATCH);
		Organization twin = new Organization("org_twin", "acme", Set.of(), Set.of());
		assertThat(decide(names, path("acme"), user(ACME, twin))).isEqualTo(Reason.ORGANIZATION_MISMATCH);
		Organization thief = new Organization("org_thief", "org_acme", Set.of(), Set.of());
		assertThat(decide(names, path("org_acme"), user(thief, ACME))).isNull();
		assertThat(OrganizationSecurityContext.organization()).as("ids come first").isEqualTo(ACME);
	}

	/** The id of another organization, or one that cannot be distinguished from it. */
	@ParameterizedTest
	@CsvSource({ "org_evil, org_victim", "org_evil, ORG_victim", "org_evil, organization:7", "org_evil, 4711",
			"org_evil, 72f988bf-86f1-41af-91ab-2d7cd011db47", "org_evil, 72f988bf86f141af91ab2d7cd011db47", "17, 18",
			"17, org_victim", "72f988bf-86f1-41af-91ab-2d7cd011db47, fa15d692-e9c7-4460-a743-29f2956fd429",
			"organization-live-bd49f916-180c-46fe-9535-d9acd5e30519, organization-live-x", "evil, victim",
			"acme123, globex9" })
	void takesNoNameThatCouldBeAnId(String id, String name) {
		Settings names = new Settings(true, true, null, false);
		Organization evil = new Organization(id, name, Set.of(), Set.of());
		MockHttpServletRequest request = path(name);
		assertThat(decide(names, request, user(evil))).isEqualTo(Reason.ORGANIZATION_MISMATCH);
		assertThat(OrganizationSecurityContext.organization()).isNull();
	}

	@Test
	void givesHandlersTheIdForTheName() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
				Map.of("organizationId", "acme", "id", "acme"));
		assertThat(decide(new Settings(true, true, null, false), request, user(ACME))).isNull();
		assertThat(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE))
			.isEqualTo(Map.of("organizationId", "org_acme", "id", "acme"));
	}

	@Test
	void letsMachinesCrossWithTheScopeAndLogsIt(CapturedOutput output) {
		Settings crossing = new Settings(true, false, "cross", false);
		assertThat(decide(crossing, path("org_acme"), token(CallerType.MACHINE, Set.of("cross")))).isNull();
		assertThat(OrganizationSecurityContext.organization()).isEqualTo(Organization.of("org_acme"));
		assertThat(output).contains("Machine '42' without an organization acts in 'org_acme'");
		assertThat(decide(crossing, path("a\nb"), token(CallerType.MACHINE, Set.of("cross")))).isNull();
		assertThat(output).contains("acts in 'a?b'");
		assertThat(decide(crossing, path(""), token(CallerType.MACHINE, Set.of("cross"))))
			.isEqualTo(Reason.ORGANIZATION_MISSING);
		assertThat(decide(crossing, path("org_acme"), token(CallerType.MACHINE, Set.of())))
			.isEqualTo(Reason.ORGANIZATION_MISSING);
		assertThat(decide(crossing, path("org_acme"), token(CallerType.USER, Set.of("cross"))))
			.isEqualTo(Reason.ORGANIZATION_MISSING);
		assertThat(decide(crossing, path("org_acme"), token(CallerType.MACHINE, Set.of("cross"), GLOBEX)))
			.isEqualTo(Reason.ORGANIZATION_MISMATCH);
	}

	/** Identifiers of any length that the token names are accepted. */
	@Test
	void boundsTheIdentifiersThatMachinesName() {
		Settings crossing = new Settings(true, false, "cross", false);
		AccessToken machine = token(CallerType.MACHINE, Set.of("cross"));
		assertThat(decide(crossing, path("x".repeat(256)), machine)).isNull();
		assertThat(decide(crossing, path("x".repeat(257)), machine)).isEqualTo(Reason.ORGANIZATION_MISSING);
		assertThat(decide(crossing, path("x".repeat(257)), user(Organization.of("x".repeat(257))))).isNull();
	}

	@Test
	void letsMachinesPassWhereTheRuleOfTheHandlerDoes() {
		PathOrganizationResolver path = new PathOrganizationResolver(List.of("organizationId"));
		OrganizationGuard guard = new OrganizationGuard(path, List.of(path), STRICT, "handler"::equals, this.policies);
		assertThat(guard.refuse(call(path("org_acme")), token(CallerType.MACHINE, Set.of()))).isNull();
		assertThat(OrganizationSecurityContext.organization()).isEqualTo(Organization.of("org_acme"));
		assertThat(
				guard.refuse(new ServletHandlerCall("another", path("org_acme")), token(CallerType.MACHINE, Set.of())))
			.isNotNull();
		assertThat(OrganizationSecurityContext.organization()).isNull();
	}

	/** An error page is shown without a token, unless its path names an organization. */
	@Test
	void guardsErrorPagesWithAnOrganizationInTheirPath() {
		PathOrganizationResolver path = new PathOrganizationResolver(List.of("organizationId"));
		OrganizationGuard guard = new OrganizationGuard(path, List.of(path), STRICT,
				OrganizationGuardTests::isOpenToMachines, this.policies);
		assertThat(guard.guardsAfterError(call(path("org_acme")))).isTrue();
		assertThat(guard.guardsAfterError(call(path(null)))).isFalse();
		assertThat(guard.refuse(call(path("org_acme")), null)).isNotNull()
			.extracting("reason")
			.isEqualTo(Reason.MISSING_TOKEN);
		assertThat(guard.refuse(call(path(null)), null)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "org_acme.api.example.com, org_acme", "org_acme.API.example.COM, org_acme", "api.example.com, ",
			"org_acme.example.com, ", "evilapi.example.com, ", ".api.example.com, ''", "localhost, ",
			"ORG_ACME.api.example.com, ORG_ACME", "a.org_acme.api.example.com, a.org_acme",
			"org_acme.api.example.com., org_acme", "api.example.com., ", "localhost., ",
			"org_acme.api.example.com.., org_acme.api.example.com.", "api.example.com.., api.example.com.",
			"org_acme..api.example.com, org_acme.", "., ", "'', " })
	void readsSubdomain(String host, @Nullable String expected) {
		MockHttpServletRequest request = path(null);
		request.setServerName(host);
		assertThat(new SubdomainOrganizationResolver("api.example.com").resolve(call(request)))
			.isEqualTo((expected != null) ? List.of(expected) : List.of());
	}

	@Test
	void holdsSubdomainAgainstPath() {
		MockHttpServletRequest request = path("org_acme");
		request.setServerName("org_globex.api.example.com");
		PathOrganizationResolver path = new PathOrganizationResolver(List.of("organizationId"));
		OrganizationGuard guard = new OrganizationGuard(path,
				List.of(path, new SubdomainOrganizationResolver("api.example.com")), STRICT,
				OrganizationGuardTests::isOpenToMachines, this.policies);
		assertThat(guard.refuse(call(request), user(ACME, GLOBEX))).isNotNull()
			.extracting("reason")
			.isEqualTo(Reason.ORGANIZATION_AMBIGUOUS);
	}

	@Test
	void asksPoliciesAndRemembersForAWhile() {
		this.policies = new OrganizationPolicies(List.of((issuer, id) -> {
			this.asked.add(id);
			return !this.suspended.get();
		}), Duration.ofSeconds(60), this.clock);
		assertThat(decide(STRICT, path("org_acme"), user(ACME))).isNull();
		this.suspended.set(true);
		assertThat(decide(STRICT, path(null), user(ACME))).isNull();
		assertThat(this.asked).containsExactly("org_acme");
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(decide(STRICT, path(null), user(ACME))).isEqualTo(Reason.ORGANIZATION_REFUSED);
		assertThat(OrganizationSecurityContext.organization()).isNull();
		assertThat(this.asked).containsExactly("org_acme", "org_acme");
	}

	@Test
	void losesTheOrganizationWithTheCaller() {
		decide(STRICT, path("org_acme"), user(ACME));
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("43", ""));
		assertThat(OrganizationSecurityContext.organization()).isNull();
	}

	private @Nullable Reason decide(Settings settings, MockHttpServletRequest request, AccessToken caller) {
		PathOrganizationResolver path = new PathOrganizationResolver(List.of("organizationId"));
		var refusal = new OrganizationGuard(path, List.of(path), settings, OrganizationGuardTests::isOpenToMachines,
				this.policies)
			.refuse(call(request), caller);
		return (refusal != null) ? refusal.reason() : null;
	}

	/** No handler is open to machines without an organization. */
	private static boolean isOpenToMachines(Object handler) {
		return false;
	}

	private static HandlerCall call(MockHttpServletRequest request) {
		return new ServletHandlerCall("handler", request);
	}

	private static MockHttpServletRequest path(@Nullable String organization) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		if (organization != null) {
			request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
					Map.of("organizationId", organization));
		}
		return request;
	}

	private static AccessToken user(Organization... organizations) {
		return token(CallerType.USER, Set.of(), organizations);
	}

	private static AccessToken token(CallerType caller, Set<String> scopes, Organization... organizations) {
		return new AccessToken("https://issuer.example/", "42", "client", caller, scopes, Set.of(), Set.of(),
				Arrays.asList(organizations), null, Instant.MAX, Map.of());
	}

}
