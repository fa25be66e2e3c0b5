package dev.authstarter.flux;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.authstarter.Reason;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@code WebTestClient} sends forged tokens to slices, to applications without a server
 * and over HTTP, in each of the ways that the documentation names.
 */
class FluxClientTests {

	private static final String LETTERS = "/organizations/org_acme/letters";

	/**
	 * Sends a token.
	 */
	@SuppressWarnings("ImmutableEnumChecker") // lambdas
	enum Way {

		HEADERS((client, token) -> (uri) -> client.get().uri(uri).headers(token).exchange()),

		MUTATE_WITH((client, token) -> (uri) -> client.mutateWith(token).get().uri(uri).exchange()),

		DEFAULT_HEADERS(
				(client, token) -> (uri) -> client.mutate().defaultHeaders(token).build().get().uri(uri).exchange()),

		AUTHORIZATION((client,
				token) -> (uri) -> client.get().uri(uri).header("Authorization", token.authorization()).exchange());

		private final BiFunction<WebTestClient, ForgedToken, Caller> caller;

		Way(BiFunction<WebTestClient, ForgedToken, Caller> caller) {
			this.caller = caller;
		}

	}

	/**
	 * Calls an address.
	 */
	@FunctionalInterface
	interface Caller {

		ResponseSpec call(String uri);

	}

	/**
	 * A token that differs from a good one, and the answer.
	 */
	@SuppressWarnings("ImmutableEnumChecker") // lambdas, and a reason is a value
	enum Kind {

		GOOD((token) -> token, LETTERS, null),

		GOOD_FOR_A_ROUTE((token) -> token, "/routes" + LETTERS, null),

		EXPIRED(ForgedToken::expired, LETTERS, Reason.TOKEN_EXPIRED),

		OF_AN_UNTRUSTED_KEY(ForgedToken::signedByUntrustedKey, LETTERS, Reason.BAD_SIGNATURE),

		ID_TOKEN(ForgedToken::asIdToken, LETTERS, Reason.ID_TOKEN),

		WITHOUT_SCOPE((token) -> token.withScopes("write:letters"), LETTERS, Reason.INSUFFICIENT_SCOPE),

		OF_ANOTHER_ORGANIZATION((token) -> token.forOrganization("org_globex"), LETTERS, Reason.ORGANIZATION_MISMATCH),

		OF_ANOTHER_ORGANIZATION_FOR_A_ROUTE((token) -> token.forOrganization("org_globex"), "/routes" + LETTERS,
				Reason.ORGANIZATION_MISMATCH);

		private final UnaryOperator<ForgedToken> difference;

		private final String uri;

		private final @Nullable Reason reason;

		Kind(UnaryOperator<ForgedToken> difference, String uri, @Nullable Reason reason) {
			this.difference = difference;
			this.uri = uri;
			this.reason = reason;
		}

	}

	/**
	 * What holds in every kind of test.
	 */
	abstract static class AnyClientTests {

		@Autowired
		private WebTestClient client;

		@Autowired
		private TokenForge forge;

		static Stream<Arguments> requests() {
			return Arrays.stream(Way.values())
				.flatMap((way) -> Arrays.stream(Kind.values()).map((kind) -> Arguments.of(way, kind)));
		}

		private ForgedToken token() {
			return this.forge.token().withScopes("read:letters").forOrganization("org_acme").asUser("auth0|42");
		}

		@ParameterizedTest
		@MethodSource("requests")
		void answers(Way way, Kind kind) {
			ResponseSpec response = way.caller.apply(this.client, kind.difference.apply(token())).call(kind.uri);
			if (kind.reason != null) {
				assertThatResponse(response).isRefusedWith(kind.reason);
			}
			else {
				response.expectStatus().isOk().expectBody(String.class).isEqualTo("org_acme");
			}
		}

		@Test
		void tokenOfARequestReplacesThatOfTheClient() {
			this.client.mutateWith(token())
				.get()
				.uri("/me")
				.headers(token().asUser("other"))
				.exchange()
				.expectBody(String.class)
				.isEqualTo("other");
		}

		@Test
		void laterTokenOfAClientReplacesEarlier() {
			this.client.mutateWith(token().asUser("early"))
				.mutateWith(token().asUser("late"))
				.get()
				.uri("/me")
				.exchange()
				.expectBody(String.class)
				.isEqualTo("late");
		}

		@Test
		void clientItselfStaysWithoutToken() {
			this.client.mutateWith(token()).get().uri("/me").exchange().expectStatus().isOk();
			assertThatResponse(this.client.get().uri("/me").exchange()).isRefusedWith(Reason.MISSING_TOKEN);
		}

		@Test
		void refusalOfAServiceIsAsserted() {
			ResponseSpec response = this.client.mutateWith(token()).post().uri(LETTERS).bodyValue("text").exchange();
			assertThatResponse(response).isRefusedWith(Reason.INSUFFICIENT_ROLE).namesRequired("editor");
		}

		@Test
		void failureNamesRequestAndToken() {
			ResponseSpec response = this.client.mutateWith(token()).get().uri("/me?page=2").exchange();
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> assertThatResponse(response).isRefusedWith(Reason.TOKEN_EXPIRED))
				.withMessageMatching("(?s).*\n  request:   GET \\S*/me\\?page=2\n.*")
				.withMessageContaining("\n  status:    200\n")
				.withMessageContaining("\n  body:      auth0|42")
				.withMessageMatching("(?s).*\n  token:     \\{.*\"sub\":\"auth0\\|42\".*");
		}

	}

	@Nested
	@WebFluxTest(LetterApplication.LetterController.class)
	@ContextConfiguration(classes = LetterApplication.class)
	@Import(LetterApplication.Letters.class)
	@AutoConfigureForgedTokens
	class InASlice extends AnyClientTests {

	}

	@Nested
	@SpringBootTest(classes = LetterApplication.class, properties = "spring.main.web-application-type=reactive")
	@AutoConfigureWebTestClient
	@AutoConfigureForgedTokens
	class WithoutServer extends AnyClientTests {

	}

	@Nested
	@SpringBootTest(classes = LetterApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = "spring.main.web-application-type=reactive")
	@AutoConfigureWebTestClient
	@AutoConfigureForgedTokens
	class OverHttp extends AnyClientTests {

	}

}
