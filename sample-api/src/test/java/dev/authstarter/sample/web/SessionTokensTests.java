package dev.authstarter.sample.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.web.client.RestClient;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.WebUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The renewal of an expired access token, with a token endpoint that accepts each refresh
 * token once.
 */
@Timeout(30)
class SessionTokensTests {

	private static final TestingAuthenticationToken BOB = new TestingAuthenticationToken("bob", "");

	private final MockHttpSession session = new MockHttpSession();

	private final OAuth2AuthorizedClientRepository clients = new HttpSessionOAuth2AuthorizedClientRepository();

	private final Set<String> used = ConcurrentHashMap.newKeySet();

	private final CountDownLatch arrived = new CountDownLatch(1);

	private final CountDownLatch answer = new CountDownLatch(1);

	private final CountDownLatch second = new CountDownLatch(2);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private volatile String garbage = "";

	private HttpServer server;

	private ClientRegistration registration;

	private OAuth2AuthorizedClientManager tokens;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/token", this::renew);
		this.server.start();
		ClientRegistration registration = ClientRegistration
			.withRegistrationId(WebApplicationConfiguration.REGISTRATION)
			.clientId("clinic-web")
			.clientSecret("secret")
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
			.authorizationUri("http://localhost/authorize")
			.tokenUri("http://localhost:" + this.server.getAddress().getPort() + "/token")
			.build();
		this.registration = registration;
		this.tokens = tokens(Duration.ofMinutes(1));
		Instant expiry = Instant.EPOCH.plusSeconds(300);
		this.clients.saveAuthorizedClient(new OAuth2AuthorizedClient(registration, BOB.getName(),
				new OAuth2AccessToken(TokenType.BEARER, "expired", Instant.EPOCH, expiry),
				new OAuth2RefreshToken("once", Instant.EPOCH)), BOB, request(), new MockHttpServletResponse());
	}

	private OAuth2AuthorizedClientManager tokens(Duration readTimeout) {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory();
		requests.setReadTimeout(readTimeout);
		return WebApplicationConfiguration.authorizedClientManager(
				new InMemoryClientRegistrationRepository(this.registration), this.clients, (event) -> {
				}, RestClient.builder().requestFactory(requests), Duration.ZERO);
	}

	@AfterEach
	void stop() {
		this.answer.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	@Test
	void areRenewedOnceForConcurrentRequests() throws Exception {
		FutureTask<String> winner = new FutureTask<>(this::accessToken);
		new Thread(winner).start();
		this.arrived.await();
		FutureTask<String> other = new FutureTask<>(this::accessToken);
		Thread waiting = new Thread(other);
		waiting.start();
		while (waiting.getState() != Thread.State.BLOCKED && this.second.getCount() > 0) {
			Thread.onSpinWait();
		}
		this.answer.countDown();
		assertThat(winner.get()).isEqualTo("new");
		assertThat(other.get()).isEqualTo("new");
		assertThat(this.clients.<OAuth2AuthorizedClient>loadAuthorizedClient(WebApplicationConfiguration.REGISTRATION,
				BOB, request()))
			.extracting((client) -> client.getAccessToken().getTokenValue())
			.isEqualTo("new");
	}

	@Test
	void areNotRenewedWhileTheUserLogsOut() throws Exception {
		MockHttpServletRequest logout = request();
		logout.setMethod("POST");
		logout.setRequestURI("/logout");
		CountDownLatch loggedOut = new CountDownLatch(1);
		FutureTask<Void> task = new FutureTask<>(() -> {
			SessionTokens.logOut(logout, new MockHttpServletResponse(), (request, response) -> loggedOut.countDown());
			return null;
		});
		Thread waiting = new Thread(task);
		synchronized (WebUtils.getSessionMutex(this.session)) {
			waiting.start();
			while (waiting.getState() != Thread.State.BLOCKED && waiting.getState() != Thread.State.TERMINATED) {
				Thread.onSpinWait();
			}
			assertThat(loggedOut.getCount()).isEqualTo(1);
		}
		task.get();
		assertThat(loggedOut.getCount()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "application/json | null", "application/json | {}",
			"application/json | []", "application/json | {", "application/json | ``", "text/html | <b>", "garbage | {}",
			"application/json | {\"access_token\": \"x\", \"token_type\": \"mac\"}",
			"application/json | {\"access_token\": \"x\", \"token_type\": \"Bearer\", \"expires_in\": 9223372036854775807}" })
	void areNotRenewedByGarbage(String type, String body) {
		this.answer.countDown();
		this.garbage = type + "|" + body;
		assertThatExceptionOfType(OAuth2AuthorizationException.class).isThrownBy(this::accessToken);
	}

	@Test
	void areNotAwaitedForLongerThanTheTimeout() {
		this.tokens = tokens(Duration.ofMillis(100));
		assertThatExceptionOfType(OAuth2AuthorizationException.class).isThrownBy(this::accessToken);
	}

	private String accessToken() {
		RequestContextHolder
			.setRequestAttributes(new ServletRequestAttributes(request(), new MockHttpServletResponse()));
		try {
			OAuth2AuthorizedClient client = this.tokens
				.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(WebApplicationConfiguration.REGISTRATION)
					.principal(BOB)
					.build());
			assertThat(client).isNotNull();
			return client.getAccessToken().getTokenValue();
		}
		finally {
			RequestContextHolder.resetRequestAttributes();
		}
	}

	private MockHttpServletRequest request() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setSession(this.session);
		return request;
	}

	/** The first request waits for the test. */
	private void renew(HttpExchange exchange) throws IOException {
		String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		boolean first = this.used.add(form);
		this.arrived.countDown();
		this.second.countDown();
		try {
			this.answer.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (!this.garbage.isEmpty()) {
			String[] typeAndBody = this.garbage.split("\\|", 2);
			send(exchange, 200, typeAndBody[0], typeAndBody[1]);
		}
		else if (first) {
			send(exchange, 200, "application/json", """
					{"access_token": "new", "token_type": "Bearer", "expires_in": 300, "refresh_token": "twice"}""");
		}
		else {
			send(exchange, 400, "application/json", "{\"error\": \"invalid_grant\"}");
		}
	}

	private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", type);
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

}
