package dev.authstarter.servlet.inventory;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.authstarter.access.declaration.TypeName;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.NamingStrategy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.BeanUtils;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.servlet.function.RequestPredicates.GET;
import static org.springframework.web.servlet.function.RequestPredicates.accept;
import static org.springframework.web.servlet.function.RequestPredicates.methods;
import static org.springframework.web.servlet.function.RequestPredicates.path;

/**
 * Names of classes and routes are the same in every run.
 */
class TypeNameTests {

	private static final String HERE = TypeNameTests.class.getName();

	static Stream<Arguments> generated() {
		Supplier<String> lambda = () -> "";
		ProxyFactory byClass = new ProxyFactory(new Open());
		byClass.setProxyTargetClass(true);
		return Stream.of(Arguments.of(lambda, HERE), Arguments.of(byClass.getProxy(), HERE + "$Open"),
				Arguments.of(new ProxyFactory(new Open()).getProxy(), HERE + "$Face"),
				Arguments.of(Proxy.newProxyInstance(Face.class.getClassLoader(), new Class<?>[] { Face.class },
						(proxy, method, arguments) -> null), HERE + "$Face"),
				Arguments.of(BeanUtils.instantiateClass(mock()), HERE + "$Open"),
				Arguments.of(new Open(), HERE + "$Open"), Arguments.of(new Object() {
				}, HERE + "$1"));
	}

	/**
	 * Like a mock of Mockito's subclass mock maker. A real one would affect how Mockito
	 * recognizes the mocks of later tests.
	 */
	private static Class<? extends Open> mock() {
		return new ByteBuddy(ClassFileVersion.JAVA_V17).with(new NamingStrategy.SuffixingRandom("MockitoMock"))
			.subclass(Open.class)
			.make()
			.load(Open.class.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(MethodHandles.lookup()))
			.getLoaded();
	}

	@ParameterizedTest
	@MethodSource("generated")
	void namesWhatIsStable(Object object, String name) {
		assertThat(TypeName.of(object.getClass())).isEqualTo(name);
	}

	static Stream<Arguments> routes() {
		RequestPredicate lambda = (request) -> true;
		return Stream.of(Arguments.of(GET("/a"), "(GET && /a)"),
				Arguments.of(GET("/a").and(lambda), "((GET && /a) && %s)".formatted(HERE)),
				Arguments.of(path("/a").or(new Hashed()).negate(), "!(/a || %s$Hashed)".formatted(HERE)),
				Arguments.of(methods(org.springframework.http.HttpMethod.PUT, org.springframework.http.HttpMethod.GET),
						"[GET, PUT]"),
				Arguments.of(accept(org.springframework.http.MediaType.TEXT_HTML).and(RequestPredicates.all()),
						"(Accept: text/html && %s)".formatted(RequestPredicates.class.getName())));
	}

	@ParameterizedTest
	@MethodSource("routes")
	void describesRoutes(RequestPredicate predicate, String description) {
		assertThat(read(RouterFunctions.route(predicate, (request) -> ServerResponse.ok().build())))
			.isEqualTo(description);
	}

	@Test
	void describesForeignRouterFunctions() {
		assertThat(read((request) -> java.util.Optional.empty())).isEqualTo(HERE);
	}

	private static String read(RouterFunction<ServerResponse> routes) {
		RouteReader reader = new RouteReader((function) -> {
		});
		routes.accept(reader);
		return reader.routes().get(0).description();
	}

	/** Something with an interface. */
	interface Face {

	}

	static class Open implements Face {

	}

	/** Its description has its hash, as in Spring for GraphQL. */
	static final class Hashed implements RequestPredicate {

		@Override
		public boolean test(ServerRequest request) {
			return true;
		}

	}

}
