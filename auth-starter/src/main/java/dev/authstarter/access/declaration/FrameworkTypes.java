package dev.authstarter.access.declaration;

import java.security.CodeSource;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;

/**
 * Distinguishes Spring's own classes from those of an application whose packages are
 * below {@code org.springframework}, too. Spring's classes come from jars named
 * {@code spring-…}, or from the location of all classes if there is only one.
 */
public final class FrameworkTypes {

	private static final String PREFIX = "org.springframework.";

	private static final @Nullable String CORE = place(Ordered.class);

	private final List<String> applicationPackages;

	private final ClassValue<Boolean> known = new ClassValue<>() {
		@Override
		protected Boolean computeValue(Class<?> type) {
			return type.getName().startsWith(PREFIX) && !isBelowApplication(type) && isFromSpring(type);
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

	private boolean isBelowApplication(Class<?> type) {
		return this.applicationPackages.stream().anyMatch((name) -> type.getName().startsWith(name + "."));
	}

	private static boolean isFromSpring(Class<?> type) {
		String place = place(type);
		if (place == null || place.equals(CORE)) {
			return true;
		}
		String path = place.endsWith("!/") ? place.substring(0, place.length() - 2) : place;
		return path.endsWith(".jar") && path.substring(path.lastIndexOf('/') + 1).startsWith("spring-");
	}

	/** The location of a class; a native image has none. */
	private static @Nullable String place(Class<?> type) {
		CodeSource source = type.getProtectionDomain().getCodeSource();
		return (source != null && source.getLocation() != null) ? source.getLocation().toString() : null;
	}

}
