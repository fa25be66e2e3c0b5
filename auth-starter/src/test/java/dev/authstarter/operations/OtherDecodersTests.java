package dev.authstarter.operations;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mockingDetails;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Decoders of the application are not wrapped if security is observed.
 */
@ApiTest(value = OtherDecodersTests.Api.class, properties = "auth-starter.observations.enabled=true")
@MockitoBean(name = "mocked", types = JwtDecoder.class)
class OtherDecodersTests {

	@Autowired
	HttpCalls http;

	@Test
	void leavesTheirTypesAlone(@Autowired PartnerDecoder partner, @Autowired List<JwtDecoder> all) {
		assertThat(partner.get()).isEqualTo("partner");
		assertThat(all).hasSize(3).contains(partner).filteredOn(ObservedDecoder.class::isInstance).hasSize(1);
		assertThat(all).filteredOn((decoder) -> mockingDetails(decoder).isMock()).hasSize(1);
	}

	@Test
	void observesOursAlone(@Autowired Seen seen) {
		assertThat(this.http.getWithToken("/public/notes", "partner").statusCode()).isEqualTo(200);
		assertThat(seen.names).doesNotContain("auth.authenticate");
		assertThat(this.http.getWithToken("/me", TestToken.validAt(TestApi.NOW).signed()).statusCode()).isEqualTo(200);
		assertThat(seen.names).containsOnlyOnce("auth.authenticate");
	}

	@Configuration(proxyBeanMethods = false)
	@Import(TestApi.class)
	static class Api {

		@Bean
		PartnerDecoder partnerDecoder() {
			return new PartnerDecoder();
		}

		@Bean
		JwtDecoder mocked() {
			return new PartnerDecoder();
		}

		@Bean
		Seen seen() {
			return new Seen();
		}

		@Bean
		SecurityFilterChain partners(HttpSecurity http, PartnerDecoder decoder) {
			http.securityMatcher("/public/**");
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2ResourceServer((server) -> server.jwt((jwt) -> jwt.decoder(decoder)));
			return http.build();
		}

		@Bean
		SecurityFilterChain others(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2ResourceServer((server) -> server.jwt(withDefaults()));
			return http.build();
		}

	}

	/** Is more than a decoder, as those are that refresh or close something. */
	static final class PartnerDecoder implements JwtDecoder, Supplier<String> {

		@Override
		public Jwt decode(String token) {
			return Jwt.withTokenValue(token)
				.header("alg", "none")
				.claim("iss", TestToken.ISSUER)
				.subject("partner")
				.claim("scope", "read:notes")
				.build();
		}

		@Override
		public String get() {
			return "partner";
		}

	}

	static final class Seen implements ObservationHandler<Observation.Context> {

		private final List<String> names = new CopyOnWriteArrayList<>();

		@Override
		public void onStart(Observation.Context context) {
			this.names.add(String.valueOf(context.getName()));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
