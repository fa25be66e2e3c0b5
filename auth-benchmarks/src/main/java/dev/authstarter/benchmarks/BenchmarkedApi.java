package dev.authstarter.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.keys.TrustedKeys;
import dev.authstarter.test.issuer.TestIssuer;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.DelegatingJwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.springframework.security.config.Customizer.withDefaults;

/**
 * The same small API in four modes: without any security, with Spring Security that
 * permits everything, with Spring Boot's stock resource server, and with this library.
 */
public final class BenchmarkedApi {

	/** An argument that starts the API on WebFlux. */
	public static final String ON_WEBFLUX = "--spring.main.web-application-type=reactive";

	private BenchmarkedApi() {
	}

	/**
	 * How the API is secured.
	 */
	public enum Mode {

		/** No Spring Security at all. */
		OPEN(true, true),

		/** Spring Security's default filters, everything permitted. */
		PERMIT(false, true),

		/**
		 * Spring Boot's resource server, with authorities mapped from scopes, permissions
		 * and roles.
		 */
		STOCK(false, true),

		/** This library. */
		OURS(false, false),

		/** This library in a chain that has all of Spring Security's filters. */
		OURS_IN_ALL_FILTERS(false, false),

		/**
		 * Spring Boot's resource server, with a decoder that returns a token it has
		 * decoded before; on WebFlux only.
		 */
		STOCK_WITHOUT_DECODING(false, true);

		private final boolean withoutSecurity;

		private final boolean withoutStarter;

		Mode(boolean withoutSecurity, boolean withoutStarter) {
			this.withoutSecurity = withoutSecurity;
			this.withoutStarter = withoutStarter;
		}

		private boolean excludes(String autoConfiguration, boolean monitored) {
			boolean starter = autoConfiguration.startsWith("dev.authstarter.");
			boolean forTests = autoConfiguration.startsWith("dev.authstarter.test.");
			return forTests || (starter && this.withoutStarter)
					|| (autoConfiguration.contains(".micrometer.") && !monitored)
					|| (autoConfiguration.contains(".security.") && !starter && this.withoutSecurity);
		}

	}

	/**
	 * Start for a load run.
	 * @param arguments {@code --mode=open|permit|stock|ours}, {@code --keys=} with the
	 * folder of a {@link TokenFile}, {@code --monitored} for metrics and observations,
	 * {@value #ON_WEBFLUX} for WebFlux instead of Spring MVC, and any property of Spring
	 * Boot
	 */
	public static void main(String[] arguments) {
		ApplicationArguments options = new DefaultApplicationArguments(arguments);
		start(Mode.valueOf(option(options, "mode").toUpperCase(Locale.ROOT)), options.containsOption("monitored"),
				arguments);
	}

	private static String option(ApplicationArguments options, String name) {
		List<String> values = options.getOptionValues(name);
		if (values == null || values.size() != 1) {
			throw new IllegalArgumentException("Say --" + name + "=...");
		}
		return values.get(0);
	}

	/**
	 * Start the API on a free port.
	 * @param monitored whether there are metrics and observations, as Spring Boot has
	 * them with the actuator
	 */
	public static ConfigurableApplicationContext start(Mode mode, boolean monitored, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		if (!mode.withoutStarter) {
			all.add("--auth-starter.issuer=" + BenchmarkedToken.ISSUER);
			all.add("--auth-starter.audience=" + BenchmarkedToken.AUDIENCE);
		}
		Class<?> configuration = all.contains(ON_WEBFLUX) ? BenchmarkedReactiveApi.configuration(mode)
				: configuration(mode);
		return start(configuration, mode, monitored, all.toArray(String[]::new));
	}

	private static Class<?> configuration(Mode mode) {
		return switch (mode) {
			case OPEN -> Open.class;
			case PERMIT -> Permit.class;
			case STOCK -> Stock.class;
			case OURS -> Ours.class;
			case OURS_IN_ALL_FILTERS -> OursInAllFilters.class;
			case STOCK_WITHOUT_DECODING -> throw new IllegalArgumentException(mode + " is a mode of WebFlux");
		};
	}

	/**
	 * Start the API with this library and the keys that an issuer publishes.
	 */
	public static ConfigurableApplicationContext start(TestIssuer issuer, Class<?> configuration, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--auth-starter.issuer=" + issuer.issuer(),
				"--auth-starter.audience=" + BenchmarkedToken.AUDIENCE));
		all.addAll(List.of(arguments));
		return start(configuration, Mode.OURS, true, all.toArray(String[]::new));
	}

	public static ConfigurableApplicationContext start(Class<?> configuration, Mode mode, boolean monitored,
			String... arguments) {
		// Defaults, not arguments: an argument that occurs twice becomes a list.
		return new SpringApplicationBuilder(configuration)
			.properties("server.port=0", "server.address=localhost", "server.tomcat.max-keep-alive-requests=-1",
					"spring.main.banner-mode=off", "logging.level.root=error",
					"spring.autoconfigure.exclude=" + excluded(mode, monitored))
			.run(arguments);
	}

	private static String excluded(Mode mode, boolean monitored) {
		List<String> excluded = new ArrayList<>();
		for (String candidate : ImportCandidates.load(AutoConfiguration.class, BenchmarkedApi.class.getClassLoader())) {
			if (mode.excludes(candidate, monitored)) {
				excluded.add(candidate);
			}
		}
		return String.join(",", excluded);
	}

	/**
	 * One handler.
	 */
	@RestController
	public static class Appointments {

		@GetMapping("/organizations/{organizationId}/appointments")
		@RequiresScope("read:a")
		@RequiresRole("editor")
		Map<String, String> list(@PathVariable String organizationId) {
			return Map.of("organization", organizationId);
		}

	}

	/**
	 * Without Spring Security.
	 */
	@EnableAutoConfiguration
	@Import(Appointments.class)
	static class Open {

	}

	/**
	 * With Spring Security that permits everything.
	 */
	@EnableAutoConfiguration
	@Import(Appointments.class)
	static class Permit {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

	}

	/**
	 * The keys that all modes trust: this process's own, or those of a {@link TokenFile}.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Keys {

		@Bean
		JWKSet publicKeys(@Value("${keys:}") String folder) throws IOException {
			return folder.isEmpty() ? BenchmarkedToken.FORGE.publicKeys() : TokenFile.keys(Path.of(folder));
		}

	}

	/**
	 * As applications with Spring Boot's resource server are written.
	 */
	@EnableAutoConfiguration
	@Import({ Appointments.class, Keys.class })
	public static class Stock {

		@Bean
		JwtDecoder jwtDecoder(JWKSet publicKeys) {
			return jwtDecoder(publicKeys, SignatureAlgorithm.RS256);
		}

		public static JwtDecoder jwtDecoder(JWKSet publicKeys, SignatureAlgorithm algorithm) {
			NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(new ImmutableJWKSet<>(publicKeys))
				.jwsAlgorithm(algorithm)
				.build();
			decoder.setJwtValidator(validator());
			return decoder;
		}

		static OAuth2TokenValidator<Jwt> validator() {
			return new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(),
					new JwtIssuerValidator(BenchmarkedToken.ISSUER),
					new JwtAudienceValidator(BenchmarkedToken.AUDIENCE));
		}

		@Bean
		public static JwtAuthenticationConverter jwtAuthenticationConverter() {
			JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
			converter.setJwtGrantedAuthoritiesConverter(authorities());
			return converter;
		}

		static Converter<Jwt, Collection<GrantedAuthority>> authorities() {
			return new DelegatingJwtGrantedAuthoritiesConverter(authorities("scope", "SCOPE_"),
					authorities("permissions", "PERMISSION_"), authorities("roles", "ROLE_"));
		}

		private static JwtGrantedAuthoritiesConverter authorities(String claim, String prefix) {
			JwtGrantedAuthoritiesConverter converter = new JwtGrantedAuthoritiesConverter();
			converter.setAuthoritiesClaimName(claim);
			converter.setAuthorityPrefix(prefix);
			return converter;
		}

		@Bean
		static SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()))
				.build();
		}

	}

	/**
	 * With this library.
	 */
	@EnableAutoConfiguration
	@Import({ Appointments.class, Keys.class })
	static class Ours {

		@Bean
		TrustedKeys trustedKeys(JWKSet publicKeys) {
			return new ForgeTrust(publicKeys);
		}

	}

	/**
	 * With this library, in a filter chain as applications with Spring Boot's resource
	 * server define it.
	 */
	@Import(Ours.class)
	@EnableAutoConfiguration
	static class OursInAllFilters {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Stock.chain(http);
		}

	}

}
