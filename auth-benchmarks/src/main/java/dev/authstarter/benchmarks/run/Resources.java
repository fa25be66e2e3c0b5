package dev.authstarter.benchmarks.run;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * The resources that this process uses.
 */
final class Resources {

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	/** Objects may only become collectable after an earlier collection. */
	private static final int COLLECTIONS = 3;

	private Resources() {
	}

	/**
	 * Return the processor time of all threads, including those of the garbage collector
	 * and the compiler.
	 * @return nanoseconds since the process started
	 */
	static long processorTime() {
		return SYSTEM.getProcessCpuTime();
	}

	/**
	 * Collect the garbage and return the heap in use.
	 * @return bytes in use
	 */
	static long heap() {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
