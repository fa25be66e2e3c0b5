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
 * Reports, once all tests of a JVM have run, which handlers no test has tried with a
 * caller who is allowed, and with one who is refused. Off by default. JUnit finds it when
 * {@code src/test/resources/junit-platform.properties} says so:
 *
 * <pre class="code">
 * junit.jupiter.extensions.autodetection.enabled=true
 * auth-starter.coverage=report
 * </pre>
 *
 * With {@code fail}, a gap fails the run. {@code -Dauth-starter.coverage=…} says it for
 * one run.
 */
public final class CoverageExtension implements BeforeAllCallback {

	private static final Log logger = LogFactory.getLog(CoverageExtension.class);

	private static final String PARAMETER = "auth-starter.coverage";

	/**
	 * Begin to count before the first test class. JUnit calls this.
	 */
	@Override
	public void beforeAll(ExtensionContext context) {
		Mode mode = context.getConfigurationParameter(PARAMETER).map(Mode::parse).orElse(Mode.OFF);
		if (mode != Mode.OFF) {
			// JUnit closes what it stores for the root when the last class has run.
			context.getRoot()
				.getStore(Namespace.create(CoverageExtension.class))
				.computeIfAbsent(Counting.class, (key) -> new Counting(mode));
		}
	}

	/**
	 * What to do with gaps.
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
	 * Counts from its making to its closing.
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
			String report = "Handlers tried by tests: %d of %d with callers who are allowed and refused%s".formatted(
					tries.known() - gaps.size(), tries.known(),
					gaps.isEmpty() ? "" : "\n  " + String.join("\n  ", gaps));
			if (this.mode == Mode.FAIL && !gaps.isEmpty()) {
				throw new AssertionError(report);
			}
			logger.info(report);
		}

	}

}
