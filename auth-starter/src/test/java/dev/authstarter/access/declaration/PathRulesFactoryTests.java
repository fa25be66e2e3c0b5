package dev.authstarter.access.declaration;

import java.util.List;

import dev.authstarter.access.PathRules;
import dev.authstarter.configuration.AuthStarterProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.http.server.PathContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Path rules are validated at start-up.
 */
class PathRulesFactoryTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', nullValues = "null",
			value = { "null, starts with a slash", "legacy/**, starts with a slash", "\"\", starts with a slash",
					"/a/{b, It is not a valid path pattern", "/a/**/b/**, It is not a valid path pattern",
					"/a;x=1, It would match no request", "/a%20b, It would match no request",
					"/a//b, It would match no request", "/a/../b, It would match no request" })
	void refusesPathThatNothingHas(@Nullable String path, String why) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> validate(path, List.of(), List.of("a"), List.of(), List.of()))
			.satisfies((ex) -> {
				assertThat(ex.getName()).isEqualTo("auth-starter.rules[0].path");
				assertThat(ex.getReason()).contains(why);
			});
	}

	@Test
	void refusesUnknownMethod() {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> validate("/a", List.of("GET", "FETCH"), List.of("a"), List.of(), List.of()))
			.satisfies((ex) -> assertThat(ex.getReason()).startsWith("It may contain any of [DELETE, GET, HEAD, "));
	}

	@Test
	void refusesRuleThatDemandsNothing() {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> validate("/a", List.of(), List.of(), List.of(), List.of()))
			.satisfies(
					(ex) -> assertThat(ex.getReason()).contains("requires nothing", "'auth-starter.rules[0].scopes'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "two words", "quo\"te" })
	void refusesScopeThatNoTokenNames(String scope) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> validate("/a", List.of(), List.of(scope), List.of(), List.of()))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("auth-starter.rules[0].scopes"));
	}

	@ParameterizedTest
	@CsvSource({ "GET, true", "HEAD, true", "get, true", "POST, false", "OPTIONS, false" })
	void readsGetAsGetAndHead(String method, boolean found) {
		PathRules rules = validate("/a/", List.of("get"), List.of(), List.of("reader"), List.of("see"));
		assertThat(rules.of(method, List.of(PathContainer.parsePath("/A")))).hasSize(found ? 1 : 0);
	}

	@Test
	void coversOnlyWhereEveryMethodHasRule() {
		PathRules reading = validate("/a/**", List.of("GET"), List.of("read"), List.of(), List.of());
		assertThat(reading.covering(List.of("GET", "HEAD"), List.of("/a/b"))).hasSize(1);
		assertThat(reading.covering(List.of("GET", "POST"), List.of("/a/b"))).isEmpty();
		assertThat(reading.covering(List.of(), List.of("/a/b"))).isEmpty();
		assertThat(reading.covering(List.of("GET"), List.of("/a/b", "/b"))).isEmpty();
		assertThat(reading.covering(List.of("GET"), List.of())).isEmpty();
	}

	private static PathRules validate(@Nullable String path, List<String> methods, List<String> scopes,
			List<String> roles, List<String> permissions) {
		return new PathRulesFactory(
				List.of(new AuthStarterProperties.PathRule(path, methods, scopes, roles, permissions)))
			.create();
	}

}
