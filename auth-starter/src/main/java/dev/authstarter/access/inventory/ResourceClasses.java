package dev.authstarter.access.inventory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.Rule;
import dev.authstarter.access.declaration.BeanDeclarations;
import dev.authstarter.access.declaration.Declaration;
import dev.authstarter.access.declaration.TypeHierarchy;
import dev.authstarter.access.declaration.TypeName;
import dev.authstarter.access.declaration.Unenforceable;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Classes with resource methods of Jakarta REST, created by Spring or by other libraries.
 * Annotations on them are only enforced by the library that serves them, if it is
 * configured to do so.
 */
final class ResourceClasses implements EntryPoints {

	private static final String PATH = "jakarta.ws.rs.Path";

	private static final String APPLICATION = "jakarta.ws.rs.core.Application";

	private static final String ROLES_FEATURE = "org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature";

	private static final List<String> ROLES = List.of("jakarta.annotation.security.RolesAllowed",
			"jakarta.annotation.security.DenyAll");

	private final BeanDeclarations beans;

	ResourceClasses(BeanDeclarations beans) {
		this.beans = beans;
	}

	@Override
	public List<EntryPoint> find() {
		List<EntryPoint> found = new ArrayList<>();
		if (this.beans.isPresent(PATH)) {
			Set<Class<?>> registered = registered();
			boolean roles = registered.stream().anyMatch((type) -> type.getName().equals(ROLES_FEATURE));
			Set<Class<?>> all = new TreeSet<>(Comparator.comparing((Class<?> type) -> type.getName()));
			all.addAll(registered);
			// An interface that is a bean is a client's.
			this.beans.types().stream().filter((type) -> !type.isInterface()).forEach(all::add);
			for (Class<?> type : all) {
				String path = path(type);
				if (path != null) {
					found.add(resource(type, path, roles));
				}
			}
		}
		return found;
	}

	/** What the applications of Jakarta REST list. */
	private Set<Class<?>> registered() {
		Set<Class<?>> classes = new TreeSet<>(Comparator.comparing((Class<?> type) -> type.getName()));
		for (String name : this.beans.beansOf(APPLICATION)) {
			Object application = this.beans.beans().getBean(name);
			for (String expression : List.of("classes", "singletons.![getClass()]")) {
				Iterable<?> listed = ForeignObject.read(application, expression, Iterable.class);
				if (listed != null) {
					listed.forEach((type) -> classes.add((Class<?>) type));
				}
			}
		}
		return classes;
	}

	private static @Nullable String path(Class<?> type) {
		return MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY)
			.get(PATH)
			.getValue("value", String.class)
			.orElse(null);
	}

	private static EntryPoint resource(Class<?> type, String path, boolean rolesEnforced) {
		String name = TypeName.of(type);
		boolean roles = ROLES.stream().anyMatch((annotation) -> mentions(type, annotation));
		if (BeanDeclarations.mentionsRule(type) || (roles && !rolesEnforced)) {
			throw Unenforceable.resourceClass(name);
		}
		boolean declared = ROLES.stream().anyMatch((annotation) -> BeanDeclarations.isAnnotated(type, annotation));
		return EntryPoint
			.of(Kind.RESOURCE_CLASS, name,
					declared ? new Declaration(Rule.STOCK, "@RolesAllowed or @DenyAll") : Declaration.NONE, true)
			.at(Set.of(base(path)));
	}

	private static boolean mentions(Class<?> type, String annotation) {
		return new TypeHierarchy(type).members()
			.stream()
			.anyMatch((member) -> BeanDeclarations.isAnnotated(member, annotation)
					|| Arrays.stream(member.getDeclaredMethods())
						.anyMatch((method) -> MergedAnnotations.from(method).isPresent(annotation)));
	}

	private static String base(String path) {
		String inner = path.replaceAll("^/+|/+$", "");
		return inner.isEmpty() ? "/**" : "/" + inner + "/**";
	}

}
