package dev.authstarter.attacked;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A project with a class path of its own, whose tests are run by a JUnit of its own: it
 * shares no static state with this one.
 *
 * @param classPath the class path
 */
public record SeparateProject(List<String> classPath) {

	/**
	 * Create a project with a part of this one's class path.
	 * @param wanted which entries it has
	 */
	public static SeparateProject with(Predicate<String> wanted) {
		return new SeparateProject(
				Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).filter(wanted).toList());
	}

	/**
	 * Add a folder of classes.
	 */
	public SeparateProject and(Path folder) {
		List<String> all = new ArrayList<>(this.classPath);
		all.add(folder.toString());
		return new SeparateProject(all);
	}

	/**
	 * Run test classes with parameters as {@code junit-platform.properties} has them.
	 */
	@SuppressWarnings("unchecked")
	public Outcome run(Map<String, String> parameters, String... testClasses) throws ReflectiveOperationException {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		ClassLoader loader = loader();
		thread.setContextClassLoader(loader);
		try {
			Class<?>[] tests = new Class<?>[testClasses.length];
			for (int i = 0; i < tests.length; i++) {
				tests[i] = loader.loadClass(testClasses[i]);
			}
			Class<?> type = loader.loadClass(Outcome.class.getName());
			Object outcome = type.getMethod("of", Map.class, Class[].class).invoke(null, parameters, tests);
			return new Outcome((List<String>) type.getMethod("passed").invoke(outcome),
					new TreeSet<>((Set<String>) type.getMethod("failed").invoke(outcome)),
					(List<Throwable>) type.getMethod("failures").invoke(outcome));
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	/**
	 * It is never closed: contexts of the tests close with the virtual machine, and load
	 * classes.
	 */
	public URLClassLoader loader() {
		return new URLClassLoader(this.classPath.stream().map(SeparateProject::url).toArray(URL[]::new),
				ClassLoader.getPlatformClassLoader());
	}

	private static URL url(String entry) {
		try {
			return Path.of(entry).toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
