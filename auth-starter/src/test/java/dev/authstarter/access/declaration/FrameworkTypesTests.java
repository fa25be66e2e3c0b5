package dev.authstarter.access.declaration;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.security.cert.Certificate;
import java.util.List;

import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.webmvc.autoconfigure.error.BasicErrorController;
import org.springframework.data.rest.webmvc.RepositoryRestHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether a class below {@code org.springframework} is Spring's or the application's.
 */
class FrameworkTypesTests {

	private final FrameworkTypes types = new FrameworkTypes(List.of("org.springframework.samples.petclinic"));

	@ParameterizedTest
	@ValueSource(classes = { BasicErrorController.class, RepositoryRestHandlerMapping.class,
			ResourceHttpRequestHandler.class })
	void knowsSpringsOwn(Class<?> type) {
		assertThat(this.types.contain(type)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:/app/classes/", "file:/app/shop-1.0.jar", "file:/app/spring-classes/",
			"jar:nested:/app/spring-shop.jar/!BOOT-INF/classes/!/",
			"jar:nested:/app/shop.jar/!BOOT-INF/lib/shop-1.jar!/" })
	void knowsApplicationsByWhereTheyComeFrom(String place) throws Exception {
		assertThat(this.types.contain(load("org.springframework.shop.Sales", place))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:/app/spring-webmvc-7.0.9.jar",
			"jar:nested:/app/shop.jar/!BOOT-INF/lib/spring-graphql-2.0.4.jar!/" })
	void knowsSpringByItsJars(String place) throws Exception {
		assertThat(this.types.contain(load("org.springframework.web.Any", place))).isTrue();
		assertThat(this.types.contain(load("org.springframework.samples.petclinic.owner.Pets", place)))
			.as("the application says that it is its own")
			.isFalse();
	}

	@Test
	void knowsAllOthersAsApplications() {
		assertThat(this.types.contain(getClass())).isFalse();
		assertThat(this.types.contain(String.class)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "org.springframework.boot.Any, file:/app/spring-boot-4.1.1.jar, true",
			"org.springframework.web.Any, jar:nested:/app/shop.jar/!BOOT-INF/lib/spring-webmvc-7.0.9.jar!/, true",
			"org.springframework.shop.Sales, file:/app/spring-shop-1.jar, false",
			"org.springframework.webshop.Sales, file:/app/spring-shop-1.jar, false",
			"org.springframework.samples.petclinic.owner.Pets, file:/app/spring-petclinic-1.jar, false",
			"org.springframework.web.Any, file:/app/shop-with-everything.jar, false",
			"org.springframework.web.Any, file:/app/classes/, false",
			"com.example.Any, file:/app/spring-web.jar, false" })
	void knowsWhichClassesHaveNoRules(String name, String place, boolean expected) throws Exception {
		assertThat(this.types.haveNoRules(load(name, place))).isEqualTo(expected);
	}

	@Test
	void knowsThatThisLibraryHasNoRules() throws Exception {
		assertThat(this.types.haveNoRules(FrameworkTypes.class)).isTrue();
		assertThat(this.types.haveNoRules(getClass())).as("a test").isFalse();
		String place = FrameworkTypes.class.getProtectionDomain().getCodeSource().getLocation().toString();
		assertThat(this.types.haveNoRules(load("com.example.Any", place))).as("an application in the same jar")
			.isFalse();
		assertThat(new FrameworkTypes(List.of("dev.authstarter.access")).haveNoRules(FrameworkTypes.class))
			.as("a package of the application")
			.isFalse();
	}

	private static Class<?> load(String name, String place) throws Exception {
		byte[] bytes = new ByteBuddy().subclass(Object.class).name(name).make().getBytes();
		return new Placed(place).define(name, bytes);
	}

	/** Defines classes as if they came from somewhere else. */
	private static final class Placed extends SecureClassLoader {

		private final String place;

		Placed(String place) {
			this.place = place;
		}

		Class<?> define(String name, byte[] bytes) throws MalformedURLException {
			URL url = new URL(null, this.place, new URLStreamHandler() {
				@Override
				protected URLConnection openConnection(URL url) {
					throw new UnsupportedOperationException();
				}
			});
			return defineClass(name, bytes, 0, bytes.length, new CodeSource(url, (Certificate[]) null));
		}

	}

}
