package dev.authstarter.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.claims.ClaimReader;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.organization.CallerContextFactory;
import dev.authstarter.provider.Presets;
import dev.authstarter.provider.ProviderSettings;
import dev.authstarter.token.check.AudienceCheck;
import dev.authstarter.token.check.TokenContent;
import dev.authstarter.token.check.TokenTypeCheck;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTests {

	private static final String[] FEATURES = { "dev.authstarter.jose..", "dev.authstarter.selector..",
			"dev.authstarter.provider..", "dev.authstarter.claims..", "dev.authstarter.introspection..",
			"dev.authstarter.token..", "dev.authstarter.authentication..", "dev.authstarter.access..",
			"dev.authstarter.organization..", "dev.authstarter.servlet..", "dev.authstarter.operations.." };

	/** What tests import. */
	private static final List<String> API = List.of("AutoConfigureForgedTokens", "ForgedToken", "RefusalAssert",
			"RefusalAssertions", "TokenForge", "WithForgedToken", "WithOrganization", "attack.BearerAttacks",
			"attack.DataAttacks", "attack.data.OrganizationData", "call.CallAssert", "client.RestAssuredAssertions",
			"client.WebClientAssertions", "coverage.CoverageExtension", "explain.ExplainToken",
			"issuer.AutoConfigureTestIssuer", "issuer.LocalIssuer", "issuer.TestIssuer",
			"issuer.local.LocalIssuerProperties", "matrix.AccessMatrix");

	/** What is public only because packages need each other. */
	private static final List<String> SEAMS = List.of("attack.catalogue.Aim", "attack.catalogue.Attack",
			"attack.catalogue.AttackRequest", "attack.catalogue.Attacker", "attack.catalogue.Catalogue",
			"attack.catalogue.Family", "attack.catalogue.KeyTrap", "attack.data.JsonSample", "attack.data.Party",
			"attack.data.Pick", "attack.data.RequestTemplate", "attack.data.Slot", "attack.data.Traces",
			"attack.data.Variant", "attack.data.Variants", "attack.endpoint.Endpoint", "attack.endpoint.Endpoints",
			"attack.endpoint.HandlerParameters", "attack.endpoint.Needs", "attack.endpoint.Parameter",
			"attack.endpoint.PathTemplate", "attack.endpoint.Place", "attack.endpoint.SamplePath",
			"attack.endpoint.ServletEndpoints", "dialect.Content", "dialect.Dialect", "dialect.Draft",
			"issuer.http.Answer", "issuer.http.Endpoint", "issuer.http.Fault", "issuer.http.FormRequest",
			"issuer.http.IssuerAddress", "issuer.http.LoopbackServer", "issuer.http.Outage", "issuer.key.IssuerKey",
			"issuer.key.KeyPairs", "issuer.key.KeyRing", "issuer.local.FrontEnds", "issuer.local.LocalCalls",
			"issuer.local.LocalPages", "issuer.local.Loopback", "issuer.local.TokenPage", "signing.ForgeKeys",
			"signing.KeyFile", "signing.Signing");

	private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(new DoNotIncludeTests())
		.importPackages("dev.authstarter.test");

	@Test
	void publicTypesAreExactlyThese() {
		List<String> publicTypes = CLASSES.stream()
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
			.map((type) -> type.getName().substring("dev.authstarter.test.".length()))
			.toList();
		assertThat(publicTypes)
			.containsExactlyInAnyOrderElementsOf(Stream.of(API, SEAMS).flatMap(List::stream).toList());
	}

	@Test
	void releasesDocumentTheTypesForApplications() throws IOException {
		Matcher types = Pattern.compile("(?s)<public\\.types>.*?-->(.*?)</public\\.types>")
			.matcher(Files.readString(Path.of("pom.xml")));
		assertThat(types.find()).isTrue();
		assertThat(types.group(1).trim().split("\\s+"))
			.containsExactlyInAnyOrderElementsOf(API.stream().map((name) -> "dev.authstarter.test." + name).toList());
	}

	@Test
	void packagesAreFreeOfCycles() {
		slices().matching("dev.authstarter.(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void packagesHaveTwentyFilesAtMost() {
		Map<String, Long> files = CLASSES.stream()
			.filter(JavaClass::isTopLevelClass)
			.collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
		assertThat(files).isNotEmpty().allSatisfy((name, count) -> assertThat(count).isLessThanOrEqualTo(20));
	}

	@Test
	void readsTheInventoryAndNothingElseOfAFeature() {
		DescribedPredicate<JavaClass> inventory = equivalentTo(HandlerInventory.class)
			.or(equivalentTo(HandlerDescription.class))
			.or(equivalentTo(HandlerDescription.Kind.class))
			.or(equivalentTo(HandlerDescription.Demands.class));
		noClasses().that()
			.resideInAnyPackage("dev.authstarter.test.attack..", "dev.authstarter.test.matrix..",
					"dev.authstarter.test.coverage..")
			.should()
			.dependOnClassesThat(resideInAnyPackage(FEATURES).and(not(inventory)))
			.because("what validates a token in a test is the application's own code")
			.check(CLASSES);
	}

	/** The program that explains a token calls the verifier directly. */
	@Test
	void replacesNothingButTheKeys() {
		noClasses().that()
			.resideOutsideOfPackage("dev.authstarter.test.explain")
			.should()
			.dependOnClassesThat(resideInAnyPackage(FEATURES)
				.and(not(belongToAnyOf(ClaimReader.class, ClaimReaders.class, ProviderSettings.class, Presets.class,
						TokenContent.class, TokenTypeCheck.class, AudienceCheck.class, CallerContextFactory.class,
						HandlerDescription.class, HandlerInventory.class))))
			.because("what validates a token in a test is the application's own code; it is called, never replaced")
			.check(CLASSES);
	}

}
