package dev.authstarter.test.attack.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data that a test has seeded for one organization: markers, which show that a
 * response contains its data, and identifiers, by which requests refer to its data.
 * Immutable.
 *
 * <pre class="code">
 * OrganizationData.markedBy("Grace Hopper").identifiedBy("id", appointment.id())
 * </pre>
 */
public final class OrganizationData {

	private static final int SHORTEST_MARKER = 4;

	private final List<String> markers;

	private final Map<String, List<String>> identifiers;

	private OrganizationData(List<String> markers, Map<String, List<String>> identifiers) {
		this.markers = markers;
		this.identifiers = identifiers;
	}

	/**
	 * Start with texts that occur only in this organization's data, for example the name
	 * of a patient.
	 * @param markers the texts, each of at least four characters, because a shorter one
	 * can occur by chance
	 * @return the data
	 * @throws IllegalArgumentException if there is no text, or one is too short
	 */
	public static OrganizationData markedBy(String... markers) {
		if (markers.length == 0) {
			throw new IllegalArgumentException("Add at least one text that identifies the organization's data");
		}
		for (String marker : markers) {
			if (marker.strip().length() < SHORTEST_MARKER) {
				throw new IllegalArgumentException(
						"The marker '%s' is too short: with fewer than %d characters it occurs by chance"
							.formatted(marker, SHORTEST_MARKER));
			}
		}
		return new OrganizationData(List.of(markers), Map.of());
	}

	/**
	 * Add identifiers of this organization's data, in the form that requests use.
	 * @param name the name under which requests carry them: of a path variable, a query
	 * parameter, a header or a member of a JSON body. {@code patientId},
	 * {@code patient_id} and {@code X-Patient-Id} are the same name
	 * @param values one value, or one of each kind of data that has identifiers of this
	 * name
	 * @return a copy
	 * @throws IllegalArgumentException if there is no value, or an empty one
	 */
	public OrganizationData identifiedBy(String name, Object... values) {
		List<String> texts = Arrays.stream(values).map(String::valueOf).toList();
		if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
			throw new IllegalArgumentException("'%s' needs a value, and none may be empty".formatted(name));
		}
		Map<String, List<String>> all = new LinkedHashMap<>(this.identifiers);
		all.merge(name, texts, (before, more) -> {
			List<String> both = new ArrayList<>(before);
			both.addAll(more);
			return List.copyOf(both);
		});
		return new OrganizationData(this.markers, all);
	}

	List<String> markers() {
		return this.markers;
	}

	Map<String, List<String>> identifiers() {
		return this.identifiers;
	}

}
