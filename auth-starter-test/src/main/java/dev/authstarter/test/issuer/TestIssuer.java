package dev.authstarter.test.issuer;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

/**
 * An issuer on this machine, over real HTTP, that does what a test tells it: it rotates
 * and removes keys, serves broken documents, hangs, goes down and comes back.
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

	private static final String OPENID_METADATA = "/.well-known/openid-configuration";

	private static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";

	private static final String KEY_SET = "/jwks";

	private static final String MOVED_KEY_SET = "/moved/jwks";

	private static final String TOKEN = "/token";

	private static final String INTROSPECTION = "/introspect";

	static final Duration LIFETIME = Duration.ofMinutes(10);

	private final String path;

	private final Clock clock;

	private final KeyRing keys = new KeyRing();

	private final Clients clients;

	private final LoopbackServer server;

	private final AtomicInteger fetches = new AtomicInteger();

	private final AtomicInteger metadataFetches = new AtomicInteger();

	private final AtomicInteger followedRedirects = new AtomicInteger();

	private final AtomicInteger introspections = new AtomicInteger();

	private final Map<String, Object> metadataOverrides = new ConcurrentHashMap<>();

	private volatile boolean openIdMetadata = true;

	private volatile boolean oauthMetadata = true;

	private volatile UnaryOperator<Answer> keySetFault = UnaryOperator.identity();

	private volatile UnaryOperator<Answer> introspectionFault = UnaryOperator.identity();

	private volatile ActiveFault fault = new ActiveFault(Fault.NONE);

	private TestIssuer(String path, Clock clock) {
		this.path = path;
		this.clock = clock;
		this.clients = new Clients(clock, this::accessToken);
		this.server = new LoopbackServer(this::handle);
		addKey("RS256");
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
	 * @param clock what time it is
	 * @return the issuer, to be closed
	 */
	public static TestIssuer start(String path, Clock clock) {
		if (!path.isEmpty() && !path.startsWith("/")) {
			throw new IllegalArgumentException("The path '%s' must be empty or start with a slash".formatted(path));
		}
		return new TestIssuer(path, clock);
	}

	/**
	 * Return the issuer identifier.
	 * @return a URL on this machine, the {@code iss} of its tokens
	 */
	public String issuer() {
		return origin() + this.path;
	}

	/**
	 * Return where the key set is.
	 * @return a URL on this machine
	 */
	public URI jwksUri() {
		return URI.create(base() + KEY_SET);
	}

	/**
	 * Return where clients get tokens, by the grant {@code client_credentials} (RFC 6749
	 * section 4.4). The form's {@code audience} or {@code resource} says for which API.
	 * @return a URL on this machine
	 */
	public URI tokenUri() {
		return URI.create(base() + TOKEN);
	}

	/**
	 * Return where clients ask about opaque tokens (RFC 7662).
	 * @return a URL on this machine
	 */
	public URI introspectionUri() {
		return URI.create(base() + INTROSPECTION);
	}

	private String origin() {
		return "http://localhost:" + this.server.port();
	}

	private String base() {
		return origin() + basePath();
	}

	private String basePath() {
		return this.path.endsWith("/") ? this.path.substring(0, this.path.length() - 1) : this.path;
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
	 * Publish the newest key alone. A removed key can still sign where the header names
	 * it, as in the hands of somebody who stole it.
	 */
	public void removeOldKeys() {
		this.keys.removeOld();
	}

	/**
	 * Publish an RSA key of 1024 bits. It signs where the header names it.
	 * @return the key id
	 */
	public String publishWeakKey() {
		return publish("RS256", KeyPairs.Type.RSA_1024, Map.of("use", "sig", "alg", "RS256"));
	}

	/**
	 * Publish a key for encryption ({@code use} is {@code enc}). It signs where the
	 * header names it.
	 * @return the key id
	 */
	public String publishEncryptionKey() {
		return publish("RS256", KeyPairs.Type.RSA_2048, Map.of("use", "enc"));
	}

	/**
	 * Publish a key for some operations only (RFC 7517 section 4.3). It signs where the
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
	 * Publish a symmetric key, which no issuer ever should.
	 * @return the key id
	 */
	public String publishSymmetricKey() {
		String keyId = this.keys.nextKeyId();
		publish(Map.of("kty", "oct", "kid", keyId, "use", "sig", "alg", "HS256", "k",
				Base64URL.encode("everybody-can-read-this-secret--").toString()));
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
	 * Publish anything as a key.
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
		replaceFault(Fault.status(status));
	}

	/**
	 * Accept every request and never answer.
	 */
	public void hang() {
		replaceFault(Fault.HANG);
	}

	/**
	 * Answer rightly, but a byte every tenth of a second.
	 */
	public void drip() {
		replaceFault(Fault.DRIP);
	}

	/**
	 * Answer rightly, after a delay.
	 * @param delay the delay
	 */
	public void slow(Duration delay) {
		replaceFault(Fault.slow(delay));
	}

	/**
	 * End every fault, and every wait that is under way. Comes back on the same port if
	 * it was down.
	 */
	public void recover() {
		this.keySetFault = UnaryOperator.identity();
		this.introspectionFault = UnaryOperator.identity();
		this.metadataOverrides.clear();
		this.openIdMetadata = true;
		this.oauthMetadata = true;
		replaceFault(Fault.NONE);
		this.server.up();
	}

	private synchronized void replaceFault(Fault next) {
		ActiveFault last = this.fault;
		this.fault = new ActiveFault(next);
		last.over().countDown();
	}

	// Faults of the key set

	/**
	 * Serve bytes that mean nothing in place of the key set.
	 */
	public void serveGarbageKeySet() {
		this.keySetFault = (answer) -> Answer.text("application/json", "\u0000\u0001}{\"keys\":[[[");
	}

	/**
	 * Serve the first half of the key set, as a complete answer.
	 */
	public void serveTruncatedKeySet() {
		this.keySetFault = Answer::truncated;
	}

	/**
	 * Serve a key set without keys: {@code {"keys":[]}}.
	 */
	public void serveEmptyKeySet() {
		this.keySetFault = (answer) -> Answer.json(Map.of("keys", List.of()));
	}

	/**
	 * Serve an empty JSON object in place of the key set.
	 */
	public void serveEmptyObject() {
		this.keySetFault = (answer) -> Answer.json(Map.of());
	}

	/**
	 * Serve a page for people in place of the key set, as a captive portal would, with
	 * status 200.
	 */
	public void serveHtml() {
		this.keySetFault = (answer) -> Answer.text("text/html", "<!doctype html><title>Sign in</title>");
	}

	/**
	 * Serve a text in place of the key set.
	 * @param json the body
	 */
	public void serveKeySet(String json) {
		this.keySetFault = (answer) -> Answer.text("application/json", json);
	}

	/**
	 * Serve the right key set, followed by so many spaces that a client which reads them
	 * all reads at least the given number of bytes. The length is not announced.
	 * @param bytes the number of bytes, 64 MiB for example
	 */
	public void serveKeySetOfSize(long bytes) {
		this.keySetFault = (answer) -> answer.withPadding(Math.max(1, bytes - answer.bytes().length));
	}

	/**
	 * Redirect from the key set to another place at this issuer, where the right key set
	 * is. {@link #followedRedirects()} counts who goes there.
	 */
	public void redirectKeySet() {
		redirectKeySet(URI.create(base() + MOVED_KEY_SET));
	}

	/**
	 * Redirect from the key set to any place, the key set of another issuer for example.
	 * @param target the place
	 */
	public void redirectKeySet(URI target) {
		this.keySetFault = (answer) -> Answer.redirect(target.toString());
	}

	/**
	 * Answer requests for the key set with a status; metadata stay right.
	 * @param status the HTTP status
	 */
	public void answerKeySet(int status) {
		this.keySetFault = (answer) -> answer.withStatus(status);
	}

	// Faults of the metadata

	/**
	 * Publish no OpenID Connect metadata, so that a client must use those of RFC 8414.
	 */
	public void withoutOpenIdMetadata() {
		this.openIdMetadata = false;
	}

	/**
	 * Publish no metadata of RFC 8414, so that a client must use OpenID Connect's.
	 */
	public void withoutOAuthMetadata() {
		this.oauthMetadata = false;
	}

	/**
	 * Name another issuer in the metadata. A client must not use them then (RFC 8414
	 * section 3.3).
	 * @param issuer the wrong issuer
	 */
	public void nameIssuer(String issuer) {
		this.metadataOverrides.put("issuer", issuer);
	}

	/**
	 * Name another place of the key set in the metadata, one over plain http for example.
	 * @param jwksUri the place
	 */
	public void nameJwksUri(String jwksUri) {
		this.metadataOverrides.put("jwks_uri", jwksUri);
	}

	// Counters

	/**
	 * Return how often the key set was asked for, whatever the answer.
	 * @return the number of requests since the start or {@link #resetCounters()}
	 */
	public int fetches() {
		return this.fetches.get();
	}

	/**
	 * Return how often metadata were asked for, in either form, whatever the answer.
	 * @return the number of requests since the start or {@link #resetCounters()}
	 */
	public int metadataFetches() {
		return this.metadataFetches.get();
	}

	/**
	 * Return how often a redirect of {@link #redirectKeySet()} was followed.
	 * @return the number of requests since the start or {@link #resetCounters()}
	 */
	public int followedRedirects() {
		return this.followedRedirects.get();
	}

	/**
	 * Return how often the introspection endpoint was asked, whatever the answer.
	 * @return the number of requests since the start or {@link #resetCounters()}
	 */
	public int introspections() {
		return this.introspections.get();
	}

	/**
	 * Set every counter to zero.
	 */
	public void resetCounters() {
		this.fetches.set(0);
		this.metadataFetches.set(0);
		this.followedRedirects.set(0);
		this.introspections.set(0);
	}

	// Tokens

	/**
	 * Make an access token that nothing is wrong with (RFC 9068), signed with the newest
	 * key.
	 * @param audience the API that it is for
	 * @param extraClaims claims to add or to replace; {@code null} removes a claim
	 * @return the token in compact form
	 */
	public String accessToken(String audience, Map<String, ? extends @Nullable Object> extraClaims) {
		return sign(Map.of(), accessTokenClaims(audience, extraClaims));
	}

	/**
	 * Return the claims of {@link #accessToken(String, Map)}, to sign them in another
	 * way.
	 * @param audience the API that the token is for
	 * @param extraClaims claims to add or to replace; {@code null} removes a claim
	 * @return the claims
	 */
	public Map<String, Object> accessTokenClaims(String audience, Map<String, ? extends @Nullable Object> extraClaims) {
		Instant now = this.clock.instant();
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("iss", issuer());
		claims.put("sub", "user-42");
		claims.put("scope", "openid");
		claims.put("aud", audience);
		claims.put("client_id", "client-7");
		claims.put("iat", now.getEpochSecond());
		claims.put("exp", now.plus(LIFETIME).getEpochSecond());
		claims.put("jti", UUID.randomUUID().toString());
		replace(claims, extraClaims);
		return claims;
	}

	/**
	 * Sign a token. The header is taken as it is; {@code alg}, {@code typ} and
	 * {@code kid} are added where it is silent, and left out where it says {@code null}.
	 * Its {@code kid} and {@code alg} choose the key; where the issuer holds no such key,
	 * the newest signs in its name.
	 * @param header members of the JOSE header
	 * @param claims the claims
	 * @return the token in compact form
	 */
	public String sign(Map<String, ? extends @Nullable Object> header, Map<String, ? extends @Nullable Object> claims) {
		IssuerKey key = this.keys.select(header.get("kid"), header.get("alg"));
		Map<String, Object> whole = new LinkedHashMap<>();
		whole.put("alg", key.algorithm());
		whole.put("typ", "at+jwt");
		whole.put("kid", key.keyId());
		replace(whole, header);
		String input = encode(whole) + "." + encode(new LinkedHashMap<>(claims));
		return input + "." + key.sign(whole.get("alg"), input.getBytes(StandardCharsets.US_ASCII));
	}

	private static void replace(Map<String, Object> members, Map<String, ? extends @Nullable Object> replacements) {
		replacements.forEach((name, value) -> {
			members.remove(name);
			if (value != null) {
				members.put(name, value);
			}
		});
	}

	private static String encode(Map<String, ?> members) {
		return Base64URL.encode(JSONObjectUtils.toJSONString(members)).toString();
	}

	// Clients

	/**
	 * Let a client use the token and the introspection endpoint. It authenticates with
	 * HTTP Basic.
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
	 * Answer every introspection with a text and status 200, in place of the right
	 * answer.
	 * @param json the body
	 */
	public void answerIntrospection(String json) {
		this.introspectionFault = (answer) -> Answer.text("application/json", json);
	}

	// Serving

	private void handle(HttpExchange exchange) throws IOException {
		ActiveFault current = this.fault;
		try (exchange) {
			current.fault().pass(answer(exchange, FormRequest.read(exchange)), exchange, current.over());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Answer answer(HttpExchange exchange, FormRequest request) {
		String asked = exchange.getRequestURI().getPath();
		if (asked.equals(basePath() + KEY_SET)) {
			this.fetches.incrementAndGet();
			return this.keySetFault.apply(Answer.json(this.keys.document()));
		}
		if (asked.equals(basePath() + MOVED_KEY_SET)) {
			this.followedRedirects.incrementAndGet();
			return Answer.json(this.keys.document());
		}
		if (asked.equals(basePath() + OPENID_METADATA)) {
			this.metadataFetches.incrementAndGet();
			return this.openIdMetadata ? Answer.json(metadata()) : Answer.status(404);
		}
		if (asked.equals(OAUTH_METADATA + basePath())) {
			this.metadataFetches.incrementAndGet();
			return this.oauthMetadata ? Answer.json(metadata()) : Answer.status(404);
		}
		if (asked.equals(basePath() + TOKEN)) {
			return this.clients.token(request);
		}
		if (asked.equals(basePath() + INTROSPECTION)) {
			this.introspections.incrementAndGet();
			return this.introspectionFault.apply(this.clients.introspect(request));
		}
		return Answer.status(404);
	}

	private Map<String, Object> metadata() {
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("issuer", issuer());
		metadata.put("jwks_uri", jwksUri().toString());
		metadata.put("token_endpoint", tokenUri().toString());
		metadata.put("introspection_endpoint", introspectionUri().toString());
		metadata.put("grant_types_supported", List.of("client_credentials"));
		metadata.put("response_types_supported", List.of("code"));
		metadata.put("subject_types_supported", List.of("public"));
		metadata.put("id_token_signing_alg_values_supported", List.of("RS256"));
		metadata.putAll(this.metadataOverrides);
		return metadata;
	}

	/**
	 * Stop listening, end every wait and every thread.
	 */
	@Override
	public void close() {
		replaceFault(Fault.NONE);
		this.server.close();
		this.keys.close();
	}

	/**
	 * A fault with its end.
	 *
	 * @param fault the fault
	 * @param over reaches zero when it is over
	 */
	private record ActiveFault(Fault fault, CountDownLatch over) {

		ActiveFault(Fault fault) {
			this(fault, new CountDownLatch(1));
		}

	}

}
