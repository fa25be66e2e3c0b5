package dev.authstarter.sample;

import dev.authstarter.test.TokenForge;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/**
 * The same on a real PostgreSQL server.
 */
@RequiresPostgres
@ActiveProfiles("postgres")
class PostgresTests extends DatabaseTests {

	PostgresTests(@Autowired MockMvcTester mvc, @Autowired TokenForge forge) {
		super(mvc, forge);
	}

	@Override
	String product() {
		return "PostgreSQL";
	}

}
