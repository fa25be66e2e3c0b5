package dev.authstarter.servlet.chain;

import java.util.Collections;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BearerFirewall}.
 */
class BearerFirewallTests {

	private static final String CONTROL = "\u0085";

	private final MockHttpServletRequest sent = new MockHttpServletRequest("GET", "/");

	@ParameterizedTest
	@ValueSource(strings = { "Authorization", "authorization" })
	void leavesBearerTokenToItsValidation(String name) {
		this.sent.addHeader("Authorization", "Bearer a" + CONTROL);
		assertThat(Collections.list(firewalled().getHeaders(name))).containsExactly("Bearer a" + CONTROL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Basic a", "Bearerish a", "a" })
	void checksOtherCredentials(String value) {
		this.sent.addHeader("Authorization", value + CONTROL);
		assertThatExceptionOfType(RequestRejectedException.class)
			.isThrownBy(() -> Collections.list(firewalled().getHeaders("Authorization")));
	}

	@Test
	void checksOtherCredentialsBesideBearerToken() {
		this.sent.addHeader("Authorization", "Bearer a");
		this.sent.addHeader("Authorization", "Basic a" + CONTROL);
		assertThatExceptionOfType(RequestRejectedException.class)
			.isThrownBy(() -> Collections.list(firewalled().getHeaders("Authorization")))
			.withMessageNotContaining("Basic");
	}

	@Test
	void checksOtherHeaders() {
		this.sent.addHeader("Authorization", "Bearer a");
		this.sent.addHeader("X-Forwarded-Authorization", "Bearer a" + CONTROL);
		assertThatExceptionOfType(RequestRejectedException.class)
			.isThrownBy(() -> Collections.list(firewalled().getHeaders("X-Forwarded-Authorization")));
	}

	@Test
	void checksBearerTokenThatIsReadAnotherWay() {
		this.sent.addHeader("Authorization", "Bearer a" + CONTROL);
		assertThatExceptionOfType(RequestRejectedException.class)
			.isThrownBy(() -> firewalled().getHeader("Authorization"));
	}

	@Test
	void checksBearerTokenWhereOthersMayReadIt() {
		this.sent.addHeader("Authorization", "Bearer a" + CONTROL);
		assertThatExceptionOfType(RequestRejectedException.class)
			.isThrownBy(() -> Collections.list(firewalled(false).getHeaders("Authorization")));
	}

	/** Every character has the same result as with Spring Security's own firewall. */
	@Test
	void rejectsExactlyWhatStrictFirewallRejectsWhereOthersMayReadIt() {
		for (char c = 0; c < Character.MAX_VALUE; c++) {
			MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
			request.addHeader("Authorization", "Bearer a" + c);
			assertThat(isAllowed(new BearerFirewall(false), request)).as("character %d", (int) c)
				.isEqualTo(isAllowed(new StrictHttpFirewall(), request));
		}
	}

	private static boolean isAllowed(HttpFirewall firewall, MockHttpServletRequest request) {
		try {
			return firewall.getFirewalledRequest(request).getHeaders("Authorization").nextElement() != null;
		}
		catch (RequestRejectedException ex) {
			return false;
		}
	}

	@Test
	void checksPaths() {
		this.sent.setRequestURI("/a/../b");
		assertThatExceptionOfType(RequestRejectedException.class).isThrownBy(this::firewalled);
	}

	@Test
	void findsNoHeaderWhereThereIsNone() {
		assertThat(Collections.list(firewalled().getHeaders("Authorization"))).isEmpty();
	}

	private FirewalledRequest firewalled() {
		return firewalled(true);
	}

	private FirewalledRequest firewalled(boolean leavesTokens) {
		return new BearerFirewall(leavesTokens).getFirewalledRequest(this.sent);
	}

}
