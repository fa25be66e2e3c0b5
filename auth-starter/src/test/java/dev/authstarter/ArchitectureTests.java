package dev.authstarter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.util.ClassUtils;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.lang.conditions.ArchConditions.notHaveSimpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The architecture of the library: public types, order of packages and allowed
 * dependencies. If one of these tests fails, change the design, not the test.
 */
class ArchitectureTests {

	private static final String ROOT = "dev.authstarter";

	/** Classes of {@code operations} that observe or describe servlet requests. */
	private static final String OPERATORS_OF_SERVLETS = ".*\\.(ExplainRequestGuard|ObservedGuards|OperationsAutoConfiguration|PathVariableLint)(\\$.*)?";

	/** What applications import. */
	private static final List<String> API = List.of("AccessToken", "Actor", "AuthorizationDetail", "CallerType",
			"CurrentOrganization", "Organization", "Organizations", "Reason", "Refusal", "Refused", "RefusedException",
			"RequiresCaller", "RequiresOrganization", "RequiresPermission", "RequiresRole", "RequiresScope",
			"TrustedIssuer", "access.HandlerCall", "access.HandlerDescription", "access.inventory.HandlerInventory",
			"authentication.AccessTokenReader", "configuration.AuthStarterProperties",
			"configuration.IntrospectedTokens", "configuration.MembershipCombination",
			"configuration.OrganizationSource", "configuration.TokenProfile", "configuration.UndeclaredHandlers",
			"event.KeysDegraded", "event.KeysRecovered", "event.RequestRefused", "issuer.ResolvedIssuer",
			"organization.CallerContextFactory", "servlet.chain.RefusalHandlingConfigurer",
			"servlet.inventory.RouteRule", "PublicEndpoint", "reactive.ReactiveOrganization");

	/** What applications implement, as beans. */
	private static final List<String> SPI = List.of("access.HandlerGuard", "claims.AccessTokenCustomizer",
			"event.AuthListener", "issuer.IssuerHttpClientCustomizer", "issuer.IssuerResolver", "keys.IssuerKeys",
			"keys.KeyLookup", "keys.KeySet", "keys.TrustedKeys", "membership.OrganizationMemberships",
			"organization.OrganizationPolicy", "organization.OrganizationResolver", "refusal.RefusalBodyCustomizer",
			"refusal.RefusalExplainer");

	/** What is public only because packages need each other. */
	private static final List<String> SEAMS = List.of("access.ActorDemand", "access.AuthorityPrefixes",
			"access.CallerRules", "access.GrantHierarchy", "access.PathPatterns", "access.PathRule", "access.PathRules",
			"access.PublicPath", "access.PublicPaths", "access.Rule", "access.RuleRefusedException",
			"access.declaration.BeanDeclarations", "access.declaration.CallerArguments",
			"access.declaration.CallerTypes", "access.declaration.Declaration", "access.declaration.DeclaredDemands",
			"access.declaration.DeclaredRules", "access.declaration.FrameworkTypes", "access.declaration.MethodCallers",
			"access.declaration.MethodName", "access.declaration.PathRulesFactory",
			"access.declaration.PublicDeclarations", "access.declaration.PublicPathsFactory",
			"access.declaration.StockAnnotations", "access.declaration.TypeHierarchy", "access.declaration.TypeName",
			"access.declaration.Unenforceable", "access.interception.AuthorizationFirst",
			"access.interception.DeferredCalls", "access.interception.DispatchOrderCheck",
			"access.interception.HandlerRules", "access.interception.Interception",
			"access.interception.RuleEnforcementCheck", "access.interception.RuleInterceptor",
			"access.interception.RulePointcut", "access.interception.StockAdvisor", "access.interception.TestDoubles",
			"access.inventory.AccessAutoConfiguration", "access.inventory.EntryPoint",
			"access.inventory.EntryPointInventory", "access.inventory.ExportedRepositories",
			"access.inventory.ForeignObject", "access.inventory.HandlerPlacements", "access.inventory.MappedHandlers",
			"access.inventory.RouteAlternatives", "access.inventory.RoutePredicateReader", "access.inventory.RuleGuard",
			"access.inventory.ServedHandlers", "authentication.AccessTokenPrincipal", "authentication.Authorities",
			"authentication.AuthoritiesAutoConfiguration", "authentication.BearerCredentials",
			"authentication.BootClaimProperties", "authentication.CallerAuthentications", "authentication.CallerJwt",
			"authentication.RefusedTokens", "claims.ClaimReader", "claims.ClaimReaders",
			"claims.ClaimsAutoConfiguration", "claims.GrantsCheck", "configuration.AccessRuleException",
			"configuration.AuthStarterAutoConfiguration", "configuration.Bounds", "configuration.EmptyPropertyBinding",
			"configuration.MissingPropertyException", "configuration.ProductionProfile", "configuration.PropertyNames",
			"configuration.UnresolvedProperties", "event.AuthListeners", "event.EventAutoConfiguration",
			"event.FailureLog", "event.Pause", "introspection.CompletedClaims", "introspection.IntrospectedType",
			"introspection.Introspection", "introspection.IntrospectionAnswer", "introspection.Introspections",
			"introspection.IntrospectionsFactory", "issuer.BearerTokenFile", "issuer.HttpStatusException",
			"issuer.IssuerAutoConfiguration", "issuer.IssuerCheck", "issuer.IssuerHttpClient",
			"issuer.IssuerHttpClientFactory", "issuer.SecureTransport", "issuer.TrustedIssuers",
			"issuer.UnresolvedIssuerException", "jose.CompactJws", "jose.JoseForm", "jose.JoseHeader",
			"jose.KnownHeaders", "jose.NumericDate", "jose.ParsedJws", "jose.PrintableText", "jose.Sha256",
			"jose.SignatureVerifier", "jose.StrictJson", "jose.Token68", "keys.JwkSetMonitor",
			"keys.KeysAutoConfiguration", "membership.MembershipAnswer", "membership.Memberships",
			"membership.MembershipsFactory", "openapi.OpenApiAutoConfiguration", "operations.Observed",
			"operations.OperationsAutoConfiguration", "operations.startup.ChainReport",
			"operations.startup.EnvironmentLint", "operations.startup.ExecutorLint",
			"operations.startup.InventoryReport", "operations.startup.Lint", "operations.startup.PathVariableLint",
			"operations.startup.ProviderLint", "operations.startup.PublicPathLint", "operations.startup.ReactiveLint",
			"operations.startup.RuleLint", "operations.startup.StartupReport", "organization.CallerLogEntries",
			"organization.OrganizationAutoConfiguration", "organization.OrganizationSecurityContext",
			"organization.UnattendedOrganizations", "organization.rows.RowStatements",
			"organization.rows.RowsAutoConfiguration", "provider.Preset", "provider.Presets",
			"provider.ProviderSetting", "provider.ProviderSettings", "reactive.ReactiveApiSecurityAutoConfiguration",
			"reactive.ReactiveWebAutoConfiguration", "reactive.argument.CallerArgumentsPostProcessor",
			"reactive.argument.CallerWebFluxConfigurer", "reactive.argument.FluxArgumentCheck",
			"reactive.chain.ApiWebFilterChain", "reactive.chain.CallerConversion", "reactive.chain.LastChain",
			"reactive.chain.PublicHandlerMatcher", "reactive.chain.ReactiveAccessTokenDecoder",
			"reactive.chain.ResourceMetadataWebFilter", "reactive.chain.SpringBootBeans",
			"reactive.chain.VerificationThreads", "reactive.context.ActingFilter", "reactive.context.DecisionObserver",
			"reactive.context.ExchangeHandlerCall", "reactive.context.HeldContext",
			"reactive.context.LoggedCallerAccessor", "reactive.context.ReactiveCalls", "reactive.context.ServerThread",
			"reactive.handler.GuardedHandlerAdapter", "reactive.observation.ReactiveObservationAutoConfiguration",
			"reactive.refusal.RefusalAdvice", "reactive.refusal.ServerRefusalWriter", "reactive.refusal.ServerRefusals",
			"reactive.startup.ReactiveHandlerAutoConfiguration", "refusal.Reasons", "refusal.RefusalDiagnosis",
			"refusal.RefusalEvents", "refusal.RefusalFormat", "refusal.RefusalFormatFactory", "refusal.RefusalRenderer",
			"refusal.RenderedRefusal", "refusal.RequestCaller", "refusal.ResourceCondition", "refusal.ResourceMetadata",
			"refusal.SecurityRefusals", "refusal.SecurityRefusalsFactory", "refusal.TokenExplanation",
			"selector.Binding", "selector.Capture", "selector.ClaimPredicate", "selector.Glob",
			"selector.InvalidSelectorException", "selector.JsonValues", "selector.MatchConsumer", "selector.Selector",
			"selector.UserEditableClaims", "servlet.ApiSecurityAutoConfiguration", "servlet.WebAutoConfiguration",
			"servlet.argument.ArgumentCheck", "servlet.argument.CallerLogContext",
			"servlet.argument.CallerMvcConfigurer", "servlet.argument.EntryPointArgumentCheck",
			"servlet.chain.ApiChain", "servlet.chain.AuthenticationAudience", "servlet.chain.AuthenticationEvents",
			"servlet.chain.BearerFirewall", "servlet.chain.BearerTokenConverter", "servlet.chain.ContextStrategyCheck",
			"servlet.chain.DecoderChoice", "servlet.chain.IgnoredBeans", "servlet.chain.PublicHandlers",
			"servlet.chain.ResolvedBearerTokenConverter", "servlet.chain.ResourceMetadataFilter",
			"servlet.chain.SecurityChain", "servlet.chain.SecurityChains", "servlet.handler.DispatcherServlets",
			"servlet.handler.GuardFilter", "servlet.handler.GuardInterceptor", "servlet.handler.GuardedHandlerAdapter",
			"servlet.handler.NestedDispatches", "servlet.handler.ServletHandlerCall",
			"servlet.inventory.HandlerAutoConfiguration", "servlet.inventory.HandlerChains",
			"servlet.refusal.RefusalAccessDeniedHandler", "servlet.refusal.RefusalEntryPoint",
			"servlet.refusal.RefusalExceptionResolver", "servlet.refusal.RefusalWriter", "token.ApplicationChecks",
			"token.IssuerPolicies", "token.IssuerPolicy", "token.PendingVerification", "token.PresentedToken",
			"token.RefusedToken", "token.TokenAutoConfiguration", "token.TokenVerifier", "token.Verification",
			"token.VerifiedJwts", "token.VerifiedToken", "token.check.AlgorithmCheck", "token.check.AudienceCheck",
			"token.check.ConfirmationCheck", "token.check.Finding", "token.check.HeaderTypes",
			"token.check.PersonSigns", "token.check.RequiredClaimsCheck", "token.check.Rfc9068TypeCheck",
			"token.check.SubjectCheck", "token.check.TimeCheck", "token.check.TokenCheck", "token.check.TokenContent",
			"token.check.TokenFormat", "token.check.TokenTypeCheck");

	/** The packages in reading order: each uses only those before it. */
	private static final List<String> READING_ORDER = List.of("", "configuration", "event", "jose", "issuer", "keys",
			"selector", "provider", "token.check", "claims", "introspection", "membership", "token", "authentication",
			"access", "access.declaration", "access.interception", "access.inventory", "organization",
			"organization.rows", "refusal", "openapi", "servlet.refusal", "servlet.chain", "servlet.handler",
			"servlet.argument", "servlet.inventory", "servlet", "reactive.context", "reactive.refusal",
			"reactive.handler", "reactive.chain", "reactive.argument", "reactive.startup", "reactive",
			"operations.startup", "operations", "reactive.observation");

	private static final DescribedPredicate<AccessTarget> WAITS = DescribedPredicate.describe("waits",
			(target) -> isWait(target.getOwner(), target.getName()));

	private static final JavaClasses HOUSE = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(ROOT);

	@Test
	void publicTypesAreExactlyThese() {
		List<String> publicTypes = HOUSE.stream()
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.filter((type) -> !type.getEnclosingClass().isPresent())
			.map((type) -> type.getName().substring(ROOT.length() + 1))
			.toList();
		assertThat(publicTypes)
			.containsExactlyInAnyOrderElementsOf(Stream.of(API, SPI, SEAMS).flatMap(List::stream).toList());
	}

	@Test
	void releasesDocumentTheTypesForApplications() throws IOException {
		Matcher types = Pattern.compile("(?s)<public\\.types>.*?-->(.*?)</public\\.types>")
			.matcher(Files.readString(Path.of("pom.xml")));
		assertThat(types.find()).isTrue();
		assertThat(types.group(1).trim().split("\\s+")).containsExactlyInAnyOrderElementsOf(
				Stream.of(API, SPI).flatMap(List::stream).map((name) -> ROOT + "." + name).toList());
	}

	/**
	 * The Javadoc tool of Java 17 fails at a public type inside of a record that it
	 * leaves out.
	 */
	@Test
	void releasesCanDocumentTheTypesBesideInternalRecords() {
		List<String> documented = Stream.of(API, SPI).flatMap(List::stream).map((name) -> ROOT + "." + name).toList();
		Set<String> packages = documented.stream().map(ClassUtils::getPackageName).collect(Collectors.toSet());
		List<String> insideOfRecords = HOUSE.stream()
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.filter((type) -> type.getEnclosingClass()
				.filter((outer) -> outer.isRecord() && !documented.contains(outer.getName()))
				.isPresent())
			.filter((type) -> packages.contains(type.getPackageName()))
			.map(JavaClass::getName)
			.toList();
		assertThat(insideOfRecords).isEmpty();
	}

	@Test
	void packagesKnowOnlyThoseBeforeThem() {
		List<String> backwards = HOUSE.stream()
			.flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
			.filter((dependency) -> isOurs(dependency.getTargetClass()))
			.filter((dependency) -> place(dependency.getTargetClass()) > place(dependency.getOriginClass()))
			.map(Dependency::getDescription)
			.toList();
		assertThat(backwards).isEmpty();
	}

	private static boolean isOurs(JavaClass type) {
		return type.getPackageName().startsWith(ROOT);
	}

	private static int place(JavaClass type) {
		String name = type.getPackageName();
		int place = READING_ORDER.indexOf(name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1));
		assertThat(place).as("place of " + name).isNotNegative();
		return place;
	}

	private static boolean isWait(JavaClass owner, String method) {
		if (owner.isAssignableTo(Future.class)) {
			return Set.of("get", "join").contains(method);
		}
		if (owner.isEquivalentTo(Thread.class)) {
			return Set.of("sleep", "join").contains(method);
		}
		return owner.getPackageName().startsWith("java.util.concurrent")
				&& Set.of("await", "acquire", "acquireUninterruptibly", "awaitTermination", "invokeAll", "take")
					.contains(method);
	}

	@Test
	void packagesAreFreeOfCycles() {
		check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
	}

	@Test
	void packagesHaveTwentyFilesAtMost() {
		Map<String, Long> files = HOUSE.stream()
			.filter(JavaClass::isTopLevelClass)
			.collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
		assertThat(files).isNotEmpty().allSatisfy((name, count) -> assertThat(count).isLessThanOrEqualTo(20));
	}

	@Test
	void onlyTheEdgeKnowsServlets() {
		check(noClasses().that()
			.resideOutsideOfPackage(ROOT + ".servlet..")
			.and()
			.haveNameNotMatching(OPERATORS_OF_SERVLETS)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("jakarta.servlet..", "org.springframework.web.servlet..")
			.because("other stacks call the same code"));
	}

	@Test
	void onlyTheEdgeKnowsWebFlux() {
		check(noClasses().that()
			.resideOutsideOfPackage(ROOT + ".reactive..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("reactor..", "org.springframework.web.reactive..")
			.because("other stacks call the same code"));
	}

	@Test
	void edgesDoNotKnowEachOther() {
		check(noClasses().that()
			.resideInAPackage(ROOT + ".servlet..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT + ".reactive..")
			.because("neither stack need be there"));
		check(noClasses().that()
			.resideInAPackage(ROOT + ".reactive..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(ROOT + ".servlet..", "jakarta.servlet..")
			.because("neither stack need be there"));
	}

	@Test
	void onlyWiringKnowsSpringBoot() {
		check(noClasses().that()
			.resideOutsideOfPackages(ROOT + ".configuration", ROOT + ".operations..")
			.and()
			.haveNameNotMatching(".*(AutoConfiguration|Factory|Properties|FailureAnalyzer|Condition)(\\$.*)?")
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
		for (JavaClass type : HOUSE) {
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

	/** Otherwise every start-up reads the classes to determine order and conditions. */
	@Test
	void everyAutoConfigurationIsDescribedForTheStart() throws IOException {
		Properties described = PropertiesLoaderUtils
			.loadAllProperties("META-INF/spring-autoconfigure-metadata.properties", getClass().getClassLoader());
		assertThat(described.stringPropertyNames()).containsAll(autoConfigurations());
	}

	private Set<String> autoConfigurations() {
		return HOUSE.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)
			.collect(Collectors.toSet());
	}

	@Test
	void timeIsAParameter() {
		check(noClasses().should().callMethod(java.time.Instant.class, "now"));
		check(noClasses().should().callMethod(System.class, "currentTimeMillis"));
	}

	/** Waiting would occupy a thread, or block an event loop. */
	@Test
	void coreNeverWaits() {
		check(noClasses().that()
			.resideInAnyPackage(
					Stream.of("jose", "keys", "claims", "introspection", "membership", "token", "organization")
						.map((name) -> ROOT + "." + name + "..")
						.toArray(String[]::new))
			.should()
			.callMethodWhere(target(WAITS)));
	}

	@Test
	void refusalsOfTokensAreMadeInOnePlace() {
		for (Class<?> base : List.of(BadJwtException.class, JwtException.class)) {
			assertThat(HOUSE.stream()
				.filter((type) -> type.getRawSuperclass().orElse(null) != null)
				.filter((type) -> type.getRawSuperclass().orElseThrow().isEquivalentTo(base))).as(base.getName())
				.hasSize(1)
				.allSatisfy((type) -> assertThat(type.getConstructorCallsToSelf())
					.extracting((call) -> call.getOriginOwner().getSimpleName())
					.containsOnly("RefusedTokens"));
		}
	}

	/** It throws an exception where the issuer is no URL. */
	@Test
	void issuersAreText() {
		check(noClasses().should().callMethod(org.springframework.security.oauth2.jwt.Jwt.class, "getIssuer"));
	}

	@Test
	void nothingIsLentTheNameOfAJwkStore() {
		check(noClasses().should().haveNameMatching(".*(ClaimSet|JwkStore).*"));
		// Hibernate's word, where its interface is implemented.
		check(noClasses().that()
			.doNotImplement(CurrentTenantIdentifierResolver.class)
			.and()
			.areTopLevelClasses()
			.should()
			.haveNameMatching(".*Tenant.*"));
	}

	private void check(ArchRule rule) {
		rule.check(HOUSE);
	}

}
