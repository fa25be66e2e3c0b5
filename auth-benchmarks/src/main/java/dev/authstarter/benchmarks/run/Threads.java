package dev.authstarter.benchmarks.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;

/**
 * The threads that carry requests: virtual threads if Java has them, otherwise as many as
 * Tomcat has by default.
 */
final class Threads {

	private static final int PLATFORM_THREADS = 200;

	/** Java 17, the baseline, has no such method. */
	private static final @Nullable MethodHandle VIRTUAL = find();

	private Threads() {
	}

	private static @Nullable MethodHandle find() {
		try {
			return MethodHandles.publicLookup()
				.findStatic(Executors.class, "newVirtualThreadPerTaskExecutor",
						MethodType.methodType(ExecutorService.class));
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

	static boolean areVirtual() {
		return VIRTUAL != null;
	}

	static String kind() {
		return areVirtual() ? "virtual" : PLATFORM_THREADS + " platform threads";
	}

	/** Return the number of tasks that run simultaneously. */
	static int atOnce() {
		return areVirtual() ? Integer.MAX_VALUE : PLATFORM_THREADS;
	}

	static ExecutorService start() {
		if (VIRTUAL == null) {
			return Executors.newFixedThreadPool(PLATFORM_THREADS);
		}
		try {
			return (ExecutorService) VIRTUAL.invoke();
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
