package dev.authstarter;

import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.core.io.support.PropertiesLoaderUtils;

import static com.tngtech.archunit.lang.conditions.ArchConditions.notHaveSimpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shape of the house. A failing test here is a question about the design, not about
 * the test.
 */
class ArchitectureTests {

	private static final String ROOT = "dev.authstarter";

	private final JavaClasses house = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(ROOT);

	@Test
	void publicTypesAreExactlyThese() {
		Set<String> publicTypes = this.house.stream()
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.filter((type) -> !type.getEnclosingClass().isPresent())
			.map((type) -> type.getName().substring(ROOT.length() + 1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(publicTypes).containsExactly("AccessRuleException", "AccessToken", "AuthListener", "AuthListeners",
				"AuthRefused", "AuthStarterAutoConfiguration", "AuthStarterProperties", "Caller", "CurrentOrganization",
				"FailureLog", "IntrospectedTokens", "IssuerCheck", "IssuerHttpClientCustomizer", "IssuerResolver",
				"KeysDegraded", "KeysRecovered", "MissingPropertyException", "Organization", "OrganizationSource",
				"Organizations", "ProductionProfile", "Profile", "Reason", "Refusal", "Refused", "RefusedException",
				"RequiresCaller", "RequiresOrganization", "RequiresPermission", "RequiresRole", "RequiresScope",
				"ResolvedIssuer", "TransportSecurity", "TrustedIssuer", "TrustedIssuers", "UndeclaredHandlers",
				"UnresolvedIssuerException", "access.AccessAutoConfiguration", "access.DeclaredDemands",
				"access.Handler", "access.HandlerAutoConfiguration", "access.HandlerInventory", "access.RouteRule",
				"claims.AccessTokenReader", "claims.AuthoritiesAutoConfiguration", "claims.CallerAuthentications",
				"claims.ClaimDecoder", "claims.ClaimsAutoConfiguration", "claims.Provider", "claims.Providers",
				"claims.Spelling", "claims.VerifiedJwts", "http.HttpAutoConfiguration", "http.HttpJson",
				"http.HttpStatusException", "http.IssuerHttpClients", "http.PrintableText", "http.StrictJson",
				"keys.KeySetStatus", "keys.KeySets", "keys.KeysAutoConfiguration", "keys.KeysUnavailableException",
				"keys.TrustedKeys", "operations.OperationsAutoConfiguration", "organization.CallerContexts",
				"organization.OrganizationAutoConfiguration", "organization.OrganizationPolicy",
				"organization.RowStatements", "organization.RowsAutoConfiguration", "token.TokenAutoConfiguration",
				"web.ApiSecurityAutoConfiguration", "web.DispatcherServlets", "web.HandlerGuard", "web.IgnoredBeans",
				"web.ReactiveWebAutoConfiguration", "web.RefusalExplainer", "web.RefusalThrottle",
				"web.ResourceServerAnswers", "web.SecurityChain", "web.SecurityChains", "web.WebAutoConfiguration");
	}

	@Test
	void featuresKnowOnlyTheSeamsOfOthers() {
		check(onlyKnows("http", List.of(), List.of()));
		check(onlyKnows("keys", List.of("http"),
				List.of("HttpAutoConfiguration", "HttpJson", "IssuerHttpClients", "PrintableText", "StrictJson")));
		check(onlyKnows("claims", List.of("http"), List.of("StrictJson")));
		check(onlyKnows("token", List.of("keys", "claims", "http"),
				List.of("HttpJson", "HttpStatusException", "IssuerHttpClients", "StrictJson", "TrustedKeys",
						"KeysUnavailableException", "Provider", "Providers", "VerifiedJwts", "KeysAutoConfiguration",
						"ClaimsAutoConfiguration")));
		check(onlyKnows("organization", List.of("web", "access", "claims"),
				List.of("HandlerGuard", "HandlerInventory", "AccessTokenReader", "Provider", "Providers")));
		check(onlyKnows("access", List.of("web", "claims"),
				List.of("HandlerGuard", "DispatcherServlets", "AccessTokenReader", "SecurityChain", "SecurityChains")));
		check(onlyKnows("web", List.of("claims", "http"), List.of("PrintableText", "AccessTokenReader",
				"AuthoritiesAutoConfiguration", "CallerAuthentications")));
		check(onlyKnows("operations", List.of("keys", "access", "web", "claims", "http"),
				List.of("KeySets", "KeySetStatus", "KeysAutoConfiguration", "HandlerInventory", "Handler", "Kind",
						"Demands", "DeclaredDemands", "Placement", "AccessAutoConfiguration", "RefusalExplainer",
						"SecurityChain", "SecurityChains", "IgnoredBeans", "CallerAuthentications", "Providers",
						"Provider", "Spelling", "ClaimDecoder", "StrictJson")));
	}

	private static ArchRule onlyKnows(String feature, List<String> others, List<String> seams) {
		return classes().that()
			.resideInAPackage(ROOT + "." + feature)
			.should()
			.onlyDependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.<JavaClass>describe(
					"are of the root, of '" + feature + "', of a library, or a seam of " + others,
					(type) -> !type.getPackageName().startsWith(ROOT) || type.getPackageName().equals(ROOT)
							|| type.getPackageName().equals(ROOT + "." + feature)
							|| (others.stream().anyMatch((other) -> type.getPackageName().equals(ROOT + "." + other))
									&& seams.contains(type.getSimpleName()))))
			.because("features meet in the few public seams of the house plan");
	}

	@Test
	void packagesAreFreeOfCycles() {
		check(slices().matching(ROOT + ".(*)").should().beFreeOfCycles());
	}

	@Test
	void decisionsKnowNoServlet() {
		check(noClasses().that()
			.resideInAnyPackage(ROOT, ROOT + ".keys", ROOT + ".token", ROOT + ".claims")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("jakarta.servlet..", "org.springframework.web..")
			.because("other stacks call the same code"));
	}

	@Test
	void onlyWiringKnowsSpringBoot() {
		check(noClasses().that()
			.resideOutsideOfPackage(ROOT + ".operations")
			.and()
			.haveNameNotMatching(".*(AutoConfiguration|Properties)(\\$.*)?")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot..")
			.because("rules are plain values and Spring Security"));
	}

	@Test
	void namesSayWhatAThingIs() {
		for (String banned : List.of("Utils", "Util", "Helper", "Manager", "Constants", "Base")) {
			check(classes().should(notHaveSimpleName(banned))
				.andShould()
				.haveNameNotMatching(".*" + banned + "$")
				.because("a drawer is not a thing"));
		}
	}

	@Test
	void autoConfigurationsAreFinalAndHaveNoPublicMembers() {
		check(classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.bePublic());
		for (JavaClass type : this.house) {
			if (type.isAnnotatedWith(AutoConfiguration.class)) {
				assertThat(type.getMethods()).as(type.getName())
					.noneMatch((method) -> method.getModifiers().contains(JavaModifier.PUBLIC));
			}
		}
	}

	@Test
	void everyAutoConfigurationIsListed() {
		Set<String> written = autoConfigurations();
		Set<String> listed = new TreeSet<>(
				ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates());
		listed.removeIf((name) -> !name.startsWith(ROOT));
		assertThat(listed).isEqualTo(written);
	}

	/** Otherwise every start reads the classes to learn order and conditions. */
	@Test
	void everyAutoConfigurationIsDescribedForTheStart() throws IOException {
		Properties described = PropertiesLoaderUtils
			.loadAllProperties("META-INF/spring-autoconfigure-metadata.properties", getClass().getClassLoader());
		assertThat(described.stringPropertyNames()).containsAll(autoConfigurations());
	}

	private Set<String> autoConfigurations() {
		return this.house.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)
			.collect(Collectors.toSet());
	}

	@Test
	void timeIsAParameter() {
		check(noClasses().should().callMethod(java.time.Instant.class, "now"));
		check(noClasses().should().callMethod(System.class, "currentTimeMillis"));
	}

	/** It throws an exception where the issuer is no URL. */
	@Test
	void issuersAreText() {
		check(noClasses().should().callMethod(org.springframework.security.oauth2.jwt.Jwt.class, "getIssuer"));
	}

	@Test
	void nothingIsLentTheNameOfAJwkStore() {
		check(noClasses().should().haveNameMatching(".*(Tenant|ClaimSet|JwkStore).*"));
	}

	private void check(ArchRule rule) {
		rule.check(this.house);
	}

}
