package dev.authstarter.servlet;

import java.security.Principal;
import java.util.List;
import java.util.stream.Stream;

import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.servlet.argument.EntryPointArgumentCheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.graphql.data.ArgumentValue;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.Arguments;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.stereotype.Controller;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Start-up fails if a value of one of this library's types would be bound from a message,
 * a GraphQL document or a call of the actuator.
 */
class EntryPointArgumentTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withBean(EntryPointArgumentCheck.class);

	@ParameterizedTest
	@MethodSource("bound")
	void stopsTheStart(Class<?> type) {
		this.context.withBean(type)
			.run((started) -> assertThat(started.getStartupFailure()).isInstanceOf(AccessRuleException.class)
				.hasMessageContaining("The parameter 'bound' of " + type.getName() + "#handle"));
	}

	static Stream<Class<?>> bound() {
		return Stream.of(Bound.class.getDeclaredClasses());
	}

	@ParameterizedTest
	@MethodSource("safe")
	void starts(Class<?> type) {
		this.context.withBean(type).run((started) -> assertThat(started).hasNotFailed());
	}

	static Stream<Class<?>> safe() {
		return Stream.of(Safe.class.getDeclaredClasses());
	}

	record Draft(Organization owner) {

	}

	record Account(String name, Organization organization) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

	interface Api<T> {

		@MessageMapping("/inherited")
		void handle(T bound);

	}

	static class Bound {

		static class Payload {

			@MessageMapping("/payload")
			void handle(Draft bound) {
			}

		}

		static class Whole {

			@MessageMapping("/message")
			void handle(Account caller, Message<List<Draft>> bound) {
			}

		}

		static class Variable {

			@SubscribeMapping("/{bound}")
			void handle(@DestinationVariable Organization bound) {
			}

		}

		static class Inherited implements Api<Organization> {

			@Override
			public void handle(Organization bound) {
			}

		}

		@Controller
		static class Field {

			@QueryMapping("field")
			String handle(@Argument Organization bound) {
				return "";
			}

		}

		@Controller
		static class AllArguments {

			@QueryMapping("all")
			String handle(@Arguments Draft bound) {
				return "";
			}

		}

		@Controller
		static class OptionalArgument {

			@QueryMapping("optional")
			String handle(ArgumentValue<Organization> bound) {
				return "";
			}

		}

		@Endpoint(id = "ours")
		static class Operation {

			@ReadOperation
			String handle(CallerType bound) {
				return "";
			}

		}

	}

	static class Safe {

		static class Answers {

			@MessageMapping("/answer")
			Draft handle(String text, Account caller) {
				throw new UnsupportedOperationException();
			}

		}

		@Controller
		static class Source {

			@SchemaMapping(typeName = "Organization")
			Draft draft(Organization source, @Argument String title) {
				return new Draft(source);
			}

		}

		static class Service {

			String handle(Organization organization) {
				return organization.id();
			}

		}

	}

}
