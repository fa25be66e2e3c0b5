package dev.authstarter.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.keys.TrustedKeys;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
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

		/** Spring Boot's resource server, with the authorities that users map. */
		STOCK(false, true),

		/** This library. */
		OURS(false, false);

		private final boolean withoutSecurity;

		private final boolean withoutStarter;

		Mode(boolean withoutSecurity, boolean withoutStarter) {
			this.withoutSecurity = withoutSecurity;
			this.withoutStarter = withoutStarter;
		}

		private boolean excludes(String autoConfiguration) {
			boolean starter = autoConfiguration.startsWith("dev.authstarter.");
			return (starter && this.withoutStarter) || autoConfiguration.contains(".observation.")
					|| (autoConfiguration.contains(".security.") && !starter && this.withoutSecurity);
		}

	}

	/**
	 * Start for a load run.
	 * @param arguments {@code --mode=open|permit|stock|ours}, {@code --tokens=} with the
	 * file to write tokens to, one a line, and any property of Spring Boot
	 * @throws IOException if the tokens cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		ApplicationArguments options = new DefaultApplicationArguments(arguments);
		Files.write(Path.of(option(options, "tokens")), BenchmarkedToken.distinct(1_000));
		start(Mode.valueOf(option(options, "mode").toUpperCase(Locale.ROOT)), arguments);
	}

	private static String option(ApplicationArguments options, String name) {
		List<String> values = options.getOptionValues(name);
		if (values == null || values.size() != 1) {
			throw new IllegalArgumentException("Say --" + name + "=...");
		}
		return values.get(0);
	}

	static ConfigurableApplicationContext start(Mode mode, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--server.port=0", "--server.address=localhost",
				"--spring.main.banner-mode=off", "--logging.level.root=warn",
				"--server.tomcat.max-keep-alive-requests=-1", "--spring.autoconfigure.exclude=" + excluded(mode)));
		if (mode == Mode.OURS) {
			all.add("--auth-starter.issuer=" + BenchmarkedToken.ISSUER);
			all.add("--auth-starter.audience=" + BenchmarkedToken.AUDIENCE);
		}
		all.addAll(List.of(arguments));
		Class<?> configuration = switch (mode) {
			case OPEN -> Open.class;
			case PERMIT -> Permit.class;
			case STOCK -> Stock.class;
			case OURS -> Ours.class;
		};
		return new SpringApplicationBuilder(configuration).run(all.toArray(String[]::new));
	}

	private static String excluded(Mode mode) {
		List<String> excluded = new ArrayList<>();
		for (String candidate : ImportCandidates.load(AutoConfiguration.class, BenchmarkedApi.class.getClassLoader())) {
			if (mode.excludes(candidate)) {
				excluded.add(candidate);
			}
		}
		return String.join(",", excluded);
	}

	/**
	 * One handler.
	 */
	@RestController
	static class Appointments {

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
	 * As Spring Boot's users write it.
	 */
	@EnableAutoConfiguration
	@Import(Appointments.class)
	static class Stock {

		@Bean
		JwtDecoder jwtDecoder() {
			NimbusJwtDecoder decoder = NimbusJwtDecoder
				.withJwkSource(new ImmutableJWKSet<>(BenchmarkedToken.FORGE.publicKeys()))
				.build();
			decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(),
					new JwtIssuerValidator(BenchmarkedToken.ISSUER),
					new JwtAudienceValidator(BenchmarkedToken.AUDIENCE)));
			return decoder;
		}

		@Bean
		JwtAuthenticationConverter jwtAuthenticationConverter() {
			JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
			converter.setJwtGrantedAuthoritiesConverter(
					new DelegatingJwtGrantedAuthoritiesConverter(authorities("scope", "SCOPE_"),
							authorities("permissions", "PERMISSION_"), authorities("roles", "ROLE_")));
			return converter;
		}

		private static JwtGrantedAuthoritiesConverter authorities(String claim, String prefix) {
			JwtGrantedAuthoritiesConverter converter = new JwtGrantedAuthoritiesConverter();
			converter.setAuthoritiesClaimName(claim);
			converter.setAuthorityPrefix(prefix);
			return converter;
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()))
				.build();
		}

	}

	/**
	 * With this library.
	 */
	@EnableAutoConfiguration
	@Import(Appointments.class)
	static class Ours {

		@Bean
		TrustedKeys trustedKeys() {
			return new ForgeTrust();
		}

	}

}
