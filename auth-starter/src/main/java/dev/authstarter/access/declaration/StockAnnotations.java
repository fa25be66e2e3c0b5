package dev.authstarter.access.declaration;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.configuration.AccessRuleException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotationConfigurationException;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PostFilter;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.access.prepost.PreFilter;
import org.springframework.security.authorization.method.AuthorizeReturnObject;
import org.springframework.security.core.annotation.SecurityAnnotationScanner;
import org.springframework.security.core.annotation.SecurityAnnotationScanners;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Reads the annotations that Spring Security enforces. It uses Spring Security's
 * scanners, so that both find the same annotations. Those of JSR 250 are optional on the
 * class path.
 */
public final class StockAnnotations {

	private static final String JSR_250 = "jakarta.annotation.security.";

	private static final List<Class<? extends Annotation>> JSR_250_KINDS = present("DenyAll", "PermitAll",
			"RolesAllowed");

	/**
	 * These require nothing of a caller: they filter arguments or results.
	 */
	private static final Set<Class<? extends Annotation>> FILTERS = Set.of(PreFilter.class, PostFilter.class);

	private static final List<SecurityAnnotationScanner<? extends Annotation>> SCANNERS = scanners();

	private static final Mentions MENTIONS = new Mentions(kinds());

	private static final Mentions DEMANDS = new Mentions(
			kinds().stream().filter((kind) -> !kind.getName().equals(JSR_250 + "PermitAll")).toList());

	private static final Mentions ADVISED = new Mentions(
			Stream.concat(kinds().stream(), Stream.of(AuthorizeReturnObject.class)).toList());

	private StockAnnotations() {
	}

	private static List<Class<? extends Annotation>> present(String... names) {
		List<Class<? extends Annotation>> kinds = new ArrayList<>();
		ClassLoader classLoader = StockAnnotations.class.getClassLoader();
		for (String name : names) {
			if (ClassUtils.isPresent(JSR_250 + name, classLoader)) {
				kinds.add(ClassUtils.resolveClassName(JSR_250 + name, classLoader).asSubclass(Annotation.class));
			}
		}
		return List.copyOf(kinds);
	}

	private static List<SecurityAnnotationScanner<? extends Annotation>> scanners() {
		List<SecurityAnnotationScanner<? extends Annotation>> scanners = new ArrayList<>();
		for (Class<? extends Annotation> kind : List.of(PreAuthorize.class, PostAuthorize.class, PreFilter.class,
				PostFilter.class, Secured.class)) {
			scanners.add(SecurityAnnotationScanners.requireUnique(kind));
		}
		if (!JSR_250_KINDS.isEmpty()) {
			scanners.add(SecurityAnnotationScanners.requireUnique(JSR_250_KINDS));
		}
		return scanners;
	}

	private static List<Class<? extends Annotation>> kinds() {
		List<Class<? extends Annotation>> kinds = new ArrayList<>(
				List.of(PreAuthorize.class, PostAuthorize.class, PreFilter.class, PostFilter.class, Secured.class));
		kinds.addAll(JSR_250_KINDS);
		return kinds;
	}

	/** Whether one is present anywhere in the hierarchy of a type. */
	public static boolean mentions(Class<?> type) {
		return MENTIONS.isInFamilyOf(type);
	}

	/** Whether the hierarchy has one that does not permit all callers. */
	public static boolean demand(Class<?> type) {
		return DEMANDS.isInFamilyOf(type);
	}

	/**
	 * Whether Spring Security may intercept methods of a type: to enforce an annotation,
	 * or to wrap returned objects in proxies.
	 */
	public static boolean advise(Class<?> type) {
		return ADVISED.isInFamilyOf(type);
	}

	/** The classes and interfaces of a hierarchy on which one is present. */
	public static List<Class<?>> declaring(TypeHierarchy family) {
		return family.members().stream().filter(MENTIONS::isIn).toList();
	}

	/** Whether one is present on the method or on one that it overrides. */
	public static boolean isDeclaredOnMethod(Method implementation, TypeHierarchy family) {
		return family.declarations(implementation).stream().anyMatch(MENTIONS::isOn);
	}

	/** Whether one is present on the type or on a supertype. */
	public static boolean isDeclaredOnType(TypeHierarchy family) {
		return family.members().stream().anyMatch(MENTIONS::isOn);
	}

	/**
	 * Return what Spring Security reads for a method.
	 * @param method the method that is called
	 * @param type the class of the object that it is called on
	 * @return the annotations, at most one of each kind
	 * @throws AccessRuleException if several of a kind compete
	 */
	public static List<Annotation> of(Method method, Class<?> type) {
		if (!mentions(type)) {
			return List.of();
		}
		List<Annotation> found = new ArrayList<>();
		for (SecurityAnnotationScanner<? extends Annotation> scanner : SCANNERS) {
			Annotation annotation = scan(scanner, method, type);
			if (annotation != null) {
				found.add(annotation);
			}
		}
		return found;
	}

	private static @Nullable Annotation scan(SecurityAnnotationScanner<? extends Annotation> scanner, Method method,
			Class<?> type) {
		try {
			return scanner.scan(method, type);
		}
		catch (AnnotationConfigurationException ex) {
			throw new AccessRuleException(
					"Spring Security cannot decide which security annotation of %s applies: %s"
						.formatted(MethodName.of(method, type), ex.getMessage()),
					"Declare them on the method itself, and only one of each kind.");
		}
	}

	/**
	 * Whether they permit all callers, so that they need not be enforced.
	 */
	public static boolean permitAll(List<Annotation> annotations) {
		return annotations.stream()
			.allMatch((annotation) -> annotation.annotationType().getName().equals(JSR_250 + "PermitAll"));
	}

	/** Leave out those that require nothing of a caller. */
	public static List<Annotation> demanding(List<Annotation> annotations) {
		return annotations.stream().filter((annotation) -> !FILTERS.contains(annotation.annotationType())).toList();
	}

	/**
	 * Return what annotations require: the expression of {@code @PreAuthorize}, others as
	 * they are written.
	 */
	public static String text(List<Annotation> annotations) {
		return annotations.stream().map(StockAnnotations::text).collect(Collectors.joining("; "));
	}

	private static String text(Annotation annotation) {
		if (annotation instanceof PreAuthorize preAuthorize) {
			return preAuthorize.value();
		}
		String name = "@" + annotation.annotationType().getSimpleName();
		Object value = AnnotationUtils.getValue(annotation);
		if (value == null) {
			return name;
		}
		return "%s(%s)".formatted(name,
				(value instanceof Object[] values) ? StringUtils.arrayToDelimitedString(values, ", ") : value);
	}

}
