package dev.authstarter.sample.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.authstarter.test.issuer.TestIssuer;

import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * An issuer with the login endpoints of Keycloak, for browsers. It requires no password:
 * every login ends with the answer that the test has set. {@link TestIssuer} has the keys
 * and signs.
 */
final class LoginIssuer implements AutoCloseable {

	private static final String REALM = "/realms/clinics";

	private final TestIssuer keys = TestIssuer.start();

	private final HttpServer server;

	private final List<String> paths = new CopyOnWriteArrayList<>();

	private volatile Map<String, Object> claims = Map.of();

	private volatile String error = "";

	private volatile Map<String, String> login = Map.of();

	LoginIssuer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	URI jwksUri() {
		return this.keys.jwksUri();
	}

	/**
	 * Let every following login succeed, with these claims in addition to those of
	 * Keycloak.
	 */
	void grant(Map<String, Object> newClaims) {
		this.claims = Map.copyOf(newClaims);
		this.error = "";
	}

	/** Refuse every login from now on. */
	void refuse(String newError) {
		this.error = newError;
	}

	/** The parameters of the page's last login request. */
	Map<String, String> login() {
		return this.login;
	}

	/** The requested paths, without queries; tests may clear it. */
	List<String> paths() {
		return this.paths;
	}

	private void handle(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		this.paths.add(path);
		switch (path) {
			case REALM + "/.well-known/openid-configuration" -> send(exchange, metadata());
			case REALM + "/login" -> logIn(exchange);
			case REALM + "/token" -> send(exchange, tokens());
			default -> exchange.sendResponseHeaders(404, -1);
		}
		exchange.close();
	}

	private Map<String, Object> metadata() {
		String issuer = url() + REALM;
		return Map.of("issuer", issuer, "authorization_endpoint", issuer + "/login", "token_endpoint",
				issuer + "/token");
	}

	private void logIn(HttpExchange exchange) throws IOException {
		UriComponents request = UriComponentsBuilder.fromUri(exchange.getRequestURI()).build();
		Map<String, String> parameters = new HashMap<>();
		request.getQueryParams()
			.forEach((name, values) -> parameters.put(name, URLDecoder.decode(values.get(0), StandardCharsets.UTF_8)));
		this.login = Map.copyOf(parameters);
		String answer = this.error.isEmpty() ? "code=1" : "error=" + this.error;
		exchange.getResponseHeaders()
			.set("Location", parameters.get("redirect_uri") + "?" + answer + "&state=" + parameters.get("state"));
		exchange.sendResponseHeaders(302, -1);
	}

	private Map<String, Object> tokens() {
		Map<String, Object> accessToken = new HashMap<>(
				Map.of("iss", url() + REALM, "typ", "Bearer", "azp", "clinic-spa", "scope", this.login.get("scope")));
		accessToken.putAll(this.claims);
		Map<String, Object> idToken = Map.of("iss", url() + REALM, "typ", "ID", "nonce", this.login.get("nonce"));
		return Map.of("token_type", "Bearer", "access_token", sign("clinic-api", accessToken), "id_token",
				sign("clinic-spa", idToken));
	}

	private String sign(String audience, Map<String, Object> extraClaims) {
		return this.keys.sign(Map.of("typ", "JWT"), this.keys.accessTokenClaims(audience, extraClaims));
	}

	/** The page is of another origin, and its client sends cookies along with a code. */
	private static void send(HttpExchange exchange, Map<String, Object> members) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.getResponseHeaders()
			.set("Access-Control-Allow-Origin", exchange.getRequestHeaders().getFirst("Origin"));
		exchange.getResponseHeaders().set("Access-Control-Allow-Credentials", "true");
		byte[] body = JSONObjectUtils.toJSONString(members).getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.keys.close();
	}

}
