package dev.authstarter.test.call;

import dev.authstarter.Reason;
import dev.authstarter.RequiresPermission;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.WithForgedToken;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.security.test.context.support.WithAnonymousUser;
import org.springframework.security.test.context.support.WithMockUser;

import static dev.authstarter.test.call.CallAssert.assertThatCall;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest(classes = CallAssertTests.Application.class, webEnvironment = WebEnvironment.NONE)
@AutoConfigureForgedTokens
@WithForgedToken(scopes = "write:rooms", organization = "org_acme")
class CallAssertTests {

	@Autowired
	private Rooms rooms;

	@Test
	void namesWhatIsMissing() {
		assertThatCall(this.rooms::list).isRefusedWith(Reason.INSUFFICIENT_SCOPE).namesMissingScope("read:rooms");
		assertThatCall(this.rooms::close).namesMissingRole("keeper");
		assertThatCall(this.rooms::book).namesMissingPermission("book:rooms");
	}

	@Test
	@WithForgedToken(scopes = "read:rooms")
	void callIsAllowed() {
		assertThatCall(this.rooms::list).isAllowed();
		assertFails(() -> assertThatCall(this.rooms::list).isRefusedWith(Reason.INSUFFICIENT_SCOPE),
				"Expected a refusal with%n  reason:    insufficient_scope%nbut got%n  thrown:    nothing".formatted());
	}

	@Test
	void exceptionNamesWhatIsMissing() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(this.rooms::list)
			.withMessage("The token lacks a required scope: read:rooms (%s#list)".formatted(Rooms.class.getName()));
	}

	@Test
	void saysWhatBecameOfTheCall() {
		assertFails(() -> assertThatCall(this.rooms::list).isAllowed(), """
				Expected a call that returns
				but got
				  thrown:    dev.authstarter.access.RuleRefusedException: The token lacks a required scope: read:rooms \
				(%s#list)
				  reason:    insufficient_scope
				  required:  [read:rooms]
				  caller:    JwtAuthenticationToken 'forged-user' with [""".formatted(Rooms.class.getName()));
	}

	@Test
	void failsForAnotherReasonOrName() {
		assertFails(() -> assertThatCall(this.rooms::list).isRefusedWith(Reason.INSUFFICIENT_ROLE),
				"insufficient_role");
		assertFails(() -> assertThatCall(this.rooms::list).namesMissingScope("read:notes"), "read:notes");
		assertFails(() -> assertThatCall(this.rooms::list).namesMissingRole("read:rooms"), "insufficient_role");
		assertFails(() -> assertThatCall(this.rooms::list).namesMissingPermission("read:rooms"),
				"insufficient_permission");
	}

	@Test
	void failsForAnotherException() {
		ThrowingCallable broken = () -> {
			throw new IllegalStateException("broken: 100%");
		};
		assertFails(() -> assertThatCall(broken).isRefusedWith(Reason.INSUFFICIENT_SCOPE),
				"thrown:    java.lang.IllegalStateException: broken: 100%");
		assertFails(() -> assertThatCall(broken).isAllowed(), "reason:    (none)");
	}

	@Test
	@WithMockUser
	void saysWhatToUseInPlaceOfAMockedUser() {
		assertThatCall(this.rooms::list).isRefusedWith(Reason.TOKEN_REQUIRED);
		assertFails(() -> assertThatCall(this.rooms::list).isAllowed(),
				"hint:      The test has a caller without a token, as @WithMockUser makes one. Use @WithForgedToken");
	}

	@Test
	@WithAnonymousUser
	void anonymousCallerLacksAToken() {
		assertThatCall(this.rooms::list).isRefusedWith(Reason.MISSING_TOKEN);
	}

	private static void assertFails(ThrowingCallable assertion, String words) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion).withMessageContaining(words);
	}

	@EnableAutoConfiguration
	@Import(Rooms.class)
	static class Application {

	}

	static class Rooms {

		@RequiresScope("read:rooms")
		void list() {
		}

		@RequiresRole("keeper")
		void close() {
		}

		@RequiresPermission("book:rooms")
		void book() {
		}

	}

}
