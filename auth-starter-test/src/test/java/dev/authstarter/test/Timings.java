package dev.authstarter.test;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

/**
 * What the module costs, printed and never asserted. Its name keeps it out of the build;
 * CONTRIBUTING.md says how to run it.
 */
class Timings {

	private static final int ROUNDS = 2_000;

	private static final int STARTS = 7;

	@Test
	void forging() {
		new ApplicationContextRunner().withUserConfiguration(Api.class)
			.withConfiguration(
					AutoConfigurations.of(TokenForgeAutoConfiguration.class, ForgedKeysAutoConfiguration.class))
			.withPropertyValues("auth-starter.issuer=https://issuer.example/", "auth-starter.audience=api",
					"auth-starter.provider=keycloak")
			.run((context) -> {
				TokenForge forge = context.getBean(TokenForge.class);
				long first = forge(forge);
				List<Long> later = new ArrayList<>();
				for (int i = 0; i < ROUNDS; i++) {
					later.add(forge(forge));
				}
				Collections.sort(later);
				System.out.printf(
						"forging and signing, CPU: first %.1f ms, second to %dth: median %.2f ms, 99 %% %.2f ms%n",
						first / 1e6, ROUNDS + 1, later.get(ROUNDS / 2) / 1e6, later.get(ROUNDS * 99 / 100) / 1e6);
			});
	}

	private static long forge(TokenForge forge) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long start = threads.getCurrentThreadCpuTime();
		forge.token().withScopes("read:appointments").withRoles("viewer").forOrganization("org_acme", "editor").value();
		return threads.getCurrentThreadCpuTime() - start;
	}

	/** Each in a JVM of its own, alternately. */
	@Test
	void slice() throws Exception {
		List<Long> stock = new ArrayList<>();
		List<Long> forged = new ArrayList<>();
		for (int i = 0; i < STARTS; i++) {
			stock.add(start(StockSlice.class));
			forged.add(start(ForgedSlice.class));
		}
		Collections.sort(stock);
		Collections.sort(forged);
		System.out.printf("slice, JVM start to first answer: jwt() median %d ms %s, forged median %d ms %s%n",
				stock.get(STARTS / 2), stock, forged.get(STARTS / 2), forged);
	}

	private static long start(Class<?> slice) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-cp",
				System.getProperty("java.class.path"), Timings.class.getName(), slice.getName())
			.redirectErrorStream(true)
			.start();
		try (InputStream output = process.getInputStream()) {
			String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new IllegalStateException(text);
			}
			return Long.parseLong(text.substring(text.lastIndexOf('=') + 1).strip());
		}
	}

	/**
	 * Start a slice and send one request.
	 * @param args the slice
	 * @throws Exception if it does not work
	 */
	public static void main(String[] args) throws Exception {
		Class<?> slice = Class.forName(args[0]);
		if (slice == ForgedSlice.class) {
			// As JUnit does before it starts the application.
			new ForgedTokenParameter();
		}
		ApplicationContext application = new TestContextManager(slice).getTestContext().getApplicationContext();
		RequestPostProcessor caller = (slice == StockSlice.class)
				? jwt().jwt((token) -> token.claim("org_id", "org_acme"))
					.authorities(new SimpleGrantedAuthority("SCOPE_read:appointments"))
				: application.getBean(TokenForge.class)
					.token()
					.withScopes("read:appointments")
					.forOrganization("org_acme");
		int status = application.getBean(MockMvcTester.class)
			.get()
			.uri("/organizations/org_acme/appointments")
			.with(caller)
			.exchange()
			.getResponse()
			.getStatus();
		long wall = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
		System.out.printf("%n=%d", wall);
		System.exit((status == 200) ? 0 : 1);
	}

	@WebMvcTest(AppointmentController.class)
	static class StockSlice {

	}

	@WebMvcTest(AppointmentController.class)
	@AutoConfigureForgedTokens
	static class ForgedSlice {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Api {

	}

}
