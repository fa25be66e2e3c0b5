package dev.authstarter.rows;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The same on a real PostgreSQL server: see 'PostgreSQL' in sample-api/README.md. Each
 * type has a schema of its own.
 */
@EnabledIfEnvironmentVariable(named = "POSTGRES_URL", matches = "jdbc:postgresql:.+")
class PostgresRowTableTests extends RowTableTests {

	@Override
	List<String> database(Identifiers type) {
		String schema = "rows_" + type.name().toLowerCase(Locale.ROOT);
		String url = System.getenv("POSTGRES_URL");
		return List.of("spring.datasource.url=" + url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema,
				"spring.datasource.username=${POSTGRES_USER:clinics}",
				"spring.datasource.password=${POSTGRES_PASSWORD:}",
				"spring.datasource.hikari.connection-init-sql=create schema if not exists " + schema,
				"spring.datasource.hikari.maximum-pool-size=4", "spring.datasource.hikari.minimum-idle=0",
				"spring.jpa.hibernate.ddl-auto=create-drop");
	}

}
