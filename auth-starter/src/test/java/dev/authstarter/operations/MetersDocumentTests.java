package dev.authstarter.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.AuthListener.Outcome;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.keys.JwkSetMonitor;
import dev.authstarter.refusal.Reasons;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documents list all meters and observations. When this test fails, replace the table
 * in {@code docs/metrics.md} or {@code docs/operations.md} by the one in the failure
 * message.
 */
class MetersDocumentTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	MetersDocumentTests() {
		TrustedIssuers issuers = new TrustedIssuers(List.of(issuer("staff"), issuer("partners")));
		new AuthMeters(issuers, new FreshKeys(), true, new Reasons(List.of())).bindTo(this.registry);
	}

	private static TrustedIssuer issuer(String name) {
		return new TrustedIssuer(name, "https://" + name + ".example/", Set.of("one"), null, List.of("RS256"),
				List.of());
	}

	@Test
	void listsEveryMeter() throws IOException {
		StringBuilder table = new StringBuilder("| meter | type | tags | what |\n| --- | --- | --- | --- |\n");
		Set<String> rows = new TreeSet<>();
		for (Meter meter : this.registry.getMeters()) {
			rows.add("| `%s` | %s | %s | %s |%n".formatted(meter.getId().getName(), type(meter),
					meter.getId()
						.getTags()
						.stream()
						.map((tag) -> "`" + tag.getKey() + "`")
						.sorted()
						.collect(Collectors.joining(", ")),
					meter.getId().getDescription()));
		}
		rows.forEach(table::append);
		assertThat(Files.readString(Path.of("../docs/metrics.md"))).contains(table);
	}

	@Test
	void listsEveryObservation() throws IOException {
		StringBuilder table = new StringBuilder("| observation | keys |\n| --- | --- |\n");
		for (Observed observed : Observed.values()) {
			table.append("| `%s` | %s |%n".formatted(observed.getName(),
					Stream.of(observed.getLowCardinalityKeyNames())
						.map((key) -> "`" + key.asString() + "`")
						.collect(Collectors.joining(", "))));
		}
		assertThat(Files.readString(Path.of("../docs/operations.md"))).contains(table);
	}

	private static String type(Meter meter) {
		String unit = meter.getId().getBaseUnit();
		return meter.getId().getType().name().toLowerCase(Locale.ROOT)
				+ ((meter.getId().getType() == Meter.Type.GAUGE && unit != null) ? " in " + unit : "");
	}

	@Test
	void tagsHaveNoOtherValues() {
		Set<String> known = new TreeSet<>(List.of("staff", "partners", "none", "other", "accepted", "refused"));
		Reason.builtIn().stream().map(Reason::code).forEach(known::add);
		Stream.of(Outcome.values()).map((outcome) -> outcome.name().toLowerCase(Locale.ROOT)).forEach(known::add);
		assertThat(this.registry.getMeters()).flatExtracting((meter) -> meter.getId().getTags())
			.extracting(Tag::getValue)
			.isSubsetOf(known);
	}

	/**
	 * All is well.
	 */
	private static final class FreshKeys implements JwkSetMonitor {

		@Override
		public List<String> keyIds(TrustedIssuer issuer) {
			return List.of();
		}

		@Override
		public List<JwkSetMonitor.Status> status() {
			return List.of(new JwkSetMonitor.Status("staff", true, false, 2, List.of("ES256"), Duration.ZERO,
					Duration.ZERO, null));
		}

		@Override
		public CompletableFuture<?> refresh() {
			return CompletableFuture.completedFuture(null);
		}

	}

}
