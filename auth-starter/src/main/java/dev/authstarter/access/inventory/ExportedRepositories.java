package dev.authstarter.access.inventory;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.Rule;
import dev.authstarter.access.declaration.BeanDeclarations;
import dev.authstarter.access.declaration.Declaration;
import dev.authstarter.access.declaration.TypeName;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Repositories that Spring Data REST exports. One is declared if each of its methods is,
 * for example by a rule on the interface.
 */
public final class ExportedRepositories implements EntryPoints {

	/** The package of the handlers that serve them. */
	public static final String HANDLERS = "org.springframework.data.rest.webmvc.";

	private static final String MAPPINGS = "org.springframework.data.rest.core.mapping.ResourceMappings";

	private static final String CONFIGURATION = "org.springframework.data.rest.core.config.RepositoryRestConfiguration";

	private static final String REPOSITORY = "org.springframework.data.repository.Repository";

	private static final String DEFINITION = "org.springframework.data.repository.RepositoryDefinition";

	private static final String EXPORT = "org.springframework.data.rest.core.annotation.RestResource";

	private final BeanDeclarations beans;

	private final String prefix;

	/**
	 * Create an instance.
	 * @param beans the beans of the application
	 * @param prefix the path of Spring MVC's servlet, empty for none
	 */
	ExportedRepositories(BeanDeclarations beans, String prefix) {
		this.beans = beans;
		this.prefix = prefix;
	}

	@Override
	public List<EntryPoint> find() {
		List<EntryPoint> found = new ArrayList<>();
		for (String name : this.beans.beansOf(MAPPINGS)) {
			if (this.beans.beans().getBean(name) instanceof Iterable<?> mappings) {
				mappings.forEach((mapping) -> found.addAll(repositories(mapping)));
			}
		}
		return found;
	}

	private List<EntryPoint> repositories(Object mapping) {
		Class<?> domain = ForeignObject.read(mapping, "domainType", Class.class);
		if (domain == null || !Boolean.TRUE.equals(ForeignObject.read(mapping, "exported", Boolean.class))) {
			return List.of();
		}
		String path = this.prefix + basePath() + ForeignObject.read(mapping, "path.toString()", String.class);
		return this.beans.types()
			.stream()
			.filter((type) -> domain.equals(domain(type)))
			.map((type) -> EntryPoint.of(Kind.REPOSITORY, TypeName.of(type), declaration(type), true)
				.at(Set.of(path, path + "/**")))
			.toList();
	}

	private String basePath() {
		return this.beans.beansOf(CONFIGURATION)
			.stream()
			.map((name) -> ForeignObject.read(this.beans.beans().getBean(name), "basePath", URI.class))
			.map(String::valueOf)
			.map((path) -> path.replaceAll("^/*|/+$", ""))
			.filter((path) -> !path.isEmpty())
			.map((path) -> "/" + path)
			.findFirst()
			.orElse("");
	}

	/** The entity type of a repository, or {@code null} if the type is no repository. */
	private @Nullable Class<?> domain(Class<?> type) {
		Class<?> repository = ClassUtils.resolveClassName(REPOSITORY, this.beans.beans().getBeanClassLoader());
		if (type.isInterface() && repository.isAssignableFrom(type)) {
			return ResolvableType.forClass(type).as(repository).getGeneric(0).resolve();
		}
		return MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY)
			.get(DEFINITION)
			.getValue("domainClass", Class.class)
			.orElse(null);
	}

	/** The declaration that the report shows if methods have several rules. */
	private Declaration declaration(Class<?> type) {
		List<Declaration> declared = Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(type))
			.filter((method) -> !method.isDefault() && !method.isSynthetic())
			.filter((method) -> MergedAnnotations.from(method)
				.get(EXPORT)
				.getValue("exported", Boolean.class)
				.orElse(true))
			.map((method) -> this.beans.of(method, type))
			.distinct()
			.toList();
		if (declared.isEmpty() || declared.stream().anyMatch((it) -> it.rule() == Rule.NONE)) {
			return Declaration.NONE;
		}
		return (declared.size() == 1) ? declared.get(0) : new Declaration(Rule.STOCK,
				declared.stream().map(Declaration::text).distinct().sorted().collect(Collectors.joining(" or ")));
	}

}
