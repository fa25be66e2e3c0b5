package dev.authstarter.access.declaration;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Annotations are found on classes and methods, directly, repeated, and on other
 * annotations.
 */
class MentionsTests {

	private final Mentions mentions = new Mentions(List.of(RequiresScope.class));

	@ParameterizedTest
	@MethodSource("types")
	void findsAnnotationsOfTypes(Class<?> type, boolean on, boolean in, boolean inFamily) {
		assertThat(this.mentions.isOn(type)).as("on the class").isEqualTo(on);
		assertThat(this.mentions.isIn(type)).as("in the class").isEqualTo(in);
		assertThat(this.mentions.isInFamilyOf(type)).as("in its hierarchy").isEqualTo(inFamily);
	}

	static Stream<Arguments> types() {
		return Stream.of(arguments(Plain.class, false, false, false), arguments(OtherKind.class, false, false, false),
				arguments(OnClass.class, true, true, true), arguments(Repeated.class, true, true, true),
				arguments(Composed.class, true, true, true), arguments(ComposedTwice.class, true, true, true),
				arguments(ComposedOfRepeated.class, true, true, true), arguments(OnMethods.class, false, true, true),
				arguments(OnInterface.class, false, true, true), arguments(ExtendsOnMethods.class, false, false, true),
				arguments(ImplementsOnInterface.class, false, false, true),
				arguments(Lists.class, false, false, false));
	}

	@ParameterizedTest
	@MethodSource("methods")
	void findsAnnotationsOfMethods(Class<?> type, String name, boolean found) {
		Method method = ReflectionUtils.findMethod(type, name);
		assertThat(method).isNotNull();
		assertThat(this.mentions.isOn(method)).isEqualTo(found);
	}

	static Stream<Arguments> methods() {
		return Stream.of(arguments(Plain.class, "plain", false), arguments(OnClass.class, "plain", false),
				arguments(OnMethods.class, "direct", true), arguments(OnMethods.class, "hidden", true),
				arguments(OnMethods.class, "repeated", true), arguments(OnMethods.class, "composed", true),
				arguments(OnMethods.class, "other", false), arguments(OnInterface.class, "direct", true),
				arguments(ImplementsOnInterface.class, "direct", false));
	}

	@Retention(RetentionPolicy.RUNTIME)
	@RequiresScope("a")
	@interface Scoped {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@Scoped
	@interface ScopedTwice {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@RequiresScope("a")
	@RequiresScope("b")
	@interface ScopedByTwo {

	}

	/** Looks like the container of a repeated annotation, and is none. */
	@Retention(RetentionPolicy.RUNTIME)
	@interface Several {

		RequiresScope[] value();

	}

	static class Plain {

		void plain() {
		}

	}

	@RequiresRole("editor")
	static class OtherKind {

		@RequiresRole("editor")
		void other() {
		}

	}

	@RequiresScope("a")
	static class OnClass {

		void plain() {
		}

	}

	@RequiresScope("a")
	@RequiresScope("b")
	static class Repeated {

	}

	@Scoped
	static class Composed {

	}

	@ScopedTwice
	static class ComposedTwice {

	}

	@ScopedByTwo
	static class ComposedOfRepeated {

	}

	@Several({})
	static class Lists {

	}

	@SuppressWarnings("unused") // read by reflection
	static class OnMethods {

		@RequiresScope("a")
		void direct() {
		}

		@RequiresScope("a")
		private void hidden() {
		}

		@RequiresScope("a")
		@RequiresScope("b")
		void repeated() {
		}

		@Scoped
		void composed() {
		}

		@RequiresRole("editor")
		void other() {
		}

	}

	static class ExtendsOnMethods extends OnMethods {

	}

	interface OnInterface {

		@RequiresScope("a")
		void direct();

	}

	static class ImplementsOnInterface implements OnInterface {

		@Override
		public void direct() {
		}

	}

}
