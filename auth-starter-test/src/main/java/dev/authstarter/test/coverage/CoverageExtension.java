package dev.authstarter.test.coverage;

import java.util.List;
import java.util.Locale;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Reports, after all tests of a JVM have run, the handlers that no test has called with
 * an allowed caller, and those that no test has called with a refused caller. Off by
 * default. JUnit loads it with this {@code src/test/resources/junit-platform.properties}:
 *
 * <pre class="code">
 * junit.jupiter.extensions.autodetection.enabled=true
 * auth-starter.coverage=report
 * </pre>
 *
 * With {@code fail}, a gap fails the run. The system property
 * {@code -Dauth-starter.coverage=…} sets the mode for one run.
 */
public final class CoverageExtension implements BeforeAllCallback {

	private static final Log logger = LogFactory.getLog(CoverageExtension.class);

	private static final String PARAMETER = "auth-starter.coverage";

	/**
	 * Begin to count before the first test class. Called by JUnit.
	 */
	@Override
	public void beforeAll(ExtensionContext context) {
		Mode mode = context.getConfigurationParameter(PARAMETER).map(Mode::parse).orElse(Mode.OFF);
		if (mode != Mode.OFF) {
			// JUnit closes what is stored for the root after the last class has run.
			context.getRoot()
				.getStore(Namespace.create(CoverageExtension.class))
				.computeIfAbsent(Counting.class, (key) -> new Counting(mode));
		}
	}

	/**
	 * The handling of gaps.
	 */
	private enum Mode {

		OFF, REPORT, FAIL;

		static Mode parse(String text) {
			for (Mode mode : values()) {
				if (mode.name().toLowerCase(Locale.ROOT).equals(text.trim())) {
					return mode;
				}
			}
			throw new ExtensionConfigurationException(
					"'%s' cannot be '%s': use off, report or fail".formatted(PARAMETER, text));
		}

	}

	/**
	 * Counts from its creation until it is closed.
	 */
	private static final class Counting implements AutoCloseable {

		private final Mode mode;

		Counting(Mode mode) {
			this.mode = mode;
			Tries.ofThisJvm().begin();
		}

		@Override
		public void close() {
			Tries tries = Tries.ofThisJvm();
			tries.awaitRequests();
			tries.end();
			List<String> gaps = tries.gaps();
			String report = "Handlers called by tests: %d of %d with callers who are allowed and refused%s".formatted(
					tries.known() - gaps.size(), tries.known(),
					gaps.isEmpty() ? "" : "\n  " + String.join("\n  ", gaps));
			if (this.mode == Mode.FAIL && !gaps.isEmpty()) {
				throw new AssertionError(report);
			}
			logger.info(report);
		}

	}

}
