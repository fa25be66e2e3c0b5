package dev.authstarter.test.attack.endpoint;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Finds a path that a pattern matches.
 */
public final class SamplePath {

	/** Typical values of restricted variables, the most usual first. */
	private static final List<String> VALUES = List.of("00000000-0000-4000-8000-000000000000", "1", "attacked",
			"2030-01-01", "a1", "A1", "en", "v1", "2030", "a.txt", "00000000");

	private final Collection<String> organizationVariables;

	private final String organization;

	/**
	 * Fill the variables of patterns.
	 * @param organizationVariables the variables that name an organization
	 * @param organization the organization that they name
	 */
	public SamplePath(Collection<String> organizationVariables, String organization) {
		this.organizationVariables = organizationVariables;
		this.organization = organization;
	}

	/**
	 * Find a path.
	 * @param pattern the pattern
	 * @return the path, encoded, or {@code null} if none of the known values fits
	 */
	public @Nullable String of(String pattern) {
		PathTemplate template = new PathTemplate(pattern);
		return VALUES.stream()
			.map((value) -> template
				.fill((variable) -> this.organizationVariables.contains(variable) ? this.organization : value))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/** Return whether the pattern has a variable that names the organization. */
	public boolean namesOrganization(String pattern) {
		return new PathTemplate(pattern).variables().stream().anyMatch(this.organizationVariables::contains);
	}

}
