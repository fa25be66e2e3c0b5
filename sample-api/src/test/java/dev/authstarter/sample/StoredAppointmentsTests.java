package dev.authstarter.sample;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class StoredAppointmentsTests {

	private static final String COUNT = "select count(*) from appointment";

	@Test
	void surviveRestart(@TempDir Path folder) {
		try (ConfigurableApplicationContext api = api(folder)) {
			JdbcTemplate database = api.getBean(JdbcTemplate.class);
			assertThat(database.queryForObject(COUNT, Long.class)).isEqualTo(3);
			database.update("delete from appointment where patient = 'Ada Lovelace'");
		}
		try (ConfigurableApplicationContext api = api(folder)) {
			JdbcTemplate database = api.getBean(JdbcTemplate.class);
			assertThat(database.queryForObject(COUNT, Long.class)).isEqualTo(2);
		}
	}

	private static ConfigurableApplicationContext api(Path folder) {
		return new SpringApplicationBuilder(SampleApplication.class).run(
				"--spring.datasource.url=jdbc:h2:file:" + folder.resolve("clinics"), "--server.port=0",
				"--ISSUER=https://issuer.example/");
	}

}
