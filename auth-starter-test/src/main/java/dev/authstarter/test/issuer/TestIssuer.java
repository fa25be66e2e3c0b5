package dev.authstarter.test.issuer;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.sun.net.httpserver.HttpExchange;
import dev.authstarter.test.issuer.http.Answer;
import dev.authstarter.test.issuer.http.Endpoint;
import dev.authstarter.test.issuer.http.Fault;
import dev.authstarter.test.issuer.http.FormRequest;
import dev.authstarter.test.issuer.http.IssuerAddress;
import dev.authstarter.test.issuer.http.LoopbackServer;
import dev.authstarter.test.issuer.http.Outage;
import dev.authstarter.test.issuer.key.IssuerKey;
import dev.authstarter.test.issuer.key.KeyPairs;
import dev.authstarter.test.issuer.key.KeyRing;
import org.jspecify.annotations.Nullable;

/**
 * A local issuer that is called over HTTP and controlled by a test: it rotates and
 * removes keys, serves invalid documents, delays answers, goes down and comes back.
 * <p>
 * It publishes its metadata in both well-known forms (OpenID Connect Discovery 1.0
 * section 4, RFC 8414 section 3) and its keys (RFC 7517 section 5), and makes the tokens
 * that they verify. A fault stays until {@link #recover()}; keys stay until they are
 * removed.
 *
 * <pre>
 * try (TestIssuer issuer = TestIssuer.start()) {
 *     String token = issuer.accessToken("https://api.acme.example", Map.of("scope", "read:appointments"));
 *     issuer.rotateKeys();
 *     issuer.hang();
 * }
 * </pre>
 */
public final class TestIssuer implements AutoCloseable {

	private final IssuerAddress address;

	private final KeyRing keys = new KeyRing();

	private final IssuerTokens tokens;

	private final Clients clients;

	private final KeySetEndpoint keySet = new KeySetEndpoint(this.keys);

	private final MetadataEndpoint metadata;

	private final IntrospectionEndpoint introspection;

	private final Outage outage = new Outage();

	private final LoopbackServer server;

	private volatile Endpoint first = Endpoint.NONE;

	private TestIssuer(String path, int port, Clock clock) {
		this.server = new LoopbackServer(port);
		this.address = new IssuerAddress(this.server.port(), path);
		this.tokens = new IssuerTokens(this.address.issuer(), this.keys, clock);
		this.clients = new Clients(clock, this.tokens::accessToken);
		this.metadata = new MetadataEndpoint(this.address);
		this.introspection = new IntrospectionEndpoint(this.clients);
		addKey("RS256");
		this.server.start(this::handle);
	}

	/**
	 * Start an issuer without a path, on a free port, with one RSA key.
	 * @return the issuer, to be closed
	 */
	public static TestIssuer start() {
		return start("");
	}

	/**
	 * Start an issuer with a path, on a free port, with one RSA key.
	 * @param path the path of its identifier, {@code /realms/acme} for example, or
	 * {@code /} for an issuer that ends with a slash
	 * @return the issuer, to be closed
	 */
	public static TestIssuer start(String path) {
		return start(path, Clock.systemUTC());
	}

	/**
	 * Start an issuer whose tokens get their times from a clock of the test.
	 * @param path the path of its identifier, or an empty string
	 * @param clock the clock of the issuer
	 * @return the issuer, to be closed
	 */
	public static TestIssuer start(String path, Clock clock) {
		if (!path.isEmpty() && !path.startsWith("/")) {
			throw new IllegalArgumentException("The path '%s' must be empty or start with a slash".formatted(path));
		}
		return new TestIssuer(path, 0, clock);
	}

	/**
	 * Start an issuer without a path on a certain port, for programs that are configured
	 * with its identifier.
	 * @param port the port on this machine
	 * @return the issuer, to be closed
	 * @throws IllegalStateException if something listens on the port already
	 */
	public static TestIssuer startOnPort(int port) {
		return new TestIssuer("", port, Clock.systemUTC());
	}

	/**
	 * Return the issuer identifier.
	 * @return a URL on the loopback interface, the {@code iss} of its tokens
	 */
	public String issuer() {
		return this.address.issuer();
	}

	/**
	 * Return the location of the key set.
	 * @return a URL on the loopback interface
	 */
	public URI jwksUri() {
		return this.address.uri(IssuerAddress.KEY_SET);
	}

	/**
	 * Return the token endpoint, for the grant {@code client_credentials} (RFC 6749
	 * section 4.4). The form parameter {@code audience} or {@code resource} names the
	 * API.
	 * @return a URL on the loopback interface
	 */
	public URI tokenUri() {
		return this.address.uri(IssuerAddress.TOKEN);
	}

	/**
	 * Return the introspection endpoint (RFC 7662).
	 * @return a URL on the loopback interface
	 */
	public URI introspectionUri() {
		return this.address.uri(IssuerAddress.INTROSPECTION);
	}

	// Keys

	/**
	 * Add a key, publish it and sign with it from now on.
	 * @param algorithm the {@code alg} to sign with: RS256, PS256, ES256, ES384, ES512,
	 * EdDSA, Ed25519 or a longer form of the RSA ones
	 * @return the key id
	 */
	public String addKey(String algorithm) {
		return addKey(algorithm, this.keys.nextKeyId());
	}

	/**
	 * Add a key under an id that another key may have already, publish it and sign with
	 * it from now on.
	 * @param algorithm the {@code alg} to sign with
	 * @param keyId the key id
	 * @return the key id
	 */
	public String addKey(String algorithm, String keyId) {
		this.keys.add(IssuerKey.create(keyId, algorithm, KeyPairs.Type.forAlgorithm(algorithm),
				Map.of("use", "sig", "alg", algorithm)));
		return keyId;
	}

	/**
	 * Add a key of the newest key's algorithm and sign with it; the old keys stay
	 * published.
	 * @return the id of the new key
	 */
	public String rotateKeys() {
		return addKey(this.keys.newest().algorithm());
	}

	/**
	 * Publish only the newest key. A removed key still signs if the header names it, like
	 * a stolen key.
	 */
	public void removeOldKeys() {
		this.keys.removeOld();
	}

	/**
	 * Publish an RSA key of 1024 bits. It signs if the header names it.
	 * @return the key id
	 */
	public String publishWeakKey() {
		return publish("RS256", KeyPairs.Type.RSA_1024, Map.of("use", "sig", "alg", "RS256"));
	}

	/**
	 * Publish a key for encryption ({@code use} is {@code enc}). It signs if the header
	 * names it.
	 * @return the key id
	 */
	public String publishEncryptionKey() {
		return publish("RS256", KeyPairs.Type.RSA_2048, Map.of("use", "enc"));
	}

	/**
	 * Publish a key for some operations only (RFC 7517 section 4.3). It signs if the
	 * header names it.
	 * @param operations the {@code key_ops}
	 * @return the key id
	 */
	public String publishKeyForOperations(String... operations) {
		return publish("RS256", KeyPairs.Type.RSA_2048, Map.of("key_ops", List.of(operations)));
	}

	private String publish(String algorithm, KeyPairs.Type type, Map<String, Object> metadata) {
		String keyId = this.keys.nextKeyId();
		this.keys.publish(IssuerKey.create(keyId, algorithm, type, metadata));
		return keyId;
	}

	/**
	 * Publish a symmetric key, which no real issuer may do.
	 * @return the key id
	 */
	public String publishSymmetricKey() {
		String keyId = this.keys.nextKeyId();
		publish(Map.of("kty", "oct", "kid", keyId, "use", "sig", "alg", "HS256", "k",
				Base64URL.encode("this-secret-is-publicly-readable").toString()));
		return keyId;
	}

	/**
	 * Publish a key that cannot be read: RSA without a modulus.
	 * @return the key id
	 */
	public String publishMalformedKey() {
		String keyId = this.keys.nextKeyId();
		publish(Map.of("kty", "RSA", "kid", keyId, "use", "sig", "alg", "RS256", "e", "AQAB"));
		return keyId;
	}

	/**
	 * Publish any JSON object as a key.
	 * @param jwk the members of the entry
	 */
	public void publish(Map<String, Object> jwk) {
		this.keys.publish(jwk);
	}

	// Faults of the whole issuer

	/**
	 * Close the socket: connections are refused.
	 */
	public void down() {
		this.server.down();
	}

	/**
	 * Answer every request with a status and an empty body.
	 * @param status the HTTP status
	 */
	public void answer(int status) {
		this.outage.replace(Fault.status(status));
	}

	/**
	 * Accept every request and never answer.
	 */
	public void hang() {
		this.outage.replace(Fault.HANG);
	}

	/**
	 * Send correct answers, one byte every tenth of a second.
	 */
	public void drip() {
		this.outage.replace(Fault.DRIP);
	}

	/**
	 * Send correct answers, after a delay.
	 * @param delay the delay
	 */
	public void slow(Duration delay) {
		this.outage.replace(Fault.slow(delay));
	}

	/**
	 * End all faults and all waits. If the issuer was down, it listens on the same port
	 * again.
	 */
	public void recover() {
		this.keySet.recover();
		this.introspection.recover();
		this.metadata.recover();
		this.outage.replace(Fault.NONE);
		this.server.up();
	}

	// Faults of the key set

	/**
	 * Serve invalid bytes in place of the key set.
	 */
	public void serveGarbageKeySet() {
		this.keySet.breakWith((answer) -> Answer.text("application/json", "\u0000\u0001}{\"keys\":[[["));
	}

	/**
	 * Serve the first half of the key set, as a complete answer.
	 */
	public void serveTruncatedKeySet() {
		this.keySet.breakWith(Answer::truncated);
	}

	/**
	 * Serve a key set without keys: {@code {"keys":[]}}.
	 */
	public void serveEmptyKeySet() {
		this.keySet.breakWith((answer) -> Answer.json(Map.of("keys", List.of())));
	}

	/**
	 * Serve an empty JSON object in place of the key set.
	 */
	public void serveEmptyObject() {
		this.keySet.breakWith((answer) -> Answer.json(Map.of()));
	}

	/**
	 * Serve an HTML page in place of the key set, with status 200, as a captive portal
	 * does.
	 */
	public void serveHtml() {
		this.keySet.breakWith((answer) -> Answer.text("text/html", "<!doctype html><title>Sign in</title>"));
	}

	/**
	 * Serve a text in place of the key set.
	 * @param json the body
	 */
	public void serveKeySet(String json) {
		this.keySet.breakWith((answer) -> Answer.text("application/json", json));
	}

	/**
	 * Serve the correct key set, followed by spaces up to at least the given number of
	 * bytes. The length is not announced.
	 * @param bytes the number of bytes, 64 MiB for example
	 */
	public void serveKeySetOfSize(long bytes) {
		this.keySet.breakWith((answer) -> answer.withPadding(Math.max(1, bytes - answer.bytes().length)));
	}

	/**
	 * Redirect from the key set to another location at this issuer, which serves the
	 * correct key set. {@link #followedRedirects()} counts the requests there.
	 */
	public void redirectKeySet() {
		redirectKeySet(this.address.uri(IssuerAddress.MOVED_KEY_SET));
	}

	/**
	 * Redirect from the key set to any location, for example the key set of another
	 * issuer.
	 * @param target the location
	 */
	public void redirectKeySet(URI target) {
		this.keySet.breakWith((answer) -> Answer.redirect(target.toString()));
	}

	/**
	 * Answer requests for the key set with a status; the metadata stay correct.
	 * @param status the HTTP status
	 */
	public void answerKeySet(int status) {
		this.keySet.breakWith((answer) -> answer.withStatus(status));
	}

	// Faults of the metadata

	/**
	 * Publish no OpenID Connect metadata, so that a client must use those of RFC 8414.
	 */
	public void withoutOpenIdMetadata() {
		this.metadata.withoutOpenId();
	}

	/**
	 * Publish no metadata of RFC 8414, so that a client must use OpenID Connect's.
	 */
	public void withoutOAuthMetadata() {
		this.metadata.withoutOAuth();
	}

	/**
	 * Name another issuer in the metadata. Clients must not use such metadata (RFC 8414
	 * section 3.3).
	 * @param issuer the wrong issuer
	 */
	public void nameIssuer(String issuer) {
		this.metadata.override("issuer", issuer);
	}

	/**
	 * Name another location of the key set in the metadata, for example one over plain
	 * http.
	 * @param jwksUri the location
	 */
	public void nameJwksUri(String jwksUri) {
		this.metadata.override("jwks_uri", jwksUri);
	}

	// Counters

	/**
	 * Return the number of requests for the key set, whatever the answer.
	 * @return the number of requests since the start or {@link #resetCounters()}
	 */
	public int fetches() {
		return this.keySet.fetches();
	}

	/**
	 * Return the number of requests for metadata, in either form, whatever the answer.
	 * @return the number of requests since the start or {@link #resetCounters()}
	 */
	public int metadataFetches() {
		return this.metadata.fetches();
	}

	/**
	 * Return the number of requests that followed a redirect of
	 * {@link #redirectKeySet()}.
	 * @return the number of requests since the start or {@link #resetCounters()}
	 */
	public int followedRedirects() {
		return this.keySet.followedRedirects();
	}

	/**
	 * Return the number of requests to the introspection endpoint, whatever the answer.
	 * @return the number of requests since the start or {@link #resetCounters()}
	 */
	public int introspections() {
		return this.introspection.questions();
	}

	/**
	 * Set every counter to zero.
	 */
	public void resetCounters() {
		this.keySet.resetCounters();
		this.metadata.resetCounters();
		this.introspection.resetCounters();
	}

	// Tokens

	/**
	 * Make a valid access token (RFC 9068), signed with the newest key.
	 * @param audience the API that it is for
	 * @param extraClaims claims to add or to replace; {@code null} removes a claim
	 * @return the token in compact form
	 */
	public String accessToken(String audience, Map<String, ? extends @Nullable Object> extraClaims) {
		return this.tokens.accessToken(audience, extraClaims);
	}

	/**
	 * Return the claims of {@link #accessToken(String, Map)}, to sign them in another
	 * way.
	 * @param audience the API that the token is for
	 * @param extraClaims claims to add or to replace; {@code null} removes a claim
	 * @return the claims
	 */
	public Map<String, Object> accessTokenClaims(String audience, Map<String, ? extends @Nullable Object> extraClaims) {
		return this.tokens.claims(audience, extraClaims);
	}

	/**
	 * Sign a token. The header is used as given; {@code alg}, {@code typ} and {@code kid}
	 * are added if they are absent, and omitted if their value is {@code null}. The key
	 * is selected by {@code kid} and {@code alg}; if the issuer holds no such key, the
	 * newest key signs.
	 * @param header members of the JOSE header
	 * @param claims the claims
	 * @return the token in compact form
	 */
	public String sign(Map<String, ? extends @Nullable Object> header, Map<String, ? extends @Nullable Object> claims) {
		return this.tokens.sign(header, claims);
	}

	// Clients

	/**
	 * Register a client of the token and the introspection endpoint. It authenticates
	 * with HTTP Basic.
	 * @param clientId the client's id
	 * @param clientSecret the client's secret
	 */
	public void registerClient(String clientId, String clientSecret) {
		this.clients.register(clientId, clientSecret);
	}

	/**
	 * Issue an opaque token. Introspection answers with the claims of
	 * {@link #accessToken(String, Map)} and {@code active}, until the token expires by
	 * the issuer's clock or is revoked.
	 * @param audience the API that the token is for
	 * @param extraClaims claims to add or to replace, {@code active} too; {@code null}
	 * removes a claim
	 * @return the token
	 */
	public String opaqueToken(String audience, Map<String, ? extends @Nullable Object> extraClaims) {
		return this.clients.issueOpaque(accessTokenClaims(audience, extraClaims));
	}

	/**
	 * Revoke an opaque token.
	 * @param token the token
	 */
	public void revoke(String token) {
		this.clients.revoke(token);
	}

	/**
	 * Answer every introspection with a text and status 200, in place of the correct
	 * answer.
	 * @param json the body
	 */
	public void answerIntrospection(String json) {
		this.introspection.breakWith((answer) -> Answer.text("application/json", json));
	}

	// Serving

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			this.outage.pass(answer(FormRequest.read(exchange)), exchange);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Answer answer(FormRequest request) {
		if (!request.complete()) {
			return Answer.status(413);
		}
		Endpoint current = this.first;
		Answer answer = current.answer(request);
		return current.complete(request, (answer != null) ? answer : answer(request.path(), request));
	}

	private Answer answer(String path, FormRequest request) {
		if (path.equals(IssuerAddress.OAUTH_METADATA + this.address.basePath())) {
			return this.metadata.answerOAuth();
		}
		if (!path.startsWith(this.address.basePath())) {
			return Answer.status(404);
		}
		return switch (path.substring(this.address.basePath().length())) {
			case IssuerAddress.OPENID_METADATA -> this.metadata.answerOpenId();
			case IssuerAddress.KEY_SET -> this.keySet.answer();
			case IssuerAddress.MOVED_KEY_SET -> this.keySet.answerMoved();
			case IssuerAddress.TOKEN -> this.clients.token(request);
			case IssuerAddress.INTROSPECTION -> this.introspection.answer(request);
			default -> Answer.status(404);
		};
	}

	/** Set an endpoint that handles requests before this issuer does. */
	void answerFirst(Endpoint endpoint) {
		this.first = endpoint;
	}

	IssuerAddress address() {
		return this.address;
	}

	/** Add members to the metadata. */
	void announce(Map<String, Object> members) {
		this.metadata.announce(members);
	}

	/** Publish these keys under their ids, unless they are published already. */
	void publishAgain(JWKSet known) {
		known.getKeys().forEach((key) -> this.keys.publishAgain(key.toPublicJWK().toJSONObject()));
	}

	/**
	 * Stop listening, and end all waits and all threads.
	 */
	@Override
	public void close() {
		this.outage.replace(Fault.NONE);
		this.server.close();
		this.keys.close();
	}

}
