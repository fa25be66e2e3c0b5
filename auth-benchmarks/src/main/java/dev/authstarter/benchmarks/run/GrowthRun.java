package dev.authstarter.benchmarks.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.authstarter.authentication.CallerAuthentications;
import dev.authstarter.benchmarks.BenchmarkedToken;
import dev.authstarter.benchmarks.TokenFile;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Measures many different valid tokens: heap per token, time of a lookup, and the
 * behavior if the cache cannot hold all of them. All tokens pass the decoder of a running
 * application. The tokens themselves stay in a file.
 */
public final class GrowthRun {

	/** More than the weight of an entry. */
	private static final int BYTES_PER_TOKEN = 16_384;

	private static final int HITS = 200_000;

	private static final int BATCHES = 7;

	private static final int WARM_UP_BATCHES = 10;

	/** Many times the number of entries that the default size holds. */
	private static final int SEEN = 200_000;

	private final TokenFile tokens;

	private GrowthRun(TokenFile tokens) {
		this.tokens = tokens;
	}

	/**
	 * Run.
	 * @param arguments a folder for the tokens, which are reused; then numbers of tokens,
	 * 10000 100000 1000000 if there are none
	 * @throws IOException if the tokens cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		List<Integer> sizes = (arguments.length > 1) ? Stream.of(arguments).skip(1).map(Integer::valueOf).toList()
				: List.of(10_000, 100_000, 1_000_000);
		int largest = sizes.stream().mapToInt(Integer::intValue).max().orElseThrow();
		GrowthRun run = new GrowthRun(TokenFile.prepare(Path.of(arguments[0]), largest));
		run.warmUp(sizes.get(0));
		run.printGrowth(sizes);
		run.printBound(Math.min(run.tokens.size(), SEEN));
	}

	private void warmUp(int size) {
		try (Cache cache = new Cache(this.tokens, "--auth-starter.cache.maximum-size=" + bytes(size))) {
			cache.fill(0, size);
			for (int i = 0; i < WARM_UP_BATCHES; i++) {
				cache.hit(size, i);
				makeStrings(size, i);
			}
		}
	}

	private void printGrowth(List<Integer> sizes) {
		System.out
			.println("\n| tokens | remembered | heap each, kB | first time each, µs | known, µs | to the fewest |");
		System.out.println("| --- | --- | --- | --- | --- | --- |");
		double fewest = 0;
		for (int size : sizes) {
			try (Cache cache = new Cache(this.tokens, "--auth-starter.cache.maximum-size=" + bytes(size))) {
				long started = Resources.heap();
				long before = Resources.processorTime();
				cache.fill(0, size);
				double first = (Resources.processorTime() - before) / 1e3 / size;
				double heap = (Resources.heap() - started) / 1e3 / size;
				Spread known = hits(cache, size);
				fewest = (fewest == 0) ? known.median() : fewest;
				System.out.printf(Locale.ROOT, "| %,d | %,d | %.2f | %.1f | %s | %.2f |%n", size, cache.size(), heap,
						first, known, known.median() / fewest);
			}
		}
	}

	/** Measure hits, without the time to create the token's {@code String}. */
	private Spread hits(Cache cache, int size) {
		List<Double> costs = new ArrayList<>();
		double missesBefore = cache.misses();
		for (int i = 0; i < BATCHES; i++) {
			double alone = makeStrings(size, i);
			costs.add(cache.hit(size, i) - alone);
		}
		if (cache.misses() != missesBefore) {
			throw new IllegalStateException("Some tokens were not remembered: " + (cache.misses() - missesBefore));
		}
		return Spread.of(costs);
	}

	private double makeStrings(int size, int seed) {
		Random random = new Random(seed);
		long before = Resources.processorTime();
		int length = 0;
		for (int i = 0; i < HITS; i++) {
			length += this.tokens.token(random.nextInt(size)).length();
		}
		double cost = (Resources.processorTime() - before) / 1e3 / HITS;
		if (length == 0) {
			throw new IllegalStateException("The tokens are empty");
		}
		return cost;
	}

	/** Measure the cache with its default size. */
	private void printBound(int number) {
		System.out.println("\n| tokens seen, cache of the default size | remembered | heap, MB | evicted |");
		System.out.println("| --- | --- | --- | --- |");
		try (Cache cache = new Cache(this.tokens)) {
			long empty = Resources.heap();
			int step = number / 8;
			for (int first = 0; first + step <= number; first += step) {
				cache.fill(first, first + step);
				double heap = (Resources.heap() - empty) / 1e6;
				System.out.printf(Locale.ROOT, "| %,d | %,d | %.1f | %,d |%n", first + step, cache.size(), heap,
						cache.evictions());
			}
		}
	}

	private static long bytes(int size) {
		return Math.max(1_048_576, (long) size * BYTES_PER_TOKEN);
	}

	/**
	 * The cache of a running application, used through its decoder and its meters.
	 */
	private static final class Cache implements AutoCloseable {

		private final TokenFile tokens;

		private final ConfigurableApplicationContext context;

		private final JwtDecoder decoder;

		private final CallerAuthentications authentications;

		private final MeterRegistry meters = new SimpleMeterRegistry();

		Cache(TokenFile tokens, String... arguments) {
			this.tokens = tokens;
			this.context = BenchmarkedToken.startApplication(tokens.keys(), arguments);
			this.decoder = this.context.getBean(JwtDecoder.class);
			this.authentications = this.context.getBean(CallerAuthentications.class);
			this.context.getBeanProvider(MeterBinder.class).forEach((binder) -> binder.bindTo(this.meters));
		}

		void fill(int from, int to) {
			IntStream.range(from, to).parallel().forEach((index) -> accept(this.tokens.token(index)));
		}

		/**
		 * Send known tokens at random.
		 * @return the processor time per token, in microseconds
		 */
		double hit(int size, int seed) {
			Random random = new Random(seed);
			long before = Resources.processorTime();
			for (int i = 0; i < HITS; i++) {
				accept(this.tokens.token(random.nextInt(size)));
			}
			return (Resources.processorTime() - before) / 1e3 / HITS;
		}

		private void accept(String token) {
			if (!this.authentications.convert(this.decoder.decode(token)).isAuthenticated()) {
				throw new IllegalStateException("A good token was refused");
			}
		}

		long size() {
			return (long) this.meters.get("cache.size").gauge().value();
		}

		double misses() {
			return this.meters.get("cache.gets").tag("result", "miss").functionCounter().count();
		}

		long evictions() {
			return (long) this.meters.get("cache.evictions").functionCounter().count();
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

}
