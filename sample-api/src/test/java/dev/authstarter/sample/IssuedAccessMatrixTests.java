package dev.authstarter.sample;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.issuer.TrustedIssuers;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same table with tokens of the real issuer: forged tokens must not have other rights
 * than real ones.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class IssuedAccessMatrixTests {

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void issuerPort(DynamicPropertyRegistry properties) {
		int port = TestSocketUtils.findAvailableTcpPort();
		properties.add("sample.issuer.port", () -> port);
	}

	@Test
	void equalsTheTableOfTheReadme(@Autowired TrustedIssuers trusted, @Autowired HandlerInventory inventory)
			throws Exception {
		Map<String, AccessMatrix.Caller> callers = callers(new IssuerClient(trusted.first().issuer()));
		AccessMatrix issued = AccessMatrix.of(inventory.handlers(), this.port, callers);
		assertThat(issued.columns(callers.keySet())).isEqualTo(AccessMatrix.ofReadme().columns(callers.keySet()));
	}

	private static Map<String, AccessMatrix.Caller> callers(IssuerClient issuer) {
		Map<String, AccessMatrix.Caller> callers = new LinkedHashMap<>();
		callers.put("alice in Acme", () -> issuer.userTokens("alice", "org_acme").accessToken());
		callers.put("alice in Globex", () -> issuer.userTokens("alice", "org_globex").accessToken());
		callers.put("bob, viewer of Acme", () -> issuer.userTokens("bob", "org_acme").accessToken());
		callers.put("machine of Acme", () -> issuer.machineToken("read:appointments write:appointments"));
		callers.put("machine of none",
				() -> issuer.machineToken("ward-monitor", "ward-monitor-secret", "read:appointments"));
		callers.put("ID token", () -> issuer.userTokens("alice", "org_acme").idToken());
		callers.put("no token", () -> null);
		return callers;
	}

}
