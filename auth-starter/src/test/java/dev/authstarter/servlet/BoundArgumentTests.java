package dev.authstarter.servlet;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.servlet.argument.ArgumentCheck;
import dev.authstarter.servlet.argument.CallerMvcConfigurer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.annotation.JsonDeserialize;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpEntity;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.method.annotation.AuthenticationPrincipalArgumentResolver;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.MatrixVariable;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurationSupport;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Start-up fails if Spring MVC would bind a value of one of this library's types from a
 * request, and only then.
 */
class BoundArgumentTests {

	private static final String ORGANIZATION = Organization.class.getName();

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(Mvc.class);

	@ParameterizedTest
	@MethodSource("bound")
	void stopsTheStart(Class<?> controller) {
		this.context.withBean(controller)
			.run((started) -> assertThat(started.getStartupFailure()).isInstanceOf(AccessRuleException.class)
				.hasMessageContaining("The parameter 'bound' of " + controller.getName() + "#")
				.hasMessageContaining("would be bound from the request"));
	}

	static Stream<Class<?>> bound() {
		return Stream.of(Bound.class.getDeclaredClasses()).filter((type) -> isController(type));
	}

	@ParameterizedTest
	@MethodSource("safe")
	void starts(Class<?> controller) {
		this.context.withBean(controller).run((started) -> assertThat(started).hasNotFailed());
	}

	static Stream<Class<?>> safe() {
		return Stream.of(Safe.class.getDeclaredClasses()).filter((type) -> isController(type));
	}

	private static boolean isController(Class<?> type) {
		return type.isAnnotationPresent(RestController.class) || type.isAnnotationPresent(Controller.class)
				|| type.isAnnotationPresent(ControllerAdvice.class);
	}

	@Test
	void saysWhereTheTypeStandsAndWhatToDo() {
		this.context.withBean(Bound.NestedBody.class)
			.run((started) -> assertThat(started.getStartupFailure()).isInstanceOfSatisfying(AccessRuleException.class,
					(failure) -> {
						assertThat(failure).hasMessageEndingWith("must come from the token: " + ORGANIZATION + " in "
								+ Draft.class.getName() + "#owner.");
						assertThat(failure.action()).startsWith("Declare AccessToken, Organization or Caller as a "
								+ "parameter of its own without an annotation");
					}));
	}

	@Test
	void stopsTheStartWhereOurResolverIsMissing() {
		new WebApplicationContextRunner().withUserConfiguration(OwnMvc.class)
			.withBean(Safe.Plain.class)
			.run((started) -> assertThat(started.getStartupFailure()).isInstanceOf(AccessRuleException.class)
				.hasMessageContaining(Safe.Plain.class.getName() + "#get"));
	}

	@Test
	void asksTheResolversThatSpringMvcWillAsk() {
		this.context.withBean(Own.class).run((started) -> assertThat(started).hasFailed());
		this.context.withBean(Own.class)
			.withBean("ownResolver", WebMvcConfigurer.class, () -> new Adds(new DraftResolver()))
			.run((started) -> assertThat(started).hasNotFailed());
		this.context.withBean(Own.class)
			.withBean("ownBinder", WebMvcConfigurer.class, () -> new Adds(new DraftBinder()))
			.run((started) -> assertThat(started).hasFailed());
	}

	@EnableWebMvc
	@Configuration(proxyBeanMethods = false)
	static class Mvc {

		@Bean
		CallerMvcConfigurer callerMvcConfigurer() {
			return new CallerMvcConfigurer((authentication) -> null, () -> null);
		}

		@Bean
		WebMvcConfigurer security() {
			return new Adds(new AuthenticationPrincipalArgumentResolver());
		}

		@Bean
		static ArgumentCheck argumentCheck(org.springframework.context.ApplicationContext context) {
			return new ArgumentCheck(context);
		}

	}

	@Configuration
	static class OwnMvc extends WebMvcConfigurationSupport {

		@Bean
		static ArgumentCheck argumentCheck(org.springframework.context.ApplicationContext context) {
			return new ArgumentCheck(context);
		}

	}

	record Adds(HandlerMethodArgumentResolver resolver) implements WebMvcConfigurer {

		@Override
		public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
			resolvers.add(this.resolver);
		}

	}

	static class DraftResolver implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Draft.class;
		}

		@Override
		public @Nullable Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
				NativeWebRequest request, @Nullable WebDataBinderFactory binderFactory) {
			return null;
		}

	}

	static class DraftBinder
			extends org.springframework.web.servlet.mvc.method.annotation.ServletModelAttributeMethodProcessor {

		DraftBinder() {
			super(true);
		}

	}

	@RestController
	static class Own {

		@GetMapping("/own")
		void get(Draft bound) {
		}

	}

	record Draft(String title, Organization owner) {

	}

	record Envelope<T>(T content) {

	}

	record Deep(List<Map<String, Envelope<Draft>>> drafts) {

	}

	static class Parent {

		@SuppressWarnings("UnusedVariable")
		private @Nullable AccessToken token;

	}

	static class Child extends Parent {

	}

	static class WithSetter {

		void setOwner(Organization owner) {
		}

	}

	static class WithConstructor {

		WithConstructor(String title, Organization owner) {
		}

	}

	static class WithCreator {

		WithCreator() {
		}

		@JsonCreator
		static WithCreator of(Organization owner) {
			return new WithCreator();
		}

	}

	/** Data binding takes the public constructor, a message converter the other one. */
	public static class TwoConstructors {

		protected TwoConstructors() {
		}

		public TwoConstructors(Organization owner) {
		}

	}

	sealed interface Command permits Rename, Move {

	}

	record Rename(String name) implements Command {

	}

	record Move(Organization to) implements Command {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	@JsonSubTypes(@JsonSubTypes.Type(Moved.class))
	static class Event {

	}

	static class Moved extends Event {

		@SuppressWarnings("UnusedVariable")
		private @Nullable Organization to;

	}

	interface Projection {

		Organization getOwner();

	}

	static class Organizations extends ArrayList<Organization> {

		private static final long serialVersionUID = 1L;

	}

	static class Crud<T, B> {

		@PostMapping("/crud")
		void post(@RequestBody B bound) {
		}

		@GetMapping("/crud")
		void get(T caller) {
		}

	}

	interface Api {

		@GetMapping("/api")
		void get(@RequestParam("organization") Organization bound);

	}

	/** Each is bound, in its parameter 'bound'. */
	static class Bound {

		@RestController
		static class InList {

			@GetMapping("/")
			void get(List<Organization> bound) {
			}

		}

		@RestController
		static class InArray {

			@GetMapping("/")
			void get(Organization[] bound) {
			}

		}

		@RestController
		static class InSet {

			@GetMapping("/")
			void get(Set<CallerType> bound) {
			}

		}

		@RestController
		static class InMap {

			@GetMapping("/")
			void get(Map<String, Organization> bound) {
			}

		}

		@RestController
		static class InMapOfParameters {

			@GetMapping("/")
			void get(@RequestParam Map<String, Organization> bound) {
			}

		}

		@RestController
		static class InOptionalList {

			@GetMapping("/")
			void get(Optional<List<AccessToken>> bound) {
			}

		}

		@RestController
		static class InWildcard {

			@GetMapping("/")
			void get(List<? extends Organization> bound) {
			}

		}

		@RestController
		static class InProvider {

			@GetMapping("/")
			void get(ObjectProvider<Organization> bound) {
			}

		}

		@RestController
		static class InSupplier {

			@GetMapping("/")
			void get(Supplier<Organization> bound) {
			}

		}

		@RestController
		static class InOwnList {

			@GetMapping("/")
			void get(Organizations bound) {
			}

		}

		@RestController
		static class Entity {

			@PostMapping("/")
			void post(HttpEntity<Organization> bound) {
			}

		}

		@RestController
		static class Request {

			@PostMapping("/")
			void post(RequestEntity<List<Draft>> bound) {
			}

		}

		@RestController
		static class Response {

			@GetMapping("/")
			void get(ResponseEntity<Organization> bound) {
			}

		}

		@RestController
		static class Body {

			@PostMapping("/")
			void post(@RequestBody Organization bound) {
			}

		}

		@RestController
		static class BodyOfToken {

			@PostMapping("/")
			void post(@RequestBody AccessToken bound) {
			}

		}

		@RestController
		static class BodyOfNamedClass {

			@PostMapping("/")
			void post(@RequestBody NamesItsClass bound) {
			}

		}

		@RestController
		static class BodyWithNamedContent {

			@PostMapping("/")
			void post(@RequestBody NamesItsContent bound) {
			}

		}

		@RestController
		static class BuiltBody {

			@PostMapping("/")
			void post(@RequestBody Built bound) {
			}

		}

		@RestController
		static class NestedBody {

			@PostMapping("/")
			void post(@RequestBody Draft bound) {
			}

		}

		@RestController
		static class DeepBody {

			@PostMapping("/")
			void post(@RequestBody Deep bound) {
			}

		}

		@RestController
		static class GenericBody {

			@PostMapping("/")
			void post(@RequestBody Envelope<Organization> bound) {
			}

		}

		@RestController
		static class InheritedField {

			@PostMapping("/")
			void post(@RequestBody Child bound) {
			}

		}

		@RestController
		static class Setter {

			@PostMapping("/")
			void post(WithSetter bound) {
			}

		}

		@RestController
		static class Constructor {

			@PostMapping("/")
			void post(@ModelAttribute WithConstructor bound) {
			}

		}

		@RestController
		static class PublicConstructor {

			@PostMapping("/")
			void post(@ModelAttribute TwoConstructors bound) {
			}

		}

		@RestController
		static class Creator {

			@PostMapping("/")
			void post(@RequestBody WithCreator bound) {
			}

		}

		@RestController
		static class Sealed {

			@PostMapping("/")
			void post(@RequestBody Command bound) {
			}

		}

		@RestController
		static class Subtype {

			@PostMapping("/")
			void post(@RequestBody Event bound) {
			}

		}

		@RestController
		static class Interface {

			@PostMapping("/")
			void post(@RequestBody Projection bound) {
			}

		}

		@RestController
		static class Part {

			@PostMapping("/")
			void post(@RequestPart Organization bound) {
			}

		}

		@RestController
		static class Parameter {

			@GetMapping("/")
			void get(@RequestParam Organization bound) {
			}

		}

		@RestController
		static class OptionalParameter {

			@GetMapping("/")
			void get(@RequestParam Optional<Organization> bound) {
			}

		}

		@RestController
		static class Header {

			@GetMapping("/")
			void get(@RequestHeader Organization bound) {
			}

		}

		@RestController
		static class Cookie {

			@GetMapping("/")
			void get(@CookieValue Organization bound) {
			}

		}

		@RestController
		static class Variable {

			@GetMapping("/{bound}")
			void get(@PathVariable CallerType bound) {
			}

		}

		@RestController
		static class Matrix {

			@GetMapping("/{path}")
			void get(@MatrixVariable Organization bound) {
			}

		}

		@RestController
		static class AttributeOfSession {

			@GetMapping("/")
			void get(@SessionAttribute Organization bound) {
			}

		}

		@RestController
		static class AttributeOfRequest {

			@GetMapping("/")
			void get(@RequestAttribute Organization bound) {
			}

		}

		@RestController
		static class Attribute {

			@GetMapping("/")
			void get(@ModelAttribute Organization bound) {
			}

		}

		@Controller
		static class PreparesModel {

			@ModelAttribute
			void prepare(@RequestParam Organization bound) {
			}

			@GetMapping("/")
			void get() {
			}

		}

		@ControllerAdvice
		static class PreparesAllModels {

			@ModelAttribute
			void prepare(Draft bound) {
			}

		}

		@ControllerAdvice
		static class PreparesBinders {

			@InitBinder
			void prepare(WebDataBinder binder, @RequestParam Organization bound) {
			}

		}

		@RestController
		static class OfInterface implements Api {

			@Override
			public void get(Organization bound) {
			}

		}

		@RestController
		static class OfSubclass extends Crud<Organization, Organization> {

		}

	}

	static class Account implements Principal {

		@SuppressWarnings("UnusedVariable")
		private @Nullable Organization organization;

		@Override
		public String getName() {
			return "";
		}

	}

	static class Failure extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@SuppressWarnings("UnusedVariable")
		private final transient @Nullable Organization organization = null;

	}

	/** Written by callers, although the answer of a handler has the owner. */
	static class Note {

		@SuppressWarnings("UnusedVariable")
		private @Nullable String text;

		Note() {
		}

		Note(Organization owner) {
		}

		static Note of(Organization owner) {
			return new Note(owner);
		}

		Note movedTo(Organization owner) {
			return new Note(owner);
		}

		Draft draft() {
			throw new UnsupportedOperationException();
		}

	}

	/** Each starts. */
	static class Safe {

		@RestController
		static class Plain {

			@GetMapping("/")
			void get(AccessToken token, Organization organization, CallerType caller) {
			}

		}

		@RestController
		static class Wrapped {

			@GetMapping("/")
			void get(Optional<AccessToken> token, Optional<? extends Organization> organization,
					@Nullable CallerType caller) {
			}

		}

		@RestController
		static class Answers {

			@GetMapping("/")
			ResponseEntity<List<Draft>> get() {
				throw new UnsupportedOperationException();
			}

			@PostMapping("/")
			Draft post(@RequestBody Note note, @RequestParam(required = false) String text, Model model) {
				throw new UnsupportedOperationException();
			}

		}

		@RestController
		static class BodyWithTwoConstructors {

			@PostMapping("/")
			void post(@RequestBody TwoConstructors body) {
			}

		}

		@RestController
		static class Principals {

			@GetMapping("/")
			void get(Account account, @AuthenticationPrincipal Account principal) {
			}

		}

		@RestController
		static class TransientField {

			@PostMapping("/")
			void post(@RequestBody Failure body) {
			}

			@ExceptionHandler
			void failed(Failure failure, @Nullable Organization organization) {
			}

		}

		@Controller
		static class Prepares {

			@ModelAttribute
			void prepare(Organization organization, Model model) {
			}

			@InitBinder
			void prepare(WebDataBinder binder, AccessToken token) {
			}

			@GetMapping("/")
			void get() {
			}

		}

		@RestController
		static class OfSubclass extends Crud<Organization, Note> {

		}

		@RestController
		static class Anything {

			@PostMapping("/")
			void post(@RequestBody Map<String, Object> body, @RequestParam Map<String, String> parameters) {
			}

		}

	}

	@JsonDeserialize(as = Draft.class)
	interface NamesItsClass {

	}

	static class NamesItsContent {

		@JsonDeserialize(contentAs = Draft.class)
		@Nullable List<Object> drafts;

	}

	@JsonDeserialize(builder = Builder.class)
	record Built(String owner) {
	}

	static class Builder {

		private String owner = "";

		Builder withOwner(Organization value) {
			this.owner = value.id();
			return this;
		}

		Built build() {
			return new Built(this.owner);
		}

	}

}
