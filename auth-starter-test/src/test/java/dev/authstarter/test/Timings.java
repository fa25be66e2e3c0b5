package dev.authstarter.test;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import com.nimbusds.jose.JOSEException;
import dev.authstarter.test.signing.ForgeKeys;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

/**
 * Prints the run time of the module; nothing is asserted. Its name keeps it out of the
 * build; CONTRIBUTING.md says how to run it.
 */
class Timings {

	private static final int ROUNDS = 2_000;

	private static final int STARTS = 11;

	/** What a start prints, in this order. */
	private static final List<String> FIGURES = List.of("time from the start of the JVM",
			"processor time of the test's thread",
			"processor time of all threads, those that make the key and compile, too",
			"processor time of all threads, for another slice in the same JVM");

	/** Of header and claims, about. */
	private static final int TOKEN_LENGTH = 700;

	@Test
	void forging() {
		new ApplicationContextRunner().withUserConfiguration(Api.class)
			.withConfiguration(
					AutoConfigurations.of(TokenForgeAutoConfiguration.class, ForgedKeysAutoConfiguration.class))
			.withPropertyValues("auth-starter.issuer=https://issuer.example/", "auth-starter.audience=api",
					"auth-starter.provider=keycloak")
			.run((context) -> {
				TokenForge forge = context.getBean(TokenForge.class);
				System.out.printf("forging and signing, CPU: first %.1f ms%n", cpu(() -> forge(forge)) / 1e6);
				print("second to 100th", forge, 99);
				print("101st to %dth".formatted(ROUNDS), forge, ROUNDS - 100);
			});
	}

	/** Beside the signature alone, without which no token is genuine, alternately. */
	private static void print(String which, TokenForge forge, int rounds) {
		List<Long> tokens = new ArrayList<>();
		List<Long> signatures = new ArrayList<>();
		for (int i = 0; i < rounds; i++) {
			tokens.add(cpu(() -> forge(forge)));
			signatures.add(cpu(Timings::signNothingElse));
		}
		double token = median(tokens) / 1e6;
		double signature = median(signatures) / 1e6;
		System.out.printf("  %s: median %.2f ms, 99 %% %.2f ms; the JDK's RSA signature alone %.2f ms, ratio %.2f%n",
				which, token, tokens.get(rounds * 99 / 100) / 1e6, signature, token / signature);
	}

	private static long cpu(Runnable work) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long start = threads.getCurrentThreadCpuTime();
		work.run();
		return threads.getCurrentThreadCpuTime() - start;
	}

	private static void forge(TokenForge forge) {
		forge.token().withScopes("read:appointments").withRoles("viewer").forOrganization("org_acme", "editor").value();
	}

	private static void signNothingElse() {
		try {
			Signature signature = Signature.getInstance("SHA256withRSA");
			signature.initSign(ForgeKeys.of(0).rsa().toPrivateKey());
			signature.update(new byte[TOKEN_LENGTH]);
			signature.sign();
		}
		catch (GeneralSecurityException | JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static long median(List<Long> times) {
		Collections.sort(times);
		return times.get(times.size() / 2);
	}

	/** Each in a JVM of its own, alternately. */
	@Test
	void slice() throws Exception {
		List<List<Long>> stock = new ArrayList<>();
		List<List<Long>> forged = new ArrayList<>();
		for (int i = 0; i < STARTS; i++) {
			stock.add(start(StockSlice.class, NextStockSlice.class));
			forged.add(start(ForgedSlice.class, NextForgedSlice.class));
		}
		System.out.printf("slices, to the first answer, medians of %d starts in ms:%n", STARTS);
		for (int i = 0; i < FIGURES.size(); i++) {
			List<Long> ofStock = figure(stock, i);
			List<Long> ofForged = figure(forged, i);
			long difference = median(ofForged) - median(ofStock);
			System.out.printf("  %s: jwt() %d %s, forged %d %s, difference %d%n", FIGURES.get(i), median(ofStock),
					ofStock, median(ofForged), ofForged, difference);
		}
	}

	private static List<Long> figure(List<List<Long>> starts, int position) {
		return new ArrayList<>(starts.stream().map((figures) -> figures.get(position)).toList());
	}

	private static List<Long> start(Class<?> first, Class<?> next) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-cp",
				System.getProperty("java.class.path"), Timings.class.getName(), first.getName(), next.getName())
			.redirectErrorStream(true)
			.start();
		try (InputStream output = process.getInputStream()) {
			String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new IllegalStateException(text);
			}
			return Arrays.stream(text.substring(text.lastIndexOf('=') + 1).strip().split(" ", -1))
				.map(Long::valueOf)
				.toList();
		}
	}

	/**
	 * Start a slice and send one request, then another slice.
	 * @param args the slices
	 * @throws Exception if one does not work
	 */
	public static void main(String[] args) throws Exception {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		request(Class.forName(args[0]));
		long time = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
		long own = threads.getCurrentThreadCpuTime() / 1_000_000;
		long all = allThreads();
		request(Class.forName(args[1]));
		System.out.printf("%n=%d %d %d %d", time, own, all, allThreads() - all);
		System.exit(0);
	}

	private static long allThreads() {
		return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
	}

	private static void request(Class<?> slice) throws Exception {
		boolean forged = slice.isAnnotationPresent(AutoConfigureForgedTokens.class);
		if (forged) {
			// As JUnit does before it starts the application.
			new ForgedTokenParameter();
		}
		ApplicationContext application = new TestContextManager(slice).getTestContext().getApplicationContext();
		RequestPostProcessor caller = forged
				? application.getBean(TokenForge.class)
					.token()
					.withScopes("read:appointments")
					.forOrganization("org_acme")
				: jwt().jwt((token) -> token.claim("org_id", "org_acme"))
					.authorities(new SimpleGrantedAuthority("SCOPE_read:appointments"));
		int status = application.getBean(MockMvcTester.class)
			.get()
			.uri("/organizations/org_acme/appointments")
			.with(caller)
			.exchange()
			.getResponse()
			.getStatus();
		if (status != HttpStatus.OK.value()) {
			throw new IllegalStateException("Answered with " + status);
		}
	}

	@WebMvcTest(AppointmentController.class)
	static class StockSlice {

	}

	@WebMvcTest(AppointmentController.class)
	@AutoConfigureForgedTokens
	static class ForgedSlice {

	}

	@WebMvcTest(controllers = AppointmentController.class, properties = "slice=next")
	static class NextStockSlice {

	}

	@WebMvcTest(controllers = AppointmentController.class, properties = "slice=next")
	@AutoConfigureForgedTokens
	static class NextForgedSlice {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Api {

	}

}
