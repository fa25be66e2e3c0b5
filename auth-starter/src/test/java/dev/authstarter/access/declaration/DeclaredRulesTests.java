package dev.authstarter.access.declaration;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.Arrays;

import dev.authstarter.CallerType;
import dev.authstarter.RequiresCaller;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresPermission;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.access.AuthorityPrefixes;
import dev.authstarter.access.Rule;
import dev.authstarter.configuration.AccessRuleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where annotations are found, and which of two applies.
 */
class DeclaredRulesTests {

	private final DeclaredRules rules = new DeclaredRules(AuthorityPrefixes.DEFAULT);

	@Test
	void findsNothingWhereNothingIsDeclared() {
		assertThat(this.rules.of(method(Silent.class, "read"), Silent.class)).isSameAs(Rule.NONE);
	}

	@Test
	void combinesKindsAndLetsMethodReplaceTypeForEach() {
		assertThat(rule(Typed.class, "inherits")).isEqualTo("scope typed; role typed");
		assertThat(rule(Typed.class, "replacesScope")).isEqualTo("scope own; role typed");
		assertThat(rule(Typed.class, "adds")).isEqualTo("scope typed; role typed; permission own; caller machine");
	}

	@Test
	void readsAllAndAnyAndRepeated() {
		assertThat(rule(Many.class, "all")).isEqualTo("scope a and b");
		assertThat(rule(Many.class, "any")).isEqualTo("scope a or b");
		assertThat(rule(Many.class, "both")).isEqualTo("scope a and b or c");
		assertThat(rule(Many.class, "repeated")).isEqualTo("scope a or b and c or d");
	}

	@Test
	void readsOwnAnnotationsWithAttributes() {
		assertThat(rule(Composed.class, "alias")).isEqualTo("scope x and y; role editor");
		assertThat(rule(Composed.class, "twoLayers")).isEqualTo("scope deep");
		assertThat(rule(Composed.class, "besideAnother")).isEqualTo("role owner and editor");
	}

	@Test
	void findsDeclarationsOfInterfacesAndTheirTypes() {
		assertThat(rule(Implementation.class, "read")).isEqualTo("scope interface; role type");
		assertThat(this.rules.of(method(Reading.class, "write"), Implementation.class))
			.hasToString("scope default; role type");
	}

	@Test
	void findsInterfaceThatOnlySubclassImplements() {
		assertThat(rule(Late.class, "read")).isEqualTo("scope interface; role type");
		assertThat(rule(Early.class, "read")).isEmpty();
	}

	@Test
	void findsGenericDeclarations() throws NoSuchMethodException {
		assertThat(rule(StringStore.class, "save")).isEqualTo("scope generic");
		Method declared = Store.class.getDeclaredMethod("save", Object.class);
		assertThat(this.rules.of(declared, StringStore.class)).hasToString("scope generic");
		Method bridge = Arrays.stream(StringStore.class.getDeclaredMethods())
			.filter(Method::isBridge)
			.findAny()
			.orElseThrow();
		assertThat(this.rules.of(bridge, StringStore.class)).hasToString("scope generic");
	}

	@Test
	void distinguishesOverloads() {
		Method other = Arrays.stream(Overloaded.class.getDeclaredMethods())
			.filter((method) -> method.getName().equals("save") && method.getParameterTypes()[0] == Integer.class)
			.findAny()
			.orElseThrow();
		assertThat(this.rules.of(other, Overloaded.class)).isSameAs(Rule.NONE);
	}

	@Test
	void findsPackagePrivateFinalAndInheritedMethods() {
		assertThat(rule(Sub.class, "packagePrivate")).isEqualTo("scope package");
		assertThat(rule(Sub.class, "unchangeable")).isEqualTo("scope final");
		assertThat(rule(Sub.class, "overridden")).isEqualTo("scope base");
		assertThat(rule(Sub.class, "restated")).isEqualTo("scope sub");
	}

	@Test
	void looksThroughProxies() {
		ProxyFactory classes = new ProxyFactory(new Sub());
		classes.setProxyTargetClass(true);
		assertThat(this.rules.of(method(Base.class, "overridden"), classes.getProxy().getClass()))
			.hasToString("scope base");
		ProxyFactory interfaces = new ProxyFactory(new Implementation());
		assertThat(this.rules.of(method(Reading.class, "read"), interfaces.getProxy().getClass()))
			.hasToString("scope interface; role type");
	}

	@Test
	void refusesTwoThatAreEquallyNear() {
		assertThatExceptionOfType(AccessRuleException.class).isThrownBy(() -> rule(Torn.class, "read"))
			.withMessageContainingAll(Torn.class.getName() + "#read", "two different @RequiresScope",
					Reading.class.getName(), Other.class.getName())
			.satisfies((ex) -> assertThat(ex.action()).contains("on the method itself"));
	}

	@Test
	void acceptsTwoThatAgreeAndOneThatDecides() {
		assertThat(rule(Agreeing.class, "read")).isEqualTo("scope interface; role type");
		assertThat(rule(Decided.class, "read")).isEqualTo("scope decided; role type");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "empty", "blank", "twoScopesInOne", "quoted", "roleWithSpace", "noCaller", "openToMachines" })
	void refusesAnnotationsThatCannotBeMeant(String name) {
		assertThatExceptionOfType(AccessRuleException.class).isThrownBy(() -> rule(Nonsense.class, name))
			.withMessageContaining(Nonsense.class.getName() + "#" + name);
	}

	private String rule(Class<?> type, String name) {
		return this.rules.of(method(type, name), type).toString();
	}

	private static Method method(Class<?> type, String name) {
		for (Class<?> member = type; member != null; member = member.getSuperclass()) {
			for (Method method : member.getDeclaredMethods()) {
				if (method.getName().equals(name) && !method.isBridge()) {
					return method;
				}
			}
		}
		throw new IllegalArgumentException(name);
	}

	static class Silent {

		void read() {
		}

	}

	@RequiresScope("typed")
	@RequiresRole("typed")
	static class Typed {

		void inherits() {
		}

		@RequiresScope("own")
		void replacesScope() {
		}

		@RequiresPermission("own")
		@RequiresCaller(CallerType.MACHINE)
		void adds() {
		}

	}

	static class Many {

		@RequiresScope({ "a", "b" })
		void all() {
		}

		@RequiresScope(anyOf = { "a", "b" })
		void any() {
		}

		@RequiresScope(value = "a", anyOf = { "b", "c" })
		void both() {
		}

		@RequiresScope(anyOf = { "a", "b" })
		@RequiresScope(anyOf = { "c", "d" })
		void repeated() {
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@RequiresRole("editor")
	@RequiresScope
	@interface Editing {

		@AliasFor(annotation = RequiresScope.class, attribute = "value")
		String[] scopes();

	}

	@Retention(RetentionPolicy.RUNTIME)
	@RequiresRole("editor")
	@interface Editor {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@RequiresScope("deep")
	@interface Deep {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@Deep
	@interface Deeper {

	}

	static class Composed {

		@Editing(scopes = { "x", "y" })
		void alias() {
		}

		@Deeper
		void twoLayers() {
		}

		@Editor
		@RequiresRole("owner")
		void besideAnother() {
		}

	}

	@RequiresRole("type")
	interface Reading {

		@RequiresScope("interface")
		void read();

		@RequiresScope("default")
		default void write() {
		}

	}

	static class Implementation implements Reading {

		@Override
		public void read() {
		}

	}

	static class Early {

		public void read() {
		}

	}

	static class Late extends Early implements Reading {

	}

	interface Store<T> {

		@RequiresScope("generic")
		void save(T value);

	}

	static class StringStore implements Store<String> {

		@Override
		public void save(String value) {
		}

	}

	static class Overloaded extends StringStore {

		void save(Integer value) {
		}

	}

	static class Base {

		@RequiresScope("package")
		void packagePrivate() {
		}

		@RequiresScope("final")
		public final void unchangeable() {
		}

		@RequiresScope("base")
		public void overridden() {
		}

		@RequiresScope("base")
		public void restated() {
		}

	}

	static class Sub extends Base {

		@Override
		public void overridden() {
		}

		@Override
		@RequiresScope("sub")
		public void restated() {
		}

	}

	interface Other {

		@RequiresScope("other")
		void read();

	}

	interface Same {

		@RequiresScope("interface")
		void read();

	}

	static class Torn implements Reading, Other {

		@Override
		public void read() {
		}

	}

	static class Agreeing implements Reading, Same {

		@Override
		public void read() {
		}

	}

	static class Decided implements Reading, Other {

		@Override
		@RequiresScope("decided")
		public void read() {
		}

	}

	static class Nonsense {

		@RequiresScope
		void empty() {
		}

		@RequiresRole("")
		void blank() {
		}

		@RequiresScope("read write")
		void twoScopesInOne() {
		}

		@RequiresScope("a\"b")
		void quoted() {
		}

		@RequiresRole(" editor")
		void roleWithSpace() {
		}

		@RequiresCaller({})
		void noCaller() {
		}

		@RequiresOrganization(allowMachineWithoutOrganization = true)
		void openToMachines() {
		}

	}

}
