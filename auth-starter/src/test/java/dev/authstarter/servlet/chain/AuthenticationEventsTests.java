package dev.authstarter.servlet.chain;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.RequiresScope;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.RequestRefused;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.keys.IssuerKeys;
import dev.authstarter.keys.KeyLookup;
import dev.authstarter.keys.KeySet;
import dev.authstarter.keys.TrustedKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.ResolvableType;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationFailureServiceExceptionEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Spring Security's authentication events of bearer tokens, in the library's chain and in
 * the application's: each is published once to all listeners, and none if there is no
 * listener.
 */
class AuthenticationEventsTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	private static final String FORGED = VALID.signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256);

	private static final String SUCCESS = "AuthenticationSuccessEvent";

	private static final String BAD = "AuthenticationFailureBadCredentialsEvent";

	private final Heard heard = new Heard();

	private @Nullable ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	static Stream<Arguments> audiences() {
		return Stream.of(Arguments.of(FailureListener.class, List.of(BAD)),
				Arguments.of(LambdaListener.class, List.of(SUCCESS)),
				Arguments.of(EverythingListener.class, List.of(SUCCESS, BAD)),
				Arguments.of(LazyListener.class, List.of(SUCCESS, BAD)),
				Arguments.of(PrototypeListener.class, List.of(SUCCESS, BAD)),
				Arguments.of(OwnMulticaster.class, List.of(SUCCESS, BAD)),
				Arguments.of(OwnPublisher.class, List.of("own success", "own failure")),
				Arguments.of(OwnMapping.class, List.of("OwnFailureEvent")));
	}

	@ParameterizedTest
	@MethodSource("audiences")
	void publishesEachEventOnce(Class<?> audience, List<String> events) {
		HttpCalls http = start(audience);
		assertThat(http.answer(NOTES, VALID.signed())).isEqualTo("200");
		assertThat(http.answer(NOTES, FORGED)).isEqualTo("401 bad_signature");
		assertThat(this.heard.words).isEqualTo(events);
	}

	@ParameterizedTest
	@ValueSource(classes = { NoListener.class, OtherListeners.class })
	void publishesNothingWithoutListeners(Class<?> audience) {
		HttpCalls http = start(audience);
		assertThat(http.answer(NOTES, VALID.signed())).isEqualTo("200");
		assertThat(http.answer(NOTES, FORGED)).isEqualTo("401 bad_signature");
		assertThat(context().getBean(AuthenticationAudience.class).listens()).isFalse();
	}

	@Test
	void notifiesAddedListenersAndNotRemovedOnes() {
		HttpCalls http = start(NoListener.class);
		assertThat(http.answer(NOTES, VALID.signed())).isEqualTo("200");
		ApplicationListener<AbstractAuthenticationEvent> listener = new ApplicationListener<>() {

			@Override
			public void onApplicationEvent(AbstractAuthenticationEvent event) {
				AuthenticationEventsTests.this.heard.add(event);
			}

		};
		context().addApplicationListener(listener);
		assertThat(http.answer(NOTES, VALID.signed())).isEqualTo("200");
		context().removeApplicationListener(listener);
		assertThat(http.answer(NOTES, VALID.signed())).isEqualTo("200");
		assertThat(this.heard.words).containsExactly(SUCCESS);
		assertThat(context().getBean(AuthenticationAudience.class).listens()).isFalse();
	}

	@Test
	void notifiesListenersOfTheParent() {
		this.context = new SpringApplicationBuilder(MethodListener.class).web(WebApplicationType.NONE)
			.initializers(this::remember)
			.child(Api.class)
			.web(WebApplicationType.SERVLET)
			.properties(properties())
			.run();
		assertThat(http().answer(NOTES, VALID.signed())).isEqualTo("200");
		assertThat(this.heard.words).containsExactly(SUCCESS);
	}

	@Test
	void notifiesListenersOfSpringApplication() {
		this.context = new SpringApplicationBuilder(Api.class)
			.listeners((ApplicationListener<ApplicationEvent>) this.heard::add)
			.properties(properties())
			.run();
		assertThat(http().answer(NOTES, VALID.signed())).isEqualTo("200");
		assertThat(this.heard.words).containsExactly(SUCCESS);
	}

	static Stream<Arguments> requests() {
		String now = VALID.signed();
		return Stream.of(Arguments.of("Bearer " + now, List.of(SUCCESS)),
				Arguments.of("Bearer " + VALID.with("scope", "none").signed(), List.of(SUCCESS)),
				Arguments.of("Bearer " + VALID.with("exp", 1).with("iat", 0).signed(), List.of(BAD)),
				Arguments.of("Bearer " + VALID.withType("JWT").with("nonce", "n").signed(), List.of(BAD)),
				Arguments.of("Bearer opaque", List.of(BAD)), Arguments.of("Bearer a.b.c", List.of(BAD)),
				Arguments.of("Bearer " + VALID.signedAsBy(TestKey.P384, JWSAlgorithm.ES384),
						List.of("AuthenticationFailureServiceExceptionEvent")),
				Arguments.of("Bearer", List.of()), Arguments.of("Bearer ", List.of()),
				Arguments.of("Basic dXNlcjpwYXNz", List.of()));
	}

	/** What is no bearer token at all fails before Spring Security authenticates. */
	@ParameterizedTest
	@ValueSource(classes = { MethodListener.class, OwnChain.class })
	void publishesWhatSpringSecurityPublishes(Class<?> audience) {
		HttpCalls http = start(audience);
		requests().map(Arguments::get).forEach((request) -> {
			this.heard.clear();
			http.get(NOTES, "Authorization", String.valueOf(request[0]));
			assertThat(this.heard.words).as(String.valueOf(request[0])).isEqualTo(request[1]);
		});
		this.heard.clear();
		http.get(NOTES);
		assertThat(this.heard.words).isEmpty();
		saysWhoCameFromWhereAndShowsNothing(http);
	}

	private void saysWhoCameFromWhereAndShowsNothing(HttpCalls http) {
		this.heard.clear();
		http.getWithToken(NOTES, VALID.signed());
		http.getWithToken(NOTES, FORGED);
		http.getWithToken(NOTES, VALID.signedAsBy(TestKey.P384, JWSAlgorithm.ES384));
		assertThat(this.heard.events).hasSize(3).allSatisfy((event) -> {
			Authentication authentication = ((AbstractAuthenticationEvent) event).getAuthentication();
			assertThat(authentication.getDetails()).isInstanceOfSatisfying(WebAuthenticationDetails.class,
					(details) -> assertThat(details.getRemoteAddress()).isEqualTo("127.0.0.1"));
			assertThat(event.toString()).doesNotContain("eyJ", "clinic-spa");
			assertThat(authentication.getName()).isIn("auth0|42", "");
		});
		assertThat(this.heard.events.get(1)).isInstanceOfSatisfying(AuthenticationFailureBadCredentialsEvent.class,
				(failed) -> {
					assertThat(failed.getException()).isInstanceOf(InvalidBearerTokenException.class);
					assertThat(refusal(failed)).isEqualTo(refusal(kept(failed)))
						.hasToString("Refusal[reason=bad_signature, required=[]]");
				});
		assertThat(this.heard.events.get(2)).isInstanceOfSatisfying(AuthenticationFailureServiceExceptionEvent.class,
				(failed) -> assertThat(refusal(failed)).isEqualTo(refusal(kept(failed)))
					.hasToString("Refusal[reason=keys_unavailable, required=[]]"));
	}

	private static @Nullable Refusal refusal(AbstractAuthenticationFailureEvent failed) {
		Refused refused = (Refused) failed.getException().getCause();
		return (refused != null) ? refused.refusal() : null;
	}

	/** Spring Boot's audit keeps who failed, and its endpoint shows it. */
	@Test
	void auditsNoToken() {
		HttpCalls http = start(Audited.class);
		http.getWithToken(NOTES, VALID.signed());
		http.getWithToken(NOTES, FORGED);
		List<AuditEvent> audited = context().getBean(AuditEventRepository.class).find(null, null, null);
		assertThat(audited).extracting(AuditEvent::getPrincipal).containsExactly("auth0|42", "");
		assertThat(audited).allSatisfy((event) -> assertThat(event.toString()).doesNotContain("eyJ"));
	}

	@Test
	void letsListenersToSuccessesObject() {
		HttpCalls http = start(Objecting.class);
		assertThat(http.answer(NOTES, VALID.signed())).isEqualTo("401 refused_by_rule");
	}

	private ConfigurableApplicationContext context() {
		return Objects.requireNonNull(this.context);
	}

	private HttpCalls start(Class<?> audience) {
		this.context = new SpringApplicationBuilder(Api.class, audience).initializers(this::remember)
			.properties(properties())
			.run();
		this.heard.clear();
		return http();
	}

	private void remember(ConfigurableApplicationContext context) {
		context.getBeanFactory().registerSingleton("heard", this.heard);
	}

	private HttpCalls http() {
		return new HttpCalls(context().getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private static Map<String, Object> properties() {
		return Map.of("server.port", "0", "auth-starter.issuer", TestToken.ISSUER, "auth-starter.audience",
				TestToken.AUDIENCE);
	}

	@SuppressWarnings("unchecked")
	private static <T> T kept(T object) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(object);
			out.flush();
			return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
		}
		catch (IOException | ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The received events.
	 */
	static final class Heard {

		private final List<ApplicationEvent> events = new CopyOnWriteArrayList<>();

		private final List<String> words = new CopyOnWriteArrayList<>();

		void add(ApplicationEvent event) {
			if (event instanceof AbstractAuthenticationEvent) {
				this.events.add(event);
				this.words.add(event.getClass().getSimpleName());
			}
		}

		void clear() {
			this.events.clear();
			this.words.clear();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	static class Api {

		@Bean
		Notes notes() {
			return new Notes();
		}

		/** There are no keys for ES384. */
		@Bean
		TrustedKeys trustedKeys() {
			return (issuer) -> new KeysWithoutOne();
		}

		@Bean(AuthStarterAutoConfiguration.CLOCK)
		Clock clock() {
			return Clock.fixed(TestApi.NOW, ZoneOffset.UTC);
		}

	}

	@RestController
	static final class Notes {

		@GetMapping(NOTES)
		@RequiresScope("read:notes")
		String notes() {
			return "notes";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoListener {

	}

	@Configuration(proxyBeanMethods = false)
	static class MethodListener {

		private final Heard heard;

		MethodListener(Heard heard) {
			this.heard = heard;
		}

		@EventListener
		void on(AbstractAuthenticationEvent event) {
			this.heard.add(event);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailureListener {

		private final Heard heard;

		FailureListener(Heard heard) {
			this.heard = heard;
		}

		@EventListener
		void on(AbstractAuthenticationFailureEvent event) {
			this.heard.add(event);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LambdaListener {

		@Bean
		ApplicationListener<AuthenticationSuccessEvent> listener(Heard heard) {
			return heard::add;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EverythingListener {

		@Bean
		ApplicationListener<ApplicationEvent> listener(Heard heard) {
			return heard::add;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyListener {

		@Bean
		@Lazy
		ApplicationListener<AbstractAuthenticationEvent> listener(Heard heard) {
			return heard::add;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrototypeListener {

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		ApplicationListener<AbstractAuthenticationEvent> listener(Heard heard) {
			return heard::add;
		}

	}

	/** Listeners to everything else, as most applications have some. */
	@Configuration(proxyBeanMethods = false)
	static class OtherListeners {

		@EventListener
		void on(RequestRefused refused) {
		}

		@Bean
		ApplicationListener<ApplicationReadyEvent> listener() {
			return (event) -> {
			};
		}

	}

	/** Publishes to listeners of its own choice. */
	@Configuration(proxyBeanMethods = false)
	static class OwnMulticaster {

		@Bean
		ApplicationEventMulticaster applicationEventMulticaster(BeanFactory beans, Heard heard) {
			return new SimpleApplicationEventMulticaster(beans) {

				@Override
				public void multicastEvent(ApplicationEvent event, @Nullable ResolvableType type) {
					heard.add(event);
					super.multicastEvent(event, type);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPublisher {

		@Bean
		AuthenticationEventPublisher ownPublisher(Heard heard) {
			return new AuthenticationEventPublisher() {

				@Override
				public void publishAuthenticationSuccess(Authentication caller) {
					heard.words.add("own success");
				}

				@Override
				public void publishAuthenticationFailure(AuthenticationException failure, Authentication credentials) {
					heard.words.add("own failure");
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMapping {

		@Bean
		DefaultAuthenticationEventPublisher ownPublisher(ApplicationEventPublisher events) {
			DefaultAuthenticationEventPublisher publisher = new DefaultAuthenticationEventPublisher(events);
			publisher.setAdditionalExceptionMappings(Map.of(InvalidBearerTokenException.class, OwnFailureEvent.class));
			return publisher;
		}

		@Bean
		ApplicationListener<OwnFailureEvent> listener(Heard heard) {
			return heard::add;
		}

	}

	/** Spring Security makes it, so it is public. */
	public static final class OwnFailureEvent extends AbstractAuthenticationFailureEvent {

		public OwnFailureEvent(Authentication credentials, AuthenticationException failure) {
			super(credentials, failure);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(MethodListener.class)
	static class OwnChain {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()));
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Audited {

		@Bean
		InMemoryAuditEventRepository audit() {
			return new InMemoryAuditEventRepository();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Objecting {

		@EventListener
		void on(AuthenticationSuccessEvent event) {
			throw new LockedException("on purpose");
		}

	}

	private static final class KeysWithoutOne implements IssuerKeys {

		private static final KeySet KEYS = KeySet.of(new JWKSet(TestKey.RSA.publicKey()));

		@Override
		public KeyLookup current() {
			return KEYS;
		}

		@Override
		public KeyLookup seek(JWSHeader header, List<JWK> tried, KeySet known) {
			return header.getAlgorithm().equals(JWSAlgorithm.ES384) ? new KeyLookup.Unavailable() : known;
		}

	}

}
