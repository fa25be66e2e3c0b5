package dev.authstarter.test.attack;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import dev.authstarter.Organization;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresScope;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.data.OrganizationData;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Identifiers that are small numbers, as those of a database, are not confused with the
 * size and the number of a page: this application has no hole.
 */
@SpringBootTest(classes = SmallNumbersTests.Application.class)
@AutoConfigureMockMvc
@AutoConfigureForgedTokens
class SmallNumbersTests {

	private static final List<Row> ROWS = new CopyOnWriteArrayList<>();

	@TestFactory
	Stream<DynamicNode> organizationsAreKeptApart(@Autowired MockMvc mvc) {
		return BearerAttacks.against(mvc).withData("org_acme", "org_globex", SmallNumbersTests::seed).everyEndpoint();
	}

	private static OrganizationData seed(String organization) {
		int first = organization.equals("org_acme") ? 1 : 2;
		String name = (first == 1) ? "Ada Lovelace" : "Grace Hopper";
		ROWS.removeIf((row) -> row.organization().equals(organization));
		for (int id = first; id <= 6; id += 2) {
			ROWS.add(new Row(id, organization, name));
		}
		return OrganizationData.markedBy(name).identifiedBy("id", first);
	}

	private record Row(int id, String organization, String name) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Rows.class)
	static class Application {

	}

	/**
	 * Rows in pages.
	 */
	@RestController
	@RequiresOrganization
	static class Rows {

		@GetMapping("/rows")
		@RequiresScope("read:rows")
		List<Row> first(@RequestParam(defaultValue = "20") int size, Organization organization) {
			if (size > 100) {
				throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
			}
			return own(organization).limit(size).toList();
		}

		@GetMapping("/rows/later")
		@RequiresScope("read:rows")
		List<Row> later(@RequestParam(defaultValue = "0") int offset, Organization organization) {
			return own(organization).skip(offset).toList();
		}

		@GetMapping("/rows/{id:\\d+}")
		@RequiresScope("read:rows")
		Row one(@PathVariable int id, Organization organization) {
			return own(organization).filter((row) -> row.id() == id)
				.findFirst()
				.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
		}

		private static Stream<Row> own(Organization organization) {
			return ROWS.stream().filter((row) -> row.organization().equals(organization.id()));
		}

	}

}
