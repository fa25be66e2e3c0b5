package dev.authstarter.test.attack;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.test.TokenForge;
import dev.authstarter.test.attack.catalogue.Aim;
import dev.authstarter.test.attack.catalogue.Attack;
import dev.authstarter.test.attack.catalogue.AttackRequest;
import dev.authstarter.test.attack.catalogue.Attacker;
import dev.authstarter.test.attack.catalogue.Catalogue;
import dev.authstarter.test.attack.endpoint.Endpoint;
import dev.authstarter.test.attack.endpoint.Endpoint.NamedBy;
import dev.authstarter.test.attack.endpoint.Handlers;
import dev.authstarter.test.attack.endpoint.Needs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts with a correct refusal and changes one part of it.
 */
class VerdictTests {

	private static final String ISSUER = "https://issuer.example/";

	private static final String CHALLENGE = "Bearer realm=\"api\", error=\"invalid_token\"";

	private final Attack expired = attack("expired");

	private final Aim aim = new Aim(new Endpoint("GET /me", Handlers.of("", Handlers.NOTHING),
			Needs.of(Handlers.of("", Handlers.NOTHING)), "GET", "/me", (headers) -> {
			}, false, NamedBy.OTHER),
			Attacker.of(TokenForge.of(ISSUER, "https://api.example"),
					Binder.get(new MockEnvironment()).bindOrCreate("auth-starter", AuthStarterProperties.class),
					new TrustedIssuer("default", ISSUER, Set.of("https://api.example"), null, List.of("RS256"),
							List.of()),
					"org_attacked"));

	@AfterEach
	void close() {
		this.aim.attacker().trap().close();
	}

	@Test
	void acceptsExpectedRefusal() {
		assertThat(complaints(this.expired, answer(401, "token_expired"))).isEmpty();
	}

	@Test
	void seesThatNothingWasRefused() {
		assertThat(complaints(this.expired, new Answer(200, new HttpHeaders(), "{}")))
			.containsExactly("it was not refused: the times of a token are not checked");
	}

	@Test
	void seesOtherReason() {
		assertThat(complaints(this.expired, answer(403, "insufficient_scope")))
			.containsExactly("it was refused for another reason, as if the times of a token are not checked");
	}

	@Test
	void seesMissingReason() {
		assertThat(complaints(this.expired, new Answer(401, new HttpHeaders(), ""))).singleElement()
			.asString()
			.startsWith("the answer has no reason code of auth-starter");
	}

	@Test
	void seesOtherStatus() {
		assertThat(complaints(this.expired, answer(403, "token_expired"))).containsExactly("the status is not 401");
	}

	@Test
	void seesChallengesThatAreNotWellFormed() {
		String complaint = "there is not one well-formed challenge (RFC 6750 section 3)";
		assertThat(complaints(this.expired, answer((headers) -> headers.remove(HttpHeaders.WWW_AUTHENTICATE))))
			.containsExactly(complaint);
		assertThat(complaints(this.expired, answer((headers) -> headers.add(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE))))
			.containsExactly(complaint);
		assertThat(
				complaints(this.expired, answer((headers) -> headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer api"))))
			.containsExactly(complaint);
	}

	@Test
	void seesOtherErrorInTheChallenge() {
		assertThat(complaints(this.expired,
				answer((headers) -> headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"api\""))))
			.containsExactly("the error of the challenge is not 'invalid_token'");
	}

	@Test
	void seesCookie() {
		assertThat(complaints(this.expired, answer((headers) -> headers.set(HttpHeaders.SET_COOKIE, "JSESSIONID=1"))))
			.containsExactly("the answer sets a cookie");
	}

	@Test
	void seesWhatTheTokenSays() {
		AttackRequest request = this.expired.request().apply(this.aim);
		String token = request.secrets().get(0);
		String complaint = "the answer repeats contents of the token";
		assertThat(Verdict.complaints(this.expired, this.aim, request,
				answer((headers) -> headers.set("X-Token", token.substring(token.lastIndexOf('.') + 1)))))
			.containsExactly(complaint);
		assertThat(Verdict.complaints(this.expired, this.aim, request,
				answer((headers) -> headers.set("X-Subject", this.aim.attacker().subject()))))
			.containsExactly(complaint);
	}

	@Test
	void seesThatTheTokensKeyWasFetched() throws IOException, InterruptedException {
		Attack jku = attack("jku");
		AttackRequest request = jku.request().apply(this.aim);
		assertThat(Verdict.complaints(jku, this.aim, request, answer(401, "bad_signature"))).isEmpty();
		HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(this.aim.attacker().trap().keys()).build(), BodyHandlers.ofString());
		assertThat(Verdict.complaints(jku, this.aim, request, answer(401, "bad_signature")))
			.containsExactly("the application requested keys from the attacker's server");
	}

	@Test
	void takesTheStatusOfAnAnswerToHead() {
		AttackRequest request = new AttackRequest("HEAD", "/me", null, new HttpHeaders(), null, List.of());
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
		assertThat(Verdict.complaints(this.expired, this.aim, request, new Answer(401, headers, ""))).isEmpty();
		assertThat(Verdict.complaints(this.expired, this.aim, request, new Answer(403, headers, ""))).isNotEmpty();
	}

	@Test
	void letsServerRefuseOversizeInItsOwnWay() {
		Attack oversize = attack("oversize");
		assertThat(complaints(oversize, new Answer(431, new HttpHeaders(), ""))).isEmpty();
		assertThat(complaints(oversize, Answer.closed())).isEmpty();
		assertThat(complaints(oversize, Answer.timedOut())).isNotEmpty();
		assertThat(complaints(oversize, new Answer(500, new HttpHeaders(), ""))).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "expired", "useless-token" })
	void doesNotTakeMissingAnswerForRefusal(String attack) {
		assertThat(complaints(attack(attack), Answer.closed()))
			.containsExactly("the connection was closed without an answer, so whether it was refused is unknown");
		assertThat(complaints(attack(attack), Answer.timedOut()))
			.containsExactly("there was no answer in time, so whether it was refused is unknown");
	}

	@Test
	void seesThatStreamWasNotRefused() {
		assertThat(complaints(attack("useless-token"), new Answer(200, new HttpHeaders(), "data:0", false)))
			.singleElement()
			.asString()
			.startsWith("it was not refused");
	}

	private List<String> complaints(Attack attack, Answer answer) {
		return Verdict.complaints(attack, this.aim, attack.request().apply(this.aim), answer);
	}

	private static Attack attack(String name) {
		return Catalogue.all().stream().filter((attack) -> attack.name().equals(name)).findFirst().orElseThrow();
	}

	private static Answer answer(Consumer<HttpHeaders> change) {
		Answer answer = answer(Reason.TOKEN_EXPIRED.status(), Reason.TOKEN_EXPIRED.code());
		change.accept(answer.headers());
		return answer;
	}

	private static Answer answer(int status, String reason) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
		return new Answer(status, headers, "{\"reason\":\"%s\"}".formatted(reason));
	}

}
