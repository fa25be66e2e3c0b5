package dev.authstarter.access.inventory;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.declaration.BeanDeclarations;
import dev.authstarter.access.declaration.Declaration;
import dev.authstarter.access.declaration.MethodName;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * The fields of Spring for GraphQL. The fields of the root types need a rule; all other
 * fields are reached only through them.
 */
final class GraphQlFields implements EntryPoints {

	private static final String LIBRARY = "org.springframework.graphql.";

	private static final String CONFIGURER = LIBRARY + "data.method.annotation.support.AnnotatedControllerConfigurer";

	private static final String SOURCE = LIBRARY + "execution.GraphQlSource";

	private static final List<String> MAPPINGS = List.of(LIBRARY + "data.method.annotation.SchemaMapping",
			LIBRARY + "data.method.annotation.BatchMapping");

	private static final List<String> ROOTS = List.of("query", "mutation", "subscription");

	private final BeanDeclarations beans;

	GraphQlFields(BeanDeclarations beans) {
		this.beans = beans;
	}

	@Override
	public List<EntryPoint> find() {
		List<String> sources = this.beans.beansOf(SOURCE);
		Set<String> top = new TreeSet<>();
		sources.forEach((name) -> top.addAll(top(this.beans.beans().getBean(name))));
		List<EntryPoint> found = new ArrayList<>();
		if (!this.beans.beansOf(CONFIGURER).isEmpty()) {
			for (Class<?> type : this.beans.types()) {
				if (BeanDeclarations.isAnnotated(type, "org.springframework.stereotype.Controller")) {
					MAPPINGS.forEach((mapping) -> this.beans.annotated(type, mapping)
						.forEach((method, annotation) -> found.add(field(method, type, annotation, top))));
				}
			}
		}
		// The remaining fields have no annotated method.
		top.forEach((name) -> found.add(EntryPoint.of(Kind.QUERY, name, Declaration.NONE, true)));
		return found;
	}

	private EntryPoint field(Method method, Class<?> type, MergedAnnotation<?> mapping, Set<String> top) {
		String field = mapping.getString("field").isEmpty() ? method.getName() : mapping.getString("field");
		String typeName = mapping.getString("typeName");
		if (typeName.isEmpty()) {
			typeName = MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY)
				.get(MAPPINGS.get(0))
				.getValue("typeName", String.class)
				.orElse("");
		}
		String name = typeName.isEmpty() ? field : typeName + "." + field;
		EntryPoint found = EntryPoint.of(Kind.QUERY, "%s (%s)".formatted(MethodName.of(method, type), name),
				this.beans.of(method, type), true);
		return top.remove(name) ? found : found.declaredElsewhere(false);
	}

	/** The fields of the schema's root types, as {@code Type.field}. */
	private static Set<String> top(Object source) {
		Set<String> fields = new TreeSet<>();
		for (String root : ROOTS) {
			Map<?, ?> found = ForeignObject.read(source,
					"schema().%sType == null ? {:} : {type: schema().%1$sType.name, fields: schema().%1$sType.fieldDefinitions.![name]}"
						.formatted(root),
					Map.class);
			if (found != null && found.get("fields") instanceof List<?> names) {
				names.forEach((name) -> fields.add(found.get("type") + "." + name));
			}
		}
		return fields;
	}

}
