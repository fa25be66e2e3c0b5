package dev.authstarter.seam;

import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * A test double replaces the decoder of the API; one of another decoder does not.
 */
@TestPropertySource(
		properties = { "auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + TestToken.AUDIENCE })
class DecoderDoublesTests {

	/** The double takes this text, which no other decoder takes. */
	private static final String TEXT = "double";

	private static void assertValidates(int port) {
		HttpCalls http = new HttpCalls(port);
		assertThat(HttpCalls.json(http.getWithToken("/me", TEXT))).containsEntry("subject", "partner");
	}

	private static void assertDoesNotValidate(int port) {
		HttpCalls http = new HttpCalls(port);
		assertThat(http.answer("/me", TEXT)).isEqualTo("401 malformed_token");
		assertThat(http.answer("/me", TestToken.validAt(TestApi.NOW).signed())).isEqualTo("200");
	}

	@Nested
	@SpringBootTest(classes = TestApi.class, webEnvironment = WebEnvironment.RANDOM_PORT)
	class MockTests {

		@MockitoBean
		JwtDecoder decoder;

		@LocalServerPort
		int port;

		@Test
		void validates() {
			given(this.decoder.decode(TEXT)).willReturn(SeamBeans.partner(TEXT));
			assertValidates(this.port);
		}

	}

	@Nested
	@SpringBootTest(classes = { TestApi.class, SeamBeans.Decoder.class }, webEnvironment = WebEnvironment.RANDOM_PORT)
	class MockOfNewNameTests {

		@MockitoBean("jwtDecoder")
		JwtDecoder decoder;

		@LocalServerPort
		int port;

		@Test
		void validates() {
			given(this.decoder.decode(TEXT)).willReturn(SeamBeans.partner(TEXT));
			assertValidates(this.port);
		}

	}

	@Nested
	@SpringBootTest(classes = { TestApi.class, SeamBeans.Decoder.class }, webEnvironment = WebEnvironment.RANDOM_PORT)
	class MockOfOtherDecoderTests {

		@MockitoBean("partners")
		JwtDecoder decoder;

		@LocalServerPort
		int port;

		@Test
		void doesNotValidate() {
			given(this.decoder.decode(TEXT)).willReturn(SeamBeans.partner(TEXT));
			assertDoesNotValidate(this.port);
		}

	}

	@Nested
	@SpringBootTest(classes = TestApi.class, webEnvironment = WebEnvironment.RANDOM_PORT)
	class FactoryMethodTests {

		@TestBean
		@Nullable JwtDecoder decoder;

		@LocalServerPort
		int port;

		static JwtDecoder decoder() {
			return SeamBeans::partner;
		}

		@Test
		void validates() {
			assertValidates(this.port);
		}

	}

	@Nested
	@SpringBootTest(classes = { TestApi.class, SeamBeans.Decoder.class, BeanOfTestConfigurationTests.Doubles.class },
			webEnvironment = WebEnvironment.RANDOM_PORT)
	class BeanOfTestConfigurationTests {

		@LocalServerPort
		int port;

		@Test
		void validates() {
			assertValidates(this.port);
		}

		@TestConfiguration(proxyBeanMethods = false)
		static class Doubles {

			@Bean
			JwtDecoder doubled() {
				return SeamBeans::partner;
			}

		}

	}

	@Nested
	@SpringBootTest(classes = { TestApi.class, PrimaryBeanOfTestConfigurationTests.Doubles.class },
			webEnvironment = WebEnvironment.RANDOM_PORT)
	class PrimaryBeanOfTestConfigurationTests {

		@LocalServerPort
		int port;

		@Test
		void validatesInChainsOfTheApplicationToo() {
			assertValidates(this.port);
		}

		@TestConfiguration(proxyBeanMethods = false)
		static class Doubles {

			@Bean
			@Primary
			JwtDecoder doubled() {
				return SeamBeans::partner;
			}

			@Bean
			SecurityFilterChain chain(HttpSecurity http) {
				http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
				http.oauth2ResourceServer((server) -> server.jwt(withDefaults()));
				return http.build();
			}

		}

	}

}
