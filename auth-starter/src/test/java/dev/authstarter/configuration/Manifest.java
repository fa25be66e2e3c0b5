package dev.authstarter.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A container of a manifest for Kubernetes or Docker Compose.
 *
 * @param name its name: in Compose, also its host name
 * @param image its image
 * @param variables its environment variables; a value from a secret is empty
 * @param command its command line
 * @param ports the ports on which it serves
 * @param published ports of the host, in the order of {@code ports}
 * @param probes what Kubernetes requests
 */
record Manifest(String name, String image, Map<String, String> variables, String command, List<Integer> ports,
		List<Integer> published, List<Probe> probes) {

	private static final String NO_NAME = "";

	/**
	 * Find the containers of a parsed block of YAML: of a deployment, of a Compose file
	 * or of a part of one.
	 */
	static List<Manifest> find(Object document) {
		Map<?, ?> root = map(document);
		List<Manifest> found = new ArrayList<>();
		map(root.get("services")).forEach((name, service) -> found.add(service(name.toString(), map(service))));
		if (root.containsKey("environment")) {
			found.add(service(NO_NAME, root));
		}
		Map<?, ?> pod = map(map(map(root.get("spec")).get("template")).get("spec"));
		list(pod.get("containers")).forEach((container) -> found.add(container(map(container))));
		return found;
	}

	private static Manifest service(String name, Map<?, ?> service) {
		Map<String, String> variables = new LinkedHashMap<>();
		map(service.get("environment"))
			.forEach((variable, value) -> variables.put(variable.toString(), String.valueOf(value)));
		List<Integer> ports = new ArrayList<>();
		List<Integer> published = new ArrayList<>();
		for (Object port : list(service.get("ports"))) {
			List<String> parts = List.of(port.toString().split(":", -1));
			published.add(Integer.valueOf(parts.get(parts.size() - 2)));
			ports.add(Integer.valueOf(parts.get(parts.size() - 1)));
		}
		return new Manifest(name, text(service.get("image")), variables, text(service.get("command")), ports, published,
				List.of());
	}

	private static Manifest container(Map<?, ?> container) {
		Map<String, String> variables = new LinkedHashMap<>();
		list(container.get("env"))
			.forEach((variable) -> variables.put(text(map(variable).get("name")), text(map(variable).get("value"))));
		List<Integer> ports = list(container.get("ports")).stream()
			.map((port) -> Integer.valueOf(text(map(port).get("containerPort"))))
			.toList();
		List<Probe> probes = new ArrayList<>();
		container.forEach((member, value) -> {
			if (member.toString().endsWith("Probe")) {
				Map<?, ?> get = map(map(value).get("httpGet"));
				probes.add(new Probe(text(get.get("path")), Integer.parseInt(text(get.get("port")))));
			}
		});
		return new Manifest(text(container.get("name")), text(container.get("image")), variables,
				text(container.get("command")), ports, List.of(), probes);
	}

	private static Map<?, ?> map(@Nullable Object value) {
		return (value instanceof Map<?, ?> map) ? map : Map.of();
	}

	private static List<?> list(@Nullable Object value) {
		return (value instanceof List<?> list) ? list : List.of();
	}

	private static String text(@Nullable Object value) {
		return (value != null) ? value.toString() : "";
	}

	/**
	 * A request of Kubernetes.
	 *
	 * @param path what it requests
	 * @param port at which port
	 */
	record Probe(String path, int port) {

	}

}
