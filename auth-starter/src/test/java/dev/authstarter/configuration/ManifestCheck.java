package dev.authstarter.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.authstarter.operations.startup.EnvironmentLint;

import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Compares containers of a manifest with what they run: this library's properties, the
 * profiles of the sample, and each other's addresses.
 */
final class ManifestCheck {

	private static final Path SAMPLE = Path.of("../sample-api/src/main/resources");

	/** Of Spring Boot and of Keycloak. */
	private static final String DEFAULT_PORT = "8080";

	private static final String KEYCLOAK = "quay.io/keycloak/";

	/** Variables that set no property of this library. */
	private static final Set<String> OTHERS = Set.of("SPRING_PROFILES_ACTIVE", "SERVER_PORT", "MANAGEMENT_SERVER_PORT",
			"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

	private static final Pattern OPTION = Pattern.compile("-D(auth-starter[^=\\s]*)");

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(:?)");

	private static final Pattern ADDRESS = Pattern.compile("http://[a-z0-9.-]+(:\\d+)?");

	private final List<Manifest> containers;

	private final List<String> findings = new ArrayList<>();

	private ManifestCheck(List<Manifest> containers) {
		this.containers = containers;
	}

	static List<String> findings(List<Manifest> containers) {
		ManifestCheck check = new ManifestCheck(containers);
		containers.forEach(check::check);
		return check.findings;
	}

	private void check(Manifest container) {
		if (container.image().startsWith(KEYCLOAK)) {
			container.variables().keySet().stream().filter((name) -> !name.startsWith("KC_")).forEach(this::unknown);
		}
		else {
			checkVariables(container.variables());
		}
		String port = port(container);
		container.ports()
			.stream()
			.filter((served) -> !served.toString().equals(port))
			.forEach((served) -> this.findings
				.add("port %d of '%s' is not %s".formatted(served, container.name(), port)));
		String management = container.variables().getOrDefault("MANAGEMENT_SERVER_PORT", port);
		container.probes()
			.stream()
			.filter((probe) -> !String.valueOf(probe.port()).equals(management))
			.forEach((probe) -> this.findings.add("port %d of a probe is not %s".formatted(probe.port(), management)));
		String texts = container.command() + " " + String.join(" ", container.variables().values());
		ADDRESS.matcher(texts).results().forEach((address) -> checkAddress(URI.create(address.group())));
	}

	private void checkVariables(Map<String, String> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources()
			.replace(name, new SystemEnvironmentPropertySource(name, new LinkedHashMap<>(variables)));
		this.findings.addAll(new EnvironmentLint(environment).findings());
		Map<String, Boolean> placeholders = placeholders(variables.getOrDefault("SPRING_PROFILES_ACTIVE", ""));
		for (String variable : variables.keySet()) {
			if (!variable.matches("AUTH_?STARTER_.*") && !OTHERS.contains(variable)
					&& !placeholders.containsKey(variable)) {
				unknown(variable);
			}
		}
		OPTION.matcher(String.join(" ", variables.values()))
			.results()
			.map((option) -> option.group(1))
			.filter((property) -> !PropertyNames.like(property).contains(property))
			.forEach(this::unknown);
		placeholders.forEach((variable, required) -> {
			if (required && !variables.containsKey(variable)) {
				this.findings.add(variable + " is missing");
			}
		});
	}

	/** Return variables that the profiles read, and whether there is no default. */
	private Map<String, Boolean> placeholders(String profiles) {
		Map<String, Boolean> placeholders = new LinkedHashMap<>();
		for (String profile : profiles.split(",", -1)) {
			Path file = SAMPLE.resolve("application-" + profile + ".yml");
			if (Files.exists(file)) {
				PLACEHOLDER.matcher(read(file))
					.results()
					.forEach((found) -> placeholders.put(found.group(1), found.group(2).isEmpty()));
			}
			else if (!profile.isEmpty()) {
				unknown("profile " + profile);
			}
		}
		return placeholders;
	}

	private void checkAddress(URI address) {
		String port = (address.getPort() != -1) ? String.valueOf(address.getPort()) : "80";
		List<Manifest> called = this.containers.stream()
			.filter((each) -> each.name().equals(address.getHost()))
			.toList();
		if (address.getHost().equals("localhost")) {
			if (this.containers.stream().noneMatch((each) -> each.published().contains(Integer.valueOf(port)))) {
				this.findings.add(address + " is not published");
			}
		}
		else if (called.isEmpty() && this.containers.size() > 1) {
			this.findings.add(address + " is not served here");
		}
		called.stream()
			.filter((each) -> !port(each).equals(port))
			.forEach((each) -> this.findings.add("%s is served at %s".formatted(address, port(each))));
	}

	private static String port(Manifest container) {
		String variable = container.image().startsWith(KEYCLOAK) ? "KC_HTTP_PORT" : "SERVER_PORT";
		return container.variables().getOrDefault(variable, DEFAULT_PORT);
	}

	private void unknown(String name) {
		this.findings.add("unknown: " + name);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
