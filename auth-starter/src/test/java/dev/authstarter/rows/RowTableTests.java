package dev.authstarter.rows;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All combinations of acting party, operation on rows and type of organization
 * identifiers.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RowTableTests {

	private final Map<Identifiers, ConfigurableApplicationContext> apis = new EnumMap<>(Identifiers.class);

	@AfterAll
	void stop() {
		this.apis.values().forEach(ConfigurableApplicationContext::close);
	}

	static Stream<Arguments> table() {
		return Stream.of(Identifiers.values())
			.flatMap((type) -> Stream.of(ActingParty.values()).map((party) -> Arguments.of(type, party)));
	}

	@ParameterizedTest
	@MethodSource("table")
	void keepsRowsAtHome(Identifiers type, ActingParty party) throws Exception {
		for (RowOperation operation : RowOperation.values()) {
			JdbcTemplate database = fill(type);
			String expected = operation.own();
			if (party.refusal() != null) {
				expected = operation.writes() ? party.refusal() : "";
			}
			assertThat(party.work(api(type), type, operation)).as("%s by %s", operation, party).isEqualTo(expected);
			assertThat(database.queryForList("select text from owned_row where organization <> ? order by text",
					String.class, identifier(type, type.acme)))
				.as("rows of others after %s", operation)
				.containsExactly("globex'", "none's");
			if (party.refusal() != null) {
				assertThat(database.queryForList("select text from owned_row order by text", String.class))
					.containsExactly("acme's", "globex'", "none's");
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "UNIQUE, org_acme", "UNIQUE, 1-1-1-1-1", "UNIQUE, {0b9b7c58-6d3c-4b7e-9f0e-3f1f2b7c1a01}",
			"LONG, org_acme", "LONG, 041", "LONG, +41", "LONG, -41", "LONG, ' 41'", "LONG, 41.0", "LONG, 4e1",
			"LONG, 9223372036854775808", "BOXED_LONG, ٤١", "INTEGER, 2147483648", "BOXED_INTEGER, -1", "INTEGER, 0" })
	void refusesOrganizationWhoseIdentifierDoesNotConvert(Identifiers type, String organization) {
		for (RowOperation operation : RowOperation.values()) {
			fill(type);
			assertThat(ActingParty.get(api(type), "/rows/" + operation, List.of(organization))).as(operation.name())
				.isEqualTo("403 organization_refused");
		}
	}

	@ParameterizedTest
	@CsvSource({ "UNIQUE, 0B9B7C58-6D3C-4B7E-9F0E-3F1F2B7C1A01, acme's", "BOXED_LONG, 41, acme's",
			"LONG, 9223372036854775807, ''", "INTEGER, 2147483647, ''" })
	void convertsIdentifiers(Identifiers type, String organization, String found) {
		fill(type);
		assertThat(ActingParty.get(api(type), "/rows/READ", List.of(organization))).isEqualTo(found);
	}

	@ParameterizedTest
	@EnumSource(Identifiers.class)
	void neverWritesToAnotherByPrimaryKey(Identifiers type) throws Exception {
		JdbcTemplate database = fill(type);
		for (RowOperation operation : List.of(RowOperation.DELETE, RowOperation.UPDATE_STATELESS,
				RowOperation.UPSERT)) {
			assertThat(ActingParty.get(api(type), "/rows/" + operation, List.of(type.globex))).as(operation.name())
				.isEqualTo("403 organization_mismatch");
		}
		assertThat(database.queryForList("select text from owned_row order by text", String.class))
			.containsExactly("acme's", "globex'", "none's");
	}

	/** The properties of a database for one type. */
	List<String> database(Identifiers type) {
		return List.of("spring.datasource.generate-unique-name=true");
	}

	private ConfigurableApplicationContext api(Identifiers type) {
		return this.apis.computeIfAbsent(type,
				(key) -> new SpringApplicationBuilder(RowApi.class)
					.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
							"auth-starter.audience=" + TestToken.AUDIENCE, "auth-starter.public-paths=/public/**",
							"spring.task.execution.mode=force", "spring.jpa.open-in-view=" + (key != Identifiers.LONG),
							"test.identifiers=" + key)
					.properties(database(key).toArray(String[]::new))
					.run());
	}

	private JdbcTemplate fill(Identifiers type) {
		JdbcTemplate database = api(type).getBean(JdbcTemplate.class);
		database.update("delete from owned_row");
		String insert = "insert into owned_row (id, text, organization) values (?, ?, ?)";
		database.update(insert, RowApi.OF_ACME, "acme's", identifier(type, type.acme));
		database.update(insert, RowApi.OF_GLOBEX, "globex'", identifier(type, type.globex));
		database.update(insert, RowApi.OF_NONE, "none's", identifier(type, type.none));
		return database;
	}

	private static Object identifier(Identifiers type, String id) {
		return switch (type) {
			case TEXT -> id;
			case UNIQUE -> UUID.fromString(id);
			default -> Long.valueOf(id);
		};
	}

}
