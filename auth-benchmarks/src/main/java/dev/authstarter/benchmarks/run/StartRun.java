package dev.authstarter.benchmarks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import dev.authstarter.benchmarks.BenchmarkedApi;
import dev.authstarter.benchmarks.BenchmarkedToken;
import dev.authstarter.test.issuer.TestIssuer;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.util.FileSystemUtils;

/**
 * Measures the start-up of an application with Spring Boot's stock resource server and
 * with this library, configured by properties alone, with the same web server and
 * actuator. Each runs in its own JVM, in turns. The beans can be processed ahead of time,
 * and the classes stored in an archive.
 */
public final class StartRun {

	private static final String STARTED = "started ";

	private StartRun() {
	}

	/**
	 * The variants of the application.
	 */
	private enum Variant {

		/** Spring Boot's resource server. */
		STOCK(BenchmarkedApi.Mode.STOCK, Api.class) {

			@Override
			String[] arguments(String issuer) {
				return stock(issuer);
			}

		},

		/** The same with {@code @PreAuthorize}, which this library enables by default. */
		STOCK_WITH_METHOD_SECURITY(BenchmarkedApi.Mode.STOCK, ApiWithMethodSecurity.class) {

			@Override
			String[] arguments(String issuer) {
				return stock(issuer);
			}

		},

		/**
		 * This library, which fetches keys for the first token, as the stock resource
		 * server does.
		 */
		OURS(BenchmarkedApi.Mode.OURS, Api.class) {

			@Override
			String[] arguments(String issuer) {
				return new String[] { "--auth-starter.issuer=" + issuer,
						"--auth-starter.audience=" + BenchmarkedToken.AUDIENCE, "--auth-starter.keys.warm-up=false" };
			}

		},

		/** This library by default: it fetches the keys before it is ready. */
		OURS_WARM(BenchmarkedApi.Mode.OURS, Api.class) {

			@Override
			String[] arguments(String issuer) {
				return new String[] { "--auth-starter.issuer=" + issuer,
						"--auth-starter.audience=" + BenchmarkedToken.AUDIENCE };
			}

		};

		private final BenchmarkedApi.Mode mode;

		private final Class<?> api;

		Variant(BenchmarkedApi.Mode mode, Class<?> api) {
			this.mode = mode;
			this.api = api;
		}

		private static String[] stock(String issuer) {
			return new String[] { "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer,
					"--spring.security.oauth2.resourceserver.jwt.audiences=" + BenchmarkedToken.AUDIENCE };
		}

		abstract String[] arguments(String issuer);

	}

	/**
	 * How the start-up is prepared.
	 */
	private enum Preparation {

		/** Not at all. */
		PLAIN,

		/** The beans are processed ahead of time. */
		AOT,

		/** The classes are stored in an AOT cache (Java 25) or a CDS archive. */
		CACHE,

		/** Both. */
		AOT_AND_CACHE

	}

	/**
	 * Run.
	 * @param arguments the number of rounds, 9 if it is absent, and the preparations, all
	 * if they are absent. A variant and an issuer start one application, and stop it.
	 * @throws Exception if the run itself fails
	 */
	public static void main(String[] arguments) throws Exception {
		if (arguments.length == 2 && arguments[1].contains("://")) {
			startHere(Variant.valueOf(arguments[0]), arguments[1]);
			return;
		}
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 9;
		List<Preparation> preparations = (arguments.length > 1)
				? Arrays.stream(arguments).skip(1).map(Preparation::valueOf).toList() : List.of(Preparation.values());
		for (Preparation preparation : preparations) {
			run(rounds, preparation);
		}
	}

	private static void run(int rounds, Preparation preparation) throws IOException, InterruptedException {
		Map<Variant, List<Start>> starts = new EnumMap<>(Variant.class);
		Path folder = Files.createTempDirectory("start");
		try (TestIssuer issuer = TestIssuer.start()) {
			Map<Variant, List<String>> commands = new EnumMap<>(Variant.class);
			for (Variant variant : Variant.values()) {
				commands.put(variant,
						command(Files.createDirectory(folder.resolve(variant.name())), variant, preparation, issuer));
			}
			for (int round = 0; round <= rounds; round++) {
				for (Variant variant : Variant.values()) {
					Start start = startElsewhere(variant, commands.getOrDefault(variant, List.of()), issuer);
					// The first round runs without the cache of the file system.
					if (round > 0) {
						starts.computeIfAbsent(variant, (key) -> new ArrayList<>()).add(start);
					}
				}
			}
		}
		FileSystemUtils.deleteRecursively(folder);
		System.out.println("Java " + Runtime.version().feature() + ", " + preparation);
		System.out.println("| start | elapsed, ms | more than stock | processor time, ms | more than stock |");
		System.out.println("| --- | --- | --- | --- | --- |");
		List<Start> stock = starts.getOrDefault(Variant.STOCK, List.of());
		starts.forEach((variant, measured) -> System.out.printf("| %s | %s | %s | %s | %s |%n", variant,
				all(measured, Start::elapsed), differences(measured, stock, Start::elapsed),
				all(measured, Start::processorTime), differences(measured, stock, Start::processorTime)));
	}

	private static List<String> command(Path folder, Variant variant, Preparation preparation, TestIssuer issuer)
			throws IOException, InterruptedException {
		PreparedStart start = new PreparedStart(folder, StartRun.class, variant.name(), issuer.issuer());
		if (preparation == Preparation.AOT || preparation == Preparation.AOT_AND_CACHE) {
			start.processBeans();
		}
		if (preparation == Preparation.CACHE || preparation == Preparation.AOT_AND_CACHE) {
			start.archiveClasses();
		}
		return start.command();
	}

	private static String all(List<Start> starts, ToDoubleFunction<Start> measure) {
		return Spread.of(starts.stream().mapToDouble(measure).boxed().toList()).text(0);
	}

	/** Return the differences of the measurements of each round. */
	private static String differences(List<Start> starts, List<Start> others, ToDoubleFunction<Start> measure) {
		List<Double> differences = new ArrayList<>();
		for (int i = 0; i < starts.size(); i++) {
			differences.add(measure.applyAsDouble(starts.get(i)) - measure.applyAsDouble(others.get(i)));
		}
		return Spread.of(differences).text(0);
	}

	private static Start startElsewhere(Variant variant, List<String> command, TestIssuer issuer)
			throws IOException, InterruptedException {
		issuer.resetCounters();
		long begin = System.nanoTime();
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		Start start = null;
		try (BufferedReader output = process.inputReader()) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.startsWith(STARTED)) {
					start = new Start((System.nanoTime() - begin) / 1e6,
							Double.parseDouble(line.substring(STARTED.length())));
				}
			}
		}
		finally {
			if (!process.waitFor(1, TimeUnit.MINUTES)) {
				process.destroyForcibly();
			}
		}
		if (start == null) {
			throw new IllegalStateException(variant + " did not start");
		}
		boolean asked = issuer.fetches() + issuer.metadataFetches() > 0;
		if (asked != (variant == Variant.OURS_WARM)) {
			throw new IllegalStateException(variant + (asked ? " asked" : " did not ask") + " the issuer at start");
		}
		return start;
	}

	private static void startHere(Variant variant, String issuer) {
		BenchmarkedApi.start(variant.api, variant.mode, true, variant.arguments(issuer));
		System.out.println(STARTED + String.format(Locale.ROOT, "%.1f", Resources.processorTime() / 1e6));
		// The shutdown is not measured.
		System.exit(0);
	}

	/**
	 * The times of one start-up, in milliseconds.
	 *
	 * @param elapsed the time from the start of the process until it can answer
	 * @param processorTime the processor time of all its threads
	 */
	private record Start(double elapsed, double processorTime) {

	}

	/**
	 * The API under test, declared like a usual application.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(BenchmarkedApi.Appointments.class)
	static class Api {

	}

	/**
	 * The API under test, with rules on methods.
	 */
	@Import(Api.class)
	@EnableMethodSecurity
	static class ApiWithMethodSecurity {

	}

}
