package dev.authstarter.access;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

import dev.authstarter.RequiresScope;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Ownership;
import net.bytebuddy.description.modifier.SyntheticState;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FixedValue;

import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;
import org.springframework.web.service.annotation.GetExchange;

/**
 * The same bean with the same rule, declared at different places, as a class, a record, a
 * repository and so on.
 */
final class GuardedBeans {

	private GuardedBeans() {
	}

	/** Where the annotation is present. */
	enum Place {

		TYPE, METHOD, INTERFACE, OVERRIDDEN, META_ANNOTATION

	}

	static Map<Place, Class<?>> classes() {
		return of(OnType.class, OnMethod.class, OnInterface.class, OnOverridden.class, OnMeta.class);
	}

	static Map<Place, Class<?>> finalClasses() {
		return of(FinalOnType.class, FinalOnMethod.class, FinalOnInterface.class, FinalOnOverridden.class,
				FinalOnMeta.class);
	}

	static Map<Place, Class<?>> records() {
		return of(RecordOnType.class, RecordOnMethod.class, RecordOnInterface.class, RecordOnOverridden.class,
				RecordOnMeta.class);
	}

	static Map<Place, Class<?>> configurations() {
		return of(ConfigurationOnType.class, ConfigurationOnMethod.class, ConfigurationOnInterface.class,
				ConfigurationOnOverridden.class, ConfigurationOnMeta.class);
	}

	static Map<Place, Class<?>> repositories() {
		return of(RepositoryOnType.class, RepositoryOnMethod.class, RepositoryOnInterface.class,
				RepositoryOnOverridden.class, RepositoryOnMeta.class);
	}

	static Map<Place, Class<?>> clients() {
		return of(ClientOnType.class, ClientOnMethod.class, ClientOnInterface.class, ClientOnOverridden.class,
				ClientOnMeta.class);
	}

	/** What Kotlin compiles of an open class with a {@code suspend} function. */
	static Map<Place, Class<?>> compiledByKotlin() {
		Map<Place, Class<?>> compiled = new EnumMap<>(Place.class);
		classes().forEach((place, type) -> compiled.put(place, likeKotlin(type)));
		return compiled;
	}

	/** The body of the function is static and has its annotations, too. */
	private static Class<?> likeKotlin(Class<?> type) {
		Method read = Arrays.stream(type.getDeclaredMethods())
			.filter((method) -> method.getName().equals("read"))
			.findAny()
			.orElseThrow();
		return new ByteBuddy().subclass(type)
			.name(type.getName() + "Kotlin")
			.annotateType(type.getAnnotations())
			.defineMethod("read$suspendImpl", Object.class, Ownership.STATIC, SyntheticState.SYNTHETIC)
			.withParameters(type)
			.intercept(FixedValue.value("body"))
			.annotateMethod(read.getAnnotations())
			.make()
			.load(type.getClassLoader(), ClassLoadingStrategy.Default.INJECTION)
			.getLoaded();
	}

	/**
	 * What Kotlin compiles of {@code @JvmOverloads} on a function with a default
	 * argument.
	 */
	static Class<?> overloadedByKotlin() {
		return new ByteBuddy().redefine(Overloaded.class)
			.name(Overloaded.class.getName() + "Kotlin")
			.defineMethod("read$default", Object.class, Ownership.STATIC, SyntheticState.SYNTHETIC)
			.withParameters(int.class)
			.intercept(FixedValue.nullValue())
			.make()
			.load(Overloaded.class.getClassLoader(), ClassLoadingStrategy.Default.INJECTION)
			.getLoaded();
	}

	private static Map<Place, Class<?>> of(Class<?> onType, Class<?> onMethod, Class<?> onInterface,
			Class<?> onOverridden, Class<?> onMetaAnnotation) {
		return new EnumMap<>(Map.of(Place.TYPE, onType, Place.METHOD, onMethod, Place.INTERFACE, onInterface,
				Place.OVERRIDDEN, onOverridden, Place.META_ANNOTATION, onMetaAnnotation));
	}

	/** Has no rule. */
	interface Reads {

		String read();

	}

	interface RuledReads extends Reads {

		@Override
		@RequiresScope("beans")
		String read();

	}

	interface DefaultReads extends Reads {

		@Override
		@RequiresScope("beans")
		default String read() {
			return "default";
		}

	}

	@RequiresScope("beans")
	@Retention(RetentionPolicy.RUNTIME)
	@interface NeedsBeans {

	}

	@RequiresScope("beans")
	static class OnType implements Reads {

		@Override
		public String read() {
			return "read";
		}

	}

	static class OnMethod implements Reads {

		@Override
		@RequiresScope("beans")
		public String read() {
			return "read";
		}

	}

	static class OnInterface implements RuledReads {

		@Override
		public String read() {
			return "read";
		}

	}

	static class OnOverridden extends OnMethod {

		@Override
		public String read() {
			return super.read();
		}

	}

	static class OnMeta implements Reads {

		@Override
		@NeedsBeans
		public String read() {
			return "read";
		}

	}

	/** The final method runs on the proxy and calls the other one there. */
	static class Overloaded implements Reads {

		@RequiresScope("beans")
		public String read(int number) {
			return "read " + number;
		}

		@Override
		@RequiresScope("beans")
		public final String read() {
			return read(1);
		}

	}

	@RequiresScope("beans")
	static final class FinalOnType implements Reads {

		@Override
		public String read() {
			return "read";
		}

	}

	static final class FinalOnMethod implements Reads {

		@Override
		@RequiresScope("beans")
		public String read() {
			return "read";
		}

	}

	static final class FinalOnInterface implements RuledReads {

		@Override
		public String read() {
			return "read";
		}

	}

	static final class FinalOnOverridden extends OnMethod {

		@Override
		public String read() {
			return "read";
		}

	}

	static final class FinalOnMeta implements Reads {

		@Override
		@NeedsBeans
		public String read() {
			return "read";
		}

	}

	@RequiresScope("beans")
	record RecordOnType() implements Reads {

		@Override
		public String read() {
			return "read";
		}

	}

	record RecordOnMethod() implements Reads {

		@Override
		@RequiresScope("beans")
		public String read() {
			return "read";
		}

	}

	record RecordOnInterface() implements RuledReads {

		@Override
		public String read() {
			return "read";
		}

	}

	record RecordOnOverridden() implements DefaultReads {

		@Override
		public String read() {
			return "read";
		}

	}

	record RecordOnMeta() implements Reads {

		@Override
		@NeedsBeans
		public String read() {
			return "read";
		}

	}

	@Configuration
	@RequiresScope("beans")
	static class ConfigurationOnType extends OnType {

	}

	@Configuration
	static class ConfigurationOnMethod extends OnMethod {

	}

	@Configuration
	static class ConfigurationOnInterface extends OnInterface {

	}

	@Configuration
	static class ConfigurationOnOverridden extends OnOverridden {

	}

	@Configuration
	static class ConfigurationOnMeta extends OnMeta {

	}

	@RequiresScope("beans")
	interface RepositoryOnType extends Repository<Thing, Long>, Reads {

		@Override
		@NativeQuery("select 'read'")
		String read();

	}

	interface RepositoryOnMethod extends Repository<Thing, Long>, Reads {

		@Override
		@NativeQuery("select 'read'")
		@RequiresScope("beans")
		String read();

	}

	interface RepositoryOnInterface extends Repository<Thing, Long>, RuledReads {

		@Override
		@NativeQuery("select 'read'")
		String read();

	}

	interface RepositoryOnOverridden extends RepositoryOnMethod {

		@Override
		@NativeQuery("select 'read'")
		String read();

	}

	interface RepositoryOnMeta extends Repository<Thing, Long>, Reads {

		@Override
		@NativeQuery("select 'read'")
		@NeedsBeans
		String read();

	}

	@RequiresScope("beans")
	interface ClientOnType extends Reads {

		@Override
		@GetExchange("/answer")
		String read();

	}

	interface ClientOnMethod extends Reads {

		@Override
		@GetExchange("/answer")
		@RequiresScope("beans")
		String read();

	}

	interface ClientOnInterface extends RuledReads {

		@Override
		@GetExchange("/answer")
		String read();

	}

	interface ClientOnOverridden extends ClientOnMethod {

		@Override
		@GetExchange("/answer")
		String read();

	}

	interface ClientOnMeta extends Reads {

		@Override
		@GetExchange("/answer")
		@NeedsBeans
		String read();

	}

	/** Something that repositories are about. */
	@Entity(name = "GuardedThing")
	static class Thing {

		@Id
		long id;

	}

}
