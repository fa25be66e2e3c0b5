package dev.authstarter.access.declaration;

import java.security.CodeSource;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;

/**
 * Distinguishes Spring's own classes from those of an application whose packages are
 * below {@code org.springframework}, too. Spring's classes come from jars named
 * {@code spring-…}, or from the location of all classes if there is only one.
 */
public final class FrameworkTypes {

	private static final String PREFIX = "org.springframework.";

	/** Packages in which only Spring itself has beans. */
	private static final Pattern OWN_PACKAGES = Pattern
		.compile("org\\.springframework\\.(aop|beans|boot|context|core|http|scheduling|security|transaction|web)\\..*");

	private static final @Nullable String CORE = place(Ordered.class);

	private static final @Nullable String LIBRARY = place(FrameworkTypes.class);

	private static final String LIBRARY_PREFIX = "dev.authstarter.";

	private final List<String> applicationPackages;

	private final ClassValue<Boolean> known = new ClassValue<>() {
		@Override
		protected Boolean computeValue(Class<?> type) {
			return type.getName().startsWith(PREFIX) && !isBelowApplication(type) && isFromSpring(type);
		}
	};

	private final ClassValue<Boolean> withoutRules = new ClassValue<>() {
		@Override
		protected Boolean computeValue(Class<?> type) {
			String place = place(type);
			String name = type.getName();
			return place != null && !place.equals(CORE) && !isBelowApplication(type)
					&& ((place.equals(LIBRARY) && name.startsWith(LIBRARY_PREFIX))
							|| (isSpringJar(place) && OWN_PACKAGES.matcher(name).matches()));
		}
	};

	/**
	 * Create an instance.
	 * @param applicationPackages packages whose classes are the application's, with all
	 * packages below them
	 */
	public FrameworkTypes(List<String> applicationPackages) {
		this.applicationPackages = List.copyOf(applicationPackages);
	}

	public boolean contain(Class<?> type) {
		return this.known.get(type);
	}

	/**
	 * Return whether a type, and so all its supertypes, has no rules and no security
	 * annotations, because it is Spring's or this library's and in a jar of theirs.
	 * Searching for annotations on each method of these classes would take a large part
	 * of the start-up time.
	 * @param type the type
	 * @return false if the type may have them, or if its location is not known
	 */
	public boolean haveNoRules(Class<?> type) {
		return this.withoutRules.get(type);
	}

	private boolean isBelowApplication(Class<?> type) {
		return this.applicationPackages.stream().anyMatch((name) -> type.getName().startsWith(name + "."));
	}

	private static boolean isFromSpring(Class<?> type) {
		String place = place(type);
		return place == null || place.equals(CORE) || isSpringJar(place);
	}

	private static boolean isSpringJar(String place) {
		String path = place.endsWith("!/") ? place.substring(0, place.length() - 2) : place;
		return path.endsWith(".jar") && path.substring(path.lastIndexOf('/') + 1).startsWith("spring-");
	}

	/** The location of a class; a native image has none. */
	private static @Nullable String place(Class<?> type) {
		CodeSource source = type.getProtectionDomain().getCodeSource();
		return (source != null && source.getLocation() != null) ? source.getLocation().toString() : null;
	}

}
