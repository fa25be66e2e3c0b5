package dev.authstarter.benchmarks.run;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * What this process uses.
 */
final class Resources {

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	/** What one collection finds dead may have held what the next one finds. */
	private static final int COLLECTIONS = 3;

	private Resources() {
	}

	/**
	 * Return the processor time of all threads, those of the garbage collector and the
	 * compiler included.
	 * @return nanoseconds since the process started
	 */
	static long processorTime() {
		return SYSTEM.getProcessCpuTime();
	}

	/**
	 * Collect the garbage and see what is left.
	 * @return bytes in use
	 */
	static long heap() {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
