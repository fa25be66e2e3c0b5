package dev.authstarter.attacked;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The result of the tests of a class, run by a separate JUnit launcher.
 *
 * @param passed names of the tests that passed
 * @param failed names of the tests that failed, once each
 * @param failures what was thrown
 */
public record Outcome(List<String> passed, Set<String> failed, List<Throwable> failures) {

	/**
	 * Run all attacks.
	 */
	public static Outcome ofAttacks() {
		return of(Map.of(), AttackSuite.class);
	}

	/**
	 * Run classes with parameters as {@code junit-platform.properties} has them.
	 */
	public static Outcome of(Map<String, String> parameters, Class<?>... testClasses) {
		// Test classes may run in parallel.
		Outcome outcome = new Outcome(new CopyOnWriteArrayList<>(), new ConcurrentSkipListSet<>(),
				new CopyOnWriteArrayList<>());
		LauncherFactory
			.create(LauncherConfig.builder()
				.enableTestExecutionListenerAutoRegistration(false)
				.enableLauncherSessionListenerAutoRegistration(false)
				.build())
			.execute(LauncherDiscoveryRequestBuilder.request()
				.selectors(Arrays.stream(testClasses).map(DiscoverySelectors::selectClass).toList())
				.configurationParameters(parameters)
				.enableImplicitConfigurationParameters(false)
				.build(), new TestExecutionListener() {
					@Override
					public void executionSkipped(TestIdentifier test, String reason) {
						outcome.failed.add(test.getDisplayName());
						outcome.failures.add(new AssertionError("skipped: " + reason));
					}

					@Override
					public void executionFinished(TestIdentifier test, TestExecutionResult result) {
						outcome.add(test, result);
					}
				});
		return outcome;
	}

	private void add(TestIdentifier test, TestExecutionResult result) {
		if (result.getStatus() != Status.SUCCESSFUL) {
			this.failed.add(test.getDisplayName());
			this.failures.add(result.getThrowable().orElseThrow());
		}
		else if (test.isTest()) {
			this.passed.add(test.getDisplayName());
		}
	}

	/**
	 * The messages of all failures.
	 */
	public String messages() {
		return this.failures.stream().map(String::valueOf).collect(Collectors.joining("\n"));
	}

}
