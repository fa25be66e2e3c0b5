package dev.authstarter.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Records where virtual threads block without releasing their carrier thread, for any
 * duration.
 */
final class Pinning implements AutoCloseable {

	private static final String EVENT = "jdk.VirtualThreadPinned";

	private final Recording recording = new Recording();

	private Pinning() {
		this.recording.enable(EVENT).withStackTrace().withThreshold(Duration.ZERO);
		this.recording.start();
	}

	/**
	 * Start recording, after a test that pinned threads are recorded.
	 */
	static Pinning record() throws IOException, InterruptedException, ExecutionException {
		if (Threads.areVirtual()) {
			ExecutorService threads = Threads.start();
			try (Pinning proof = new Pinning()) {
				threads.submit(() -> PinnedOnPurpose.TIME).get();
				if (proof.where().isEmpty()) {
					throw new IllegalStateException("A virtual thread was pinned, and it was not recorded");
				}
			}
			finally {
				threads.shutdownNow();
			}
		}
		return new Pinning();
	}

	/**
	 * Stop, and return how often threads were pinned and where.
	 */
	String stop() throws IOException {
		Map<String, Integer> where = where();
		int count = where.values().stream().mapToInt(Integer::intValue).sum();
		return count + (where.isEmpty() ? "" : ", " + where);
	}

	private Map<String, Integer> where() throws IOException {
		this.recording.stop();
		Path file = Files.createTempFile("pinning", ".jfr");
		try {
			this.recording.dump(file);
			Map<String, Integer> where = new TreeMap<>();
			for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
				where.merge(where(event), 1, Integer::sum);
			}
			return where;
		}
		finally {
			Files.delete(file);
		}
	}

	/** The first frame outside of the JDK. */
	private static String where(RecordedEvent event) {
		RecordedStackTrace stack = event.getStackTrace();
		if (stack != null) {
			for (RecordedFrame frame : stack.getFrames()) {
				String type = frame.getMethod().getType().getName();
				if (!type.startsWith("java.") && !type.startsWith("jdk.") && !type.startsWith("sun.")) {
					return type + "." + frame.getMethod().getName();
				}
			}
		}
		return "the JDK";
	}

	@Override
	public void close() {
		this.recording.close();
	}

	/**
	 * Blocks while it is initialized, which pins a thread in every Java.
	 */
	private static final class PinnedOnPurpose {

		private static final long TIME = sleep();

		private static long sleep() {
			try {
				Thread.sleep(50);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return System.nanoTime();
		}

	}

}
