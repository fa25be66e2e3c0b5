package dev.authstarter.operations;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.AuthListener;
import dev.authstarter.event.RequestRefused;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.keys.JwkSetMonitor;
import dev.authstarter.refusal.Reasons;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Publishes token, refusal, key and introspection metrics. Every series is registered at
 * start-up, so that a rate can be computed before the first refusal. No tag value comes
 * from a request.
 */
final class AuthMeters implements AuthListener, MeterBinder {

	static final String NONE = "none";

	private final Map<String, LongAdder> accepted = new LinkedHashMap<>();

	private final Map<String, Map<String, LongAdder>> refused = new LinkedHashMap<>();

	private final Map<String, Map<Outcome, Tally>> keyFetches = new LinkedHashMap<>();

	private final Map<Outcome, Tally> introspections = Tally.ofEachOutcome();

	private final @Nullable JwkSetMonitor keySets;

	private final boolean introspection;

	/**
	 * Create the series of each issuer and reason.
	 * @param keySets the key sets to measure, or {@code null} if this library fetches
	 * none
	 * @param introspection whether an introspection endpoint is configured
	 * @param reasons the reasons that have a series each
	 */
	AuthMeters(TrustedIssuers issuers, @Nullable JwkSetMonitor keySets, boolean introspection, Reasons reasons) {
		for (TrustedIssuer issuer : issuers) {
			this.accepted.put(issuer.name(), new LongAdder());
			this.refused.put(issuer.name(), ofEach(reasons));
			this.keyFetches.put(issuer.name(), Tally.ofEachOutcome());
		}
		this.refused.put(NONE, ofEach(reasons));
		this.keySets = keySets;
		this.introspection = introspection;
	}

	private static Map<String, LongAdder> ofEach(Reasons reasons) {
		Map<String, LongAdder> counts = new LinkedHashMap<>();
		for (Reason reason : reasons.all()) {
			counts.put(reason.code(), new LongAdder());
		}
		counts.put(Reasons.OTHER, new LongAdder());
		return Collections.unmodifiableMap(counts);
	}

	@Override
	public void tokenAccepted(TrustedIssuer issuer) {
		count(this.accepted.get(issuer.name()));
	}

	private static void count(@Nullable LongAdder count) {
		if (count != null) {
			count.increment();
		}
	}

	@Override
	public void requestRefused(RequestRefused refused) {
		Map<String, LongAdder> counts = this.refused.get((refused.issuer() != null) ? refused.issuer() : NONE);
		if (counts != null) {
			LongAdder count = counts.get(refused.reason().code());
			count((count != null) ? count : counts.get(Reasons.OTHER));
		}
	}

	@Override
	public void keysFetched(TrustedIssuer issuer, Outcome outcome, Duration took) {
		add(this.keyFetches.get(issuer.name()), outcome, took);
	}

	@Override
	public void tokenIntrospected(Outcome outcome, Duration took) {
		add(this.introspections, outcome, took);
	}

	private static void add(@Nullable Map<Outcome, Tally> tallies, Outcome outcome, Duration took) {
		Tally tally = (tallies != null) ? tallies.get(outcome) : null;
		if (tally != null) {
			tally.add(took);
		}
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.accepted.forEach((issuer, count) -> tokens(registry, issuer, "accepted", NONE, count));
		this.refused.forEach((issuer, counts) -> counts
			.forEach((reason, count) -> tokens(registry, issuer, "refused", reason, count)));
		if (this.keySets != null) {
			this.keyFetches.forEach((issuer, tallies) -> tally(registry, "auth.keys.fetches",
					"Attempts to fetch an issuer's keys", Tags.of("issuer", issuer), tallies));
			this.keyFetches.keySet().forEach((issuer) -> keys(registry, issuer, this.keySets));
		}
		if (this.introspection) {
			tally(registry, "auth.introspection", "Introspection requests to issuers", Tags.empty(),
					this.introspections);
		}
	}

	private static void tokens(MeterRegistry registry, String issuer, String outcome, String reason, LongAdder count) {
		FunctionCounter.builder("auth.tokens", count, LongAdder::doubleValue)
			.description("Tokens that passed the policy, and requests that were refused")
			.tags("outcome", outcome, "reason", reason, "issuer", issuer)
			.register(registry);
	}

	private static void tally(MeterRegistry registry, String name, String description, Tags tags,
			Map<Outcome, Tally> tallies) {
		tallies.forEach((outcome, tally) -> FunctionTimer
			.builder(name, tally, Tally::count, Tally::nanoseconds, TimeUnit.NANOSECONDS)
			.description(description)
			.tags(tags.and("outcome", outcome.name().toLowerCase(Locale.ROOT)))
			.register(registry));
	}

	private static void keys(MeterRegistry registry, String issuer, JwkSetMonitor keySets) {
		Gauge.builder("auth.keys", keySets, of(issuer, (status) -> status.usable() ? status.keys() : 0))
			.description("Keys that an issuer's tokens can be verified with")
			.tag("issuer", issuer)
			.register(registry);
		Gauge.builder("auth.keys.degraded", keySets, of(issuer, (status) -> status.degraded() ? 1 : 0))
			.description("1 while an issuer's keys cannot be fetched, otherwise 0")
			.tag("issuer", issuer)
			.register(registry);
		TimeGauge
			.builder("auth.keys.age", keySets, TimeUnit.MILLISECONDS,
					of(issuer, (status) -> (status.age() != null) ? status.age().toMillis() : Double.NaN))
			.description("Time since an issuer's keys were fetched")
			.tag("issuer", issuer)
			.register(registry);
		TimeGauge
			.builder("auth.keys.stale", keySets, TimeUnit.MILLISECONDS,
					of(issuer, (status) -> status.stale().toMillis()))
			.description("Time for which an issuer's keys have been used beyond their time to live in an outage")
			.tag("issuer", issuer)
			.register(registry);
	}

	private static ToDoubleFunction<JwkSetMonitor> of(String issuer, ToDoubleFunction<JwkSetMonitor.Status> value) {
		return (keySets) -> {
			List<JwkSetMonitor.Status> all = keySets.status();
			for (JwkSetMonitor.Status status : all) {
				if (status.issuer().equals(issuer)) {
					return value.applyAsDouble(status);
				}
			}
			return Double.NaN;
		};
	}

	/**
	 * The number of events and their total duration.
	 *
	 * @param counts the number
	 * @param times the total duration in nanoseconds
	 */
	private record Tally(LongAdder counts, LongAdder times) {

		static Map<Outcome, Tally> ofEachOutcome() {
			Map<Outcome, Tally> tallies = new EnumMap<>(Outcome.class);
			for (Outcome outcome : Outcome.values()) {
				tallies.put(outcome, new Tally(new LongAdder(), new LongAdder()));
			}
			return Collections.unmodifiableMap(tallies);
		}

		void add(Duration took) {
			this.counts.increment();
			this.times.add(took.toNanos());
		}

		long count() {
			return this.counts.sum();
		}

		double nanoseconds() {
			return this.times.doubleValue();
		}

	}

}
