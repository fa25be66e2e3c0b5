package dev.authstarter.entrypoint;

import java.util.Map;

import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * An API of Jersey alone.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import(TestTrust.class)
public class JerseyApi {

	@Bean
	ResourceConfig resources() {
		return new ResourceConfig(Notes.class);
	}

	@Bean
	ServletRegistrationBean<ServletContainer> rest(ResourceConfig resources) {
		return new ServletRegistrationBean<>(new ServletContainer(resources), "/*");
	}

	/**
	 * Start.
	 * @return the port, and what stops it
	 */
	public static Map.Entry<Integer, AutoCloseable> start(String... arguments) {
		// Another class path of this JVM may have one.
		TomcatURLStreamHandlerFactory.disable();
		ConfigurableApplicationContext started = new SpringApplicationBuilder(JerseyApi.class)
			.web(WebApplicationType.SERVLET)
			.run(arguments);
		return Map.entry(started.getEnvironment().getRequiredProperty("local.server.port", Integer.class), started);
	}

	/**
	 * Sign a token with the key that this class path has.
	 * @return a valid token
	 */
	public static String token(String... arguments) {
		return TestToken.validAt(TestApi.NOW).signed();
	}

	/** Made by Jersey. */
	@Path("/notes")
	public static class Notes {

		@GET
		public String list() {
			return "notes";
		}

	}

}
