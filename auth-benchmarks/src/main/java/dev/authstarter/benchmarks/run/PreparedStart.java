package dev.authstarter.benchmarks.run;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.springframework.boot.SpringApplicationAotProcessor;

/**
 * Prepares the start-up of an application: its beans are processed ahead of time, or its
 * classes are stored in a CDS archive or AOT cache, or both.
 */
final class PreparedStart {

	private final Path folder;

	private final String main;

	private final List<String> arguments;

	private final List<String> options = new ArrayList<>();

	private final List<String> classPath = new ArrayList<>();

	/**
	 * Prepare an application with the class path of this JVM.
	 * @param folder an empty folder for the generated files
	 * @param main the main class
	 * @param arguments its arguments
	 */
	PreparedStart(Path folder, Class<?> main, String... arguments) throws IOException {
		this.folder = folder;
		this.main = main.getName();
		this.arguments = List.of(arguments);
		for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
			Path path = Path.of(element);
			// Archives of classes do not support folders.
			this.classPath
				.add(Files.isDirectory(path) ? jar(path, "classes" + this.classPath.size() + ".jar") : element);
		}
	}

	/** Generate and compile the code that creates the beans. */
	void processBeans() throws IOException, InterruptedException {
		Path sources = Files.createDirectory(this.folder.resolve("sources"));
		Path classes = Files.createDirectory(this.folder.resolve("classes"));
		List<String> processor = new ArrayList<>(List.of(this.main, sources.toString(), classes.toString(),
				classes.toString(), "dev.authstarter", "start"));
		processor.addAll(this.arguments);
		run(SpringApplicationAotProcessor.class.getName(), List.of(), processor);
		List<String> compiler = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp",
				classes + File.pathSeparator + String.join(File.pathSeparator, this.classPath)));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(compiler::add);
		}
		if (ToolProvider.getSystemJavaCompiler().run(null, null, null, compiler.toArray(String[]::new)) != 0) {
			throw new IllegalStateException("the generated code does not compile");
		}
		this.classPath.add(0, jar(classes, "beans.jar"));
		this.options.add("-Dspring.aot.enabled=true");
	}

	/** Start once, and store the loaded classes. */
	void archiveClasses() throws IOException, InterruptedException {
		Path archive = this.folder.resolve("archive");
		boolean cache = Runtime.version().feature() >= 25;
		run(this.main, List.of((cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive),
				this.arguments);
		this.options.add((cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive);
	}

	/** Return the command that starts the application. */
	List<String> command() {
		return command(this.main, List.of(), this.arguments);
	}

	private List<String> command(String main, List<String> moreOptions, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(this.options);
		command.addAll(moreOptions);
		command.addAll(List.of("-cp", String.join(File.pathSeparator, this.classPath), main));
		command.addAll(arguments);
		return command;
	}

	private void run(String main, List<String> moreOptions, List<String> arguments)
			throws IOException, InterruptedException {
		Path log = this.folder.resolve("log");
		Process process = new ProcessBuilder(command(main, moreOptions, arguments)).redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
			process.destroyForcibly();
			throw new IllegalStateException(Files.readString(log));
		}
	}

	private String jar(Path classes, String name) throws IOException {
		Path jar = this.folder.resolve(name);
		try (OutputStream output = Files.newOutputStream(jar);
				JarOutputStream entries = new JarOutputStream(output);
				Stream<Path> files = Files.walk(classes)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				entries
					.putNextEntry(new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
				Files.copy(file, entries);
				entries.closeEntry();
			}
		}
		return jar.toString();
	}

}
