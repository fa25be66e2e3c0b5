package dev.authstarter.access.declaration;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.configuration.AccessRuleException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ReflectionUtils;

/**
 * The types that only a token may provide, and the search for them in a type that a
 * request is bound to: in type arguments and array components, and in fields, setters,
 * constructors and subtypes through which Spring's data binding or a message converter
 * could set them. Types that only show at run time, as behind {@link Object}, are not
 * seen.
 */
public final class CallerTypes {

	/** All of them. */
	public static final Set<Class<?>> ALL = Set.of(AccessToken.class, Organization.class, CallerType.class);

	/** Ends the search in generic types that contain themselves. */
	private static final int DEEPEST = 16;

	/** By name, because applications may have one version of Jackson or both. */
	private static final List<String> JSON_DESERIALIZE = List.of("tools.jackson.databind.annotation.JsonDeserialize",
			"com.fasterxml.jackson.databind.annotation.JsonDeserialize");

	private final boolean body;

	private final Deque<Place> open = new ArrayDeque<>();

	private final Set<String> seen = new HashSet<>();

	private CallerTypes(boolean body) {
		this.body = body;
	}

	/**
	 * Find one of the types.
	 * @param bound what is bound
	 * @param body whether a message converter creates it; a converter prefers a
	 * constructor without parameters, data binding uses the public one
	 * @return the type and its place, for messages, or {@code null}
	 */
	public static @Nullable String find(ResolvableType bound, boolean body) {
		return new CallerTypes(body).search(new Place(bound, bound.toString(), 0));
	}

	/**
	 * Create the exception for a parameter that would be bound from the request.
	 * @param parameter the parameter
	 * @param type the class whose method has it
	 * @param found what was found in its type
	 * @return the exception that makes start-up fail
	 */
	public static AccessRuleException refuse(MethodParameter parameter, Class<?> type, String found) {
		parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
		String name = (parameter.getParameterName() != null) ? parameter.getParameterName()
				: "number " + (parameter.getParameterIndex() + 1);
		return new AccessRuleException(
				("The parameter '%s' of %s#%s would be bound from the request, so callers could choose a value that "
						+ "must come from the token: %s.")
					.formatted(name, type.getName(), parameter.getExecutable().getName(), found),
				"Declare AccessToken, Organization or Caller as a parameter of its own without an annotation, at most in "
						+ "Optional or as @Nullable. Bind data of the request to a type that has none of them.");
	}

	private @Nullable String search(Place start) {
		this.open.add(start);
		while (!this.open.isEmpty()) {
			Place place = this.open.remove();
			Class<?> type = place.type().resolve();
			if (type == null || place.depth() > DEEPEST || !this.seen.add(type + " " + place.type())) {
				continue;
			}
			if (ALL.contains(type)) {
				return (place.depth() > 0) ? "%s in %s".formatted(type.getName(), place.name()) : type.getName();
			}
			look(place, type);
		}
		return null;
	}

	private void look(Place place, Class<?> type) {
		if (type.isArray()) {
			this.open.add(place.at(place.type().getComponentType(), place.name()));
			return;
		}
		for (ResolvableType container : List.of(place.type(), place.type().as(Iterable.class),
				place.type().as(Map.class))) {
			for (ResolvableType argument : container.getGenerics()) {
				this.open.add(place.at(argument, place.name()));
			}
		}
		if (!isOfPlatform(type) && !BeanUtils.isSimpleValueType(type)) {
			try {
				lookIntoMembers(place, type);
				lookIntoSubtypes(place, type);
			}
			catch (IllegalStateException | LinkageError | TypeNotPresentException ex) {
				// It names a class that is not present, so it cannot be bound either.
			}
		}
	}

	/** Jackson creates the class that an annotation names, not the declared one. */
	private void lookIntoNamed(Place place, AnnotatedElement element) {
		for (String name : JSON_DESERIALIZE) {
			MergedAnnotation<?> named = MergedAnnotations.from(element).get(name);
			if (this.body && named.isPresent()) {
				for (String attribute : List.of("as", "keyAs", "contentAs")) {
					Class<?> type = named.getClass(attribute);
					this.open.add(place.at(ResolvableType.forClass(type), type.getName()));
				}
				Class<?> builder = named.getClass("builder");
				for (Method method : ReflectionUtils.getUniqueDeclaredMethods(builder)) {
					if (method.getParameterCount() == 1 && method.getDeclaringClass() != Object.class) {
						lookIntoParameters(place, builder, method);
					}
				}
			}
		}
	}

	private static boolean isOfPlatform(Class<?> type) {
		return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
	}

	private void lookIntoMembers(Place place, Class<?> type) {
		lookIntoNamed(place, type);
		ReflectionUtils.doWithFields(type, (field) -> {
			this.open.add(place.at(ResolvableType.forField(field, place.type()), name(type, field.getName())));
			lookIntoNamed(place, field);
		}, CallerTypes::isSettable);
		for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type)) {
			if (isSetter(method) || isForJson(method)) {
				lookIntoParameters(place, type, method);
				lookIntoNamed(place, method);
			}
			else if (type.isInterface() && isGetter(method)) {
				this.open.add(place.at(ResolvableType.forMethodParameter(new MethodParameter(method, -1), place.type()),
						name(type, method.getName())));
			}
		}
		for (Constructor<?> constructor : type.getDeclaredConstructors()) {
			if (isForJson(constructor)) {
				lookIntoParameters(place, type, constructor);
			}
		}
		Constructor<?> constructor = constructor(type);
		if (constructor != null) {
			lookIntoParameters(place, type, constructor);
		}
	}

	private static boolean isSettable(Field field) {
		return !field.isSynthetic() && (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0;
	}

	private static boolean isSetter(Method method) {
		return method.getName().startsWith("set") && method.getParameterCount() == 1
				&& !Modifier.isStatic(method.getModifiers());
	}

	/** An interface is bound to a proxy or to a class that has the same properties. */
	private static boolean isGetter(Method method) {
		return method.getName().startsWith("get") && method.getParameterCount() == 0
				&& !Modifier.isStatic(method.getModifiers());
	}

	private static boolean isForJson(Executable executable) {
		return executable.isAnnotationPresent(JsonCreator.class) || executable.isAnnotationPresent(JsonSetter.class)
				|| executable.isAnnotationPresent(JsonProperty.class)
				|| executable.isAnnotationPresent(JsonAnySetter.class);
	}

	private @Nullable Constructor<?> constructor(Class<?> type) {
		if (type.isInterface() || Modifier.isAbstract(type.getModifiers())
				|| (this.body && Arrays.stream(type.getDeclaredConstructors())
					.anyMatch((constructor) -> constructor.getParameterCount() == 0))) {
			return null;
		}
		try {
			return BeanUtils.getResolvableConstructor(type);
		}
		catch (IllegalStateException ex) {
			return null;
		}
	}

	private void lookIntoParameters(Place place, Class<?> type, Executable executable) {
		for (int i = 0; i < executable.getParameterCount(); i++) {
			MethodParameter parameter = MethodParameter.forExecutable(executable, i);
			String name = (executable instanceof Method) ? executable.getName() : "new";
			this.open.add(place.at(ResolvableType.forMethodParameter(parameter, place.type()), name(type, name)));
		}
	}

	private void lookIntoSubtypes(Place place, Class<?> type) {
		Class<?>[] permitted = type.getPermittedSubclasses();
		for (Class<?> subtype : (permitted != null) ? List.of(permitted) : List.<Class<?>>of()) {
			this.open.add(place.at(ResolvableType.forClass(subtype), subtype.getName()));
		}
		JsonSubTypes declared = type.getAnnotation(JsonSubTypes.class);
		if (declared != null) {
			for (JsonSubTypes.Type subtype : declared.value()) {
				this.open.add(place.at(ResolvableType.forClass(subtype.value()), subtype.value().getName()));
			}
		}
	}

	private static String name(Class<?> type, String member) {
		return type.getName() + "#" + member;
	}

	/**
	 * A place in the search.
	 */
	private record Place(ResolvableType type, String name, int depth) {

		Place at(ResolvableType next, String nextName) {
			return new Place(next, nextName, this.depth + 1);
		}

	}

}
