package dev.authstarter.web;

import java.util.Collections;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;

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
	void leavesBearerTokenToWhoeverDecidesOnIt(String name) {
		this.sent.addHeader("Authorization", "Bearer a" + CONTROL);
		assertThat(Collections.list(firewalled().getHeaders(name))).containsExactly("Bearer a" + CONTROL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Basic a", "Bearerish a", "a" })
	void judgesOtherCredentials(String value) {
		this.sent.addHeader("Authorization", value + CONTROL);
		assertThatExceptionOfType(RequestRejectedException.class)
			.isThrownBy(() -> Collections.list(firewalled().getHeaders("Authorization")));
	}

	@Test
	void judgesOtherCredentialsBesideBearerToken() {
		this.sent.addHeader("Authorization", "Bearer a");
		this.sent.addHeader("Authorization", "Basic a" + CONTROL);
		assertThatExceptionOfType(RequestRejectedException.class)
			.isThrownBy(() -> Collections.list(firewalled().getHeaders("Authorization")))
			.withMessageNotContaining("Basic");
	}

	@Test
	void judgesOtherHeaders() {
		this.sent.addHeader("Authorization", "Bearer a");
		this.sent.addHeader("X-Forwarded-Authorization", "Bearer a" + CONTROL);
		assertThatExceptionOfType(RequestRejectedException.class)
			.isThrownBy(() -> Collections.list(firewalled().getHeaders("X-Forwarded-Authorization")));
	}

	@Test
	void judgesBearerTokenThatIsReadAnotherWay() {
		this.sent.addHeader("Authorization", "Bearer a" + CONTROL);
		assertThatExceptionOfType(RequestRejectedException.class)
			.isThrownBy(() -> firewalled().getHeader("Authorization"));
	}

	@Test
	void judgesPaths() {
		this.sent.setRequestURI("/a/../b");
		assertThatExceptionOfType(RequestRejectedException.class).isThrownBy(this::firewalled);
	}

	@Test
	void findsNoHeaderWhereThereIsNone() {
		assertThat(Collections.list(firewalled().getHeaders("Authorization"))).isEmpty();
	}

	private FirewalledRequest firewalled() {
		return new BearerFirewall().getFirewalledRequest(this.sent);
	}

}
