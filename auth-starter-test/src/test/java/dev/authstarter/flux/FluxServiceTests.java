package dev.authstarter.flux;

import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.reactive.ReactiveOrganization;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.WithForgedToken;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static dev.authstarter.test.call.CallAssert.assertThatCall;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services that return publishers are called as the caller of {@code @WithForgedToken}.
 */
@SpringBootTest(classes = LetterApplication.class, properties = "spring.main.web-application-type=reactive")
@AutoConfigureWebTestClient
@AutoConfigureForgedTokens
@WithForgedToken(scopes = "read:letters", organization = "org_acme")
class FluxServiceTests {

	@Autowired
	private LetterApplication.Letters letters;

	@Autowired
	private ReactiveOrganization acting;

	@Autowired
	private WebTestClient client;

	@Test
	void callerHasTheTokenOfTheClass() {
		StepVerifier.create(this.letters.list()).expectNext("org_acme").verifyComplete();
		assertThat(this.letters.list().collectList().block()).containsExactly("org_acme");
	}

	@Test
	void callerHasTheTokenOnOtherThreads() {
		StepVerifier
			.create(this.letters.list().subscribeOn(Schedulers.boundedElastic()).publishOn(Schedulers.parallel()))
			.expectNext("org_acme")
			.verifyComplete();
	}

	@Test
	@WithForgedToken(organization = "org_globex", organizationRoles = "editor")
	void tokenOfTheMethodReplacesThatOfTheClass() {
		assertThat(this.letters.write("text").block()).isEqualTo("text of org_globex");
		assertThat(this.acting.get().map(Organization::id).block()).isEqualTo("org_globex");
	}

	@Test
	void rulesAreEnforced() {
		assertThatCall(() -> this.letters.write("text").block()).isRefusedWith(Reason.INSUFFICIENT_ROLE);
	}

	@Test
	@WithForgedToken(organization = "org_acme", organizationRoles = "editor")
	void rulesOfMethodsThatReturnManyAreEnforced() {
		assertThatCall(() -> this.letters.list().blockLast()).isRefusedWith(Reason.INSUFFICIENT_SCOPE)
			.namesMissingScope("read:letters");
	}

	@Test
	@WithForgedToken(scopes = "read:letters", organization = "org_acme", subject = "auth0|42")
	void clientIsThatCallerToo() {
		this.client.get().uri("/me").exchange().expectBody(String.class).isEqualTo("auth0|42");
		assertThatResponse(this.client.get().uri("/organizations/org_globex/letters").exchange())
			.isRefusedWith(Reason.ORGANIZATION_MISMATCH);
		StepVerifier.create(this.letters.list()).expectNext("org_acme").verifyComplete();
	}

	@Test
	void tokenOfARequestReplacesTheCaller(ForgedToken token) {
		this.client.mutateWith(token.asUser("other"))
			.get()
			.uri("/me")
			.exchange()
			.expectBody(String.class)
			.isEqualTo("other");
	}

}
