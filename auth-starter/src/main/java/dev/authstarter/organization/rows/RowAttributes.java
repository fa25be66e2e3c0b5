package dev.authstarter.organization.rows;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.List;

import dev.authstarter.configuration.AccessRuleException;
import org.hibernate.annotations.TenantId;

import org.springframework.util.ClassUtils;

/**
 * The attributes with {@code @TenantId}, as they are written. Hibernate fails with a
 * {@link NullPointerException} for types that it has no basic type for.
 */
final class RowAttributes {

	private RowAttributes() {
	}

	/**
	 * Check that identifiers of organizations can be converted into each.
	 * @param classes the names of the classes that Hibernate maps
	 * @throws AccessRuleException if there is another type
	 */
	static void check(List<String> classes) {
		for (String name : classes) {
			Class<?> mapped = ClassUtils.resolveClassName(name, ClassUtils.getDefaultClassLoader());
			for (Field field : mapped.getDeclaredFields()) {
				check(field, field, field.getType());
			}
			for (Method method : mapped.getDeclaredMethods()) {
				check(method, method, method.getReturnType());
			}
		}
	}

	private static void check(AnnotatedElement element, Member attribute, Class<?> type) {
		if (element.isAnnotationPresent(TenantId.class)
				&& RowIdentifier.of(ClassUtils.resolvePrimitiveIfNecessary(type)) == null) {
			throw RowIdentifier.unknown(
					"The attribute '%s.%s'".formatted(attribute.getDeclaringClass().getName(), attribute.getName()),
					type);
		}
	}

}
