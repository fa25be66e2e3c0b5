package dev.authstarter.access;

import java.util.Objects;
import java.util.stream.Stream;

import dev.authstarter.RequiresPermission;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.servlet.inventory.RouteRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Rules that name an authority, such as {@code ROLE_x}, make start-up fail.
 */
class AuthorityPrefixesTests {

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(TestApi.class)
		.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + TestToken.AUDIENCE);

	private final WebApplicationContextRunner spelled = this.context.withPropertyValues(
			"auth-starter.authorities.scope-prefix=may_", "auth-starter.authorities.role-prefix=is_",
			"auth-starter.authorities.permission-prefix=can_");

	@ParameterizedTest
	@MethodSource
	void stopsTheStart(Class<?> type, String problem) {
		this.context.withBean(type).run((started) -> assertFailed(started, type.getName() + problem));
		this.spelled.withBean(type).run((started) -> assertFailed(started, type.getName() + problem));
	}

	static Stream<Arguments> stopsTheStart() {
		return Stream.of(Arguments.of(ScopeOfHandler.class,
				"#get requires the scope 'SCOPE_read', which starts with 'SCOPE_'. That is a prefix of authorities"),
				Arguments.of(RoleOfService.class, "#get requires the role 'ROLE_editor'"),
				Arguments.of(OneOfSeveral.class, "#get requires the permission 'PERMISSION_b'"),
				Arguments.of(OnType.class, "#get requires the role 'ROLE_x'"),
				Arguments.of(AnotherKind.class, "#get requires the scope 'ROLE_editor'"));
	}

	@ParameterizedTest
	@MethodSource
	void stopsTheStartForConfiguredPrefix(Class<?> type, String problem) {
		this.context.withBean(type).run((started) -> assertThat(started).hasNotFailed());
		this.spelled.withBean(type).run((started) -> assertFailed(started, problem));
	}

	static Stream<Arguments> stopsTheStartForConfiguredPrefix() {
		return Stream.of(
				Arguments.of(Spelled.class,
						"#get requires the scope 'may_read', which starts with 'may_'. That is a prefix"),
				Arguments.of(SpelledRoute.class, "route (GET && /route) requires the role 'is_editor'"));
	}

	@Test
	void stopsRouteRules() {
		assertThatExceptionOfType(AccessRuleException.class).isThrownBy(() -> RouteRule.scopes("a", "SCOPE_b"))
			.withMessageContaining("A RouteRule requires the scope 'SCOPE_b'");
		assertThatExceptionOfType(AccessRuleException.class).isThrownBy(() -> RouteRule.anyScope("a", "SCOPE_b"));
		assertThatExceptionOfType(AccessRuleException.class).isThrownBy(() -> RouteRule.roles("ROLE_a"));
		assertThatExceptionOfType(AccessRuleException.class).isThrownBy(() -> RouteRule.permissions("PERMISSION_a"));
	}

	@Test
	void saysWhatToDo() {
		this.spelled.withBean(RoleOfService.class)
			.run((started) -> assertThat(started).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(AccessRuleException.class, (failure) -> assertThat(failure.action())
					.contains("without the prefix: 'editor'.", "@PreAuthorize(\"hasAuthority('is_ROLE_editor')\")")));
	}

	@Test
	void acceptsWhatOnlyResemblesThem() {
		this.spelled.withBean(Resembling.class).run((started) -> assertThat(started).hasNotFailed());
	}

	private static void assertFailed(AssertableWebApplicationContext started, String problem) {
		Throwable failure = Objects.requireNonNull(started.getStartupFailure());
		assertThat(NestedExceptionUtils.getMostSpecificCause(failure)).isInstanceOf(AccessRuleException.class)
			.hasMessageContaining(problem);
	}

	@RestController
	static class ScopeOfHandler {

		@GetMapping("/handler")
		@RequiresScope("SCOPE_read")
		void get() {
		}

	}

	@Service
	static class RoleOfService {

		@RequiresRole("ROLE_editor")
		void get() {
		}

	}

	@RestController
	static class OneOfSeveral {

		@GetMapping("/handler")
		@RequiresPermission(anyOf = { "a", "PERMISSION_b" })
		void get() {
		}

	}

	@RestController
	@RequiresRole({ "y", "ROLE_x" })
	static class OnType {

		@GetMapping("/handler")
		void get() {
		}

	}

	@Service
	static class AnotherKind {

		@RequiresScope("ROLE_editor")
		void get() {
		}

	}

	@Service
	static class Spelled {

		@RequiresScope("may_read")
		void get() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SpelledRoute {

		@Bean
		RouterFunction<ServerResponse> route() {
			return RouteRule.roles("is_editor")
				.around(RouterFunctions.route().GET("/route", (request) -> ServerResponse.ok().build()).build());
		}

	}

	@Service
	static class Resembling {

		@RequiresScope({ "scope_read", "SCOPE", "read:SCOPE_x", "is_read" })
		@RequiresRole({ "role", "ROLES", "may_edit" })
		@RequiresPermission("may_can_see")
		void get() {
		}

	}

}
