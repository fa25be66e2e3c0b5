package dev.authstarter.test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.CallerType;
import dev.authstarter.test.dialect.Content;
import dev.authstarter.test.dialect.Dialect;
import dev.authstarter.test.dialect.Draft;
import dev.authstarter.test.signing.ForgeKeys;
import dev.authstarter.test.signing.Signing;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClientConfigurer;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * An access token made by a {@link TokenForge}. Immutable: every method returns a copy,
 * so that a valid token can be a field and each test changes one part of it.
 * <p>
 * Send it by {@code with(token)} in MockMvc and {@code MockMvcTester}, by
 * {@code headers(token)} in {@code RestTestClient}, {@code WebTestClient},
 * {@code RestClient}, {@code WebClient} and {@code RequestEntity}, by
 * {@code mutateWith(token)} in all requests of a {@code WebTestClient}, and as
 * {@link #value()} or {@link #authorization()} with any other client.
 * <p>
 * Issuer, audience and times are those of a valid token. Scopes, roles, permissions,
 * organization and caller are written into the claims that the application's provider
 * uses. If its tokens cannot express them, an {@link IllegalArgumentException} says what
 * to do instead. Claims, header members and defects are applied after that, in the order
 * of the calls: {@code withClaim("scope", 42).withScopes("a")} has the scope 42.
 */
public final class ForgedToken implements RequestPostProcessor, WebTestClientConfigurer, Consumer<HttpHeaders> {

	private static final Duration HOUR = Duration.ofHours(1);

	private final Forge forge;

	private final Content content;

	/** The changes of header and claims, in the order of the calls. */
	private final List<Consumer<Draft>> edits;

	private final Signing signing;

	/** Claims that are added after the token is signed. */
	private final Map<String, @Nullable Object> addedAfterSigning;

	private final Draft draft;

	private final Supplier<String> value = SingletonSupplier.of(this::sign);

	private ForgedToken(Forge forge, Content content, List<Consumer<Draft>> edits, Signing signing,
			Map<String, @Nullable Object> addedAfterSigning, Draft draft) {
		this.forge = forge;
		this.content = content;
		this.edits = edits;
		this.signing = signing;
		this.addedAfterSigning = addedAfterSigning;
		this.draft = draft;
	}

	/**
	 * Make a valid token.
	 * @param dialect how its issuer writes tokens
	 * @param keys its issuer's keys
	 * @param algorithm the algorithm with which its issuer signs
	 * @param issuedAt the time at which it is issued
	 */
	static ForgedToken of(Dialect dialect, ForgeKeys keys, JWSAlgorithm algorithm, Instant issuedAt) {
		Map<String, Object> fixed = new LinkedHashMap<>();
		fixed.put("iat", issuedAt.getEpochSecond());
		fixed.put("exp", issuedAt.plus(TokenForge.LIFETIME).getEpochSecond());
		fixed.put("jti", UUID.randomUUID().toString());
		Signing signing = keys.signing(algorithm);
		Forge forge = new Forge(dialect, keys, issuedAt, fixed);
		List<Consumer<Draft>> edits = List.of((draft) -> signing.announce(draft.header()));
		return new ForgedToken(forge, Content.DEFAULT, edits, signing, Map.of(), forge.write(Content.DEFAULT, edits));
	}

	/**
	 * Return the token in compact form, the same text on every call.
	 * @return header, claims and signature
	 */
	public String value() {
		return this.value.get();
	}

	/**
	 * Return the value of an {@code Authorization} header.
	 * @return {@code Bearer} and the token
	 */
	public String authorization() {
		return "Bearer " + value();
	}

	/**
	 * Return headers that hold only this token.
	 * @return new headers
	 */
	public HttpHeaders headers() {
		HttpHeaders headers = new HttpHeaders();
		accept(headers);
		return headers;
	}

	/**
	 * Set this token in a request's headers, in place of any other credential.
	 * @param headers the headers
	 */
	@Override
	public void accept(HttpHeaders headers) {
		headers.setBearerAuth(value());
	}

	/**
	 * Set this token in a request of MockMvc, in place of any other credential.
	 * @param request the request
	 * @return the same request
	 */
	@Override
	public MockHttpServletRequest postProcessRequest(MockHttpServletRequest request) {
		request.removeHeader(HttpHeaders.AUTHORIZATION);
		request.addHeader(HttpHeaders.AUTHORIZATION, authorization());
		return request;
	}

	/**
	 * Send the token in all requests of a client, with a server and without one. A
	 * request with a token of its own replaces it. Called by
	 * {@link WebTestClient#mutateWith}.
	 */
	@Override
	public void afterConfigurerAdded(WebTestClient.Builder builder, @Nullable WebHttpHandlerBuilder server,
			@Nullable ClientHttpConnector connector) {
		builder.defaultHeaders(this);
	}

	/**
	 * Grant scopes, and no others.
	 * @param scopes the scopes
	 * @return a copy
	 */
	public ForgedToken withScopes(String... scopes) {
		return with(this.content.withScopes(List.of(scopes)));
	}

	/**
	 * Give the caller roles that hold in every organization, and no others.
	 * @param roles the roles
	 * @return a copy
	 */
	public ForgedToken withRoles(String... roles) {
		return with(this.content.withRoles(List.of(roles)));
	}

	/**
	 * Give the caller permissions that hold in every organization, and no others.
	 * @param permissions the permissions
	 * @return a copy
	 */
	public ForgedToken withPermissions(String... permissions) {
		return with(this.content.withPermissions(List.of(permissions)));
	}

	/**
	 * Name one organization in the token, and no other.
	 * @param id the organization's permanent identifier, for example
	 * {@code org_9ybsU1dN2dKfDkBi}
	 * @param roles the caller's roles in this organization
	 * @return a copy
	 */
	public ForgedToken forOrganization(String id, String... roles) {
		return with(this.content.with(new Content.Membership(id, List.of(roles))));
	}

	/**
	 * Name no organization.
	 * @return a copy
	 */
	public ForgedToken withoutOrganization() {
		return with(this.content.with(Content.Membership.NONE));
	}

	/**
	 * Make the caller a user.
	 * @param subject the user's identifier, for example {@code auth0|42}
	 * @return a copy
	 */
	public ForgedToken asUser(String subject) {
		return with(this.content.as(subject, CallerType.USER));
	}

	/**
	 * Make the caller a machine: a client that calls on its own behalf (client
	 * credentials, RFC 6749 section 4.4).
	 * @param clientId the client's identifier, which is also the subject (RFC 9068
	 * section 2.2)
	 * @return a copy
	 */
	public ForgedToken asMachine(String clientId) {
		return with(this.content.as(clientId, CallerType.MACHINE));
	}

	/**
	 * Set the client through which a user calls. The client of a machine is the machine
	 * itself.
	 * @param clientId the client's identifier
	 * @return a copy
	 */
	public ForgedToken throughClient(String clientId) {
		return with(this.content.through(clientId));
	}

	/**
	 * Set a claim, in place of the value that the other methods wrote.
	 * @param name the name
	 * @param value a text, number, boolean, list, map, {@link Instant} or {@code null}
	 * @return a copy
	 * @throws IllegalArgumentException if JSON has no such value
	 */
	public ForgedToken withClaim(String name, @Nullable Object value) {
		Object json = JsonValue.of(name, value);
		return edit((draft) -> draft.claims().put(name, json));
	}

	/**
	 * Remove a claim.
	 * @param name the name
	 * @return a copy
	 */
	public ForgedToken withoutClaim(String name) {
		return edit((draft) -> draft.claims().remove(name));
	}

	/**
	 * Set a member of the header. The key and the algorithm of the signature do not
	 * change.
	 * @param name the name
	 * @param value a text, number, boolean, list, map or {@code null}
	 * @return a copy
	 * @throws IllegalArgumentException if JSON has no such value
	 */
	public ForgedToken withHeader(String name, @Nullable Object value) {
		Object json = JsonValue.of(name, value);
		return edit((draft) -> draft.header().put(name, json));
	}

	/**
	 * Remove a member of the header. The key and the algorithm of the signature do not
	 * change.
	 * @param name the name
	 * @return a copy
	 */
	public ForgedToken withoutHeader(String name) {
		return edit((draft) -> draft.header().remove(name));
	}

	/**
	 * Set the header's {@code typ} (RFC 7515 section 4.1.9).
	 * @param type the type, for example {@code JWT}; a valid token has {@code at+jwt}
	 * @return a copy
	 */
	public ForgedToken withType(String type) {
		return withHeader("typ", type);
	}

	/**
	 * Sign with another algorithm and a key that the application trusts.
	 * @param algorithm RS*, PS*, ES256, ES384, ES512, EdDSA or Ed25519
	 * @return a copy
	 * @throws IllegalArgumentException if the algorithm is another
	 */
	public ForgedToken withAlgorithm(JWSAlgorithm algorithm) {
		return signedBy(this.forge.keys().signing(algorithm));
	}

	/**
	 * Make the token expired for an hour.
	 * @return a copy
	 */
	public ForgedToken expired() {
		return expiredSince(HOUR);
	}

	/**
	 * Make the token expired. Applications tolerate the configured clock skew, 30 seconds
	 * by default.
	 * @param duration the time since the expiry, counted back from the forge's clock
	 * @return a copy
	 * @throws IllegalArgumentException if the duration is negative
	 */
	public ForgedToken expiredSince(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("duration cannot be negative");
		}
		Instant expiry = this.forge.issuedAt().minus(duration);
		return withClaim("iat", expiry.minus(TokenForge.LIFETIME)).withClaim("exp", expiry);
	}

	/**
	 * Make the token valid in an hour at the earliest ({@code nbf}, RFC 7519 section
	 * 4.1.5).
	 * @return a copy
	 */
	public ForgedToken notYetValid() {
		Instant start = this.forge.issuedAt().plus(HOUR);
		return withClaim("nbf", start).withClaim("exp", start.plus(TokenForge.LIFETIME));
	}

	/**
	 * Remove the expiry time ({@code exp}).
	 * @return a copy
	 */
	public ForgedToken withoutExpiry() {
		return withoutClaim("exp");
	}

	/**
	 * Set the audiences of the token, in place of all others.
	 * @param audiences the audiences, for example of another API
	 * @return a copy
	 */
	public ForgedToken forAudience(String... audiences) {
		return edit((draft) -> this.forge.dialect().setAudience(draft, List.of(audiences)));
	}

	/**
	 * Remove the audience of the token.
	 * @return a copy
	 */
	public ForgedToken withoutAudience() {
		return edit(this.forge.dialect()::removeAudience);
	}

	/**
	 * Name another issuer in the token. It is signed with the same key.
	 * @param issuer the issuer
	 * @return a copy
	 */
	public ForgedToken fromIssuer(String issuer) {
		return withClaim("iss", issuer);
	}

	/**
	 * Turn the token into an ID token (OpenID Connect Core section 2). Its audience stays
	 * this API, so that its type is its only defect.
	 * @return a copy
	 */
	public ForgedToken asIdToken() {
		return edit((draft) -> this.forge.dialect().turnIntoIdToken(draft, this.forge.issuedAt()));
	}

	/**
	 * Turn the token into a refresh token, as Keycloak writes it. Its audience stays this
	 * API, so that its type is its only defect.
	 * @return a copy
	 */
	public ForgedToken asRefreshToken() {
		return edit(this.forge.dialect()::turnIntoRefreshToken);
	}

	/**
	 * Turn the token into a logout token (OpenID Connect Back-Channel Logout section
	 * 2.4). Its audience stays this API, so that its type is its only defect.
	 * @return a copy
	 */
	public ForgedToken asLogoutToken() {
		return withType("logout+jwt").withoutClaim("scope")
			.withoutClaim("client_id")
			.withClaim("sid", "08a5019c-17e1-4977-8f42-65a12843ea02")
			.withClaim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
	}

	/**
	 * Sign with a key that the application does not trust, under the key id of a key that
	 * it trusts.
	 * @return a copy
	 */
	public ForgedToken signedByUntrustedKey() {
		return signedBy(Signing.byUntrustedKey(this.forge.keys()));
	}

	/**
	 * Sign with a key that the issuer does not have, under its own key id.
	 * @return a copy
	 */
	public ForgedToken withUnknownKey() {
		return signedBy(Signing.byUnknownKey());
	}

	/**
	 * Leave the token unsigned: {@code alg} is {@code none} (RFC 8725 section 2.1).
	 * @return a copy
	 */
	public ForgedToken unsigned() {
		return signedBy(Signing.unsigned());
	}

	/**
	 * Sign with HS256 and the bytes of the public key as the secret (RFC 8725 section
	 * 2.1).
	 * @return a copy
	 */
	public ForgedToken signedWithPublicKeyAsSecret() {
		return signedBy(Signing.byPublicKeyAsSecret(this.forge.keys()));
	}

	/**
	 * Add a claim after the token is signed.
	 * @return a copy
	 */
	public ForgedToken tampered() {
		return new ForgedToken(this.forge, this.content, this.edits, this.signing, Map.of("admin", true), this.draft);
	}

	/**
	 * Return header and claims, for test reports.
	 */
	@Override
	public String toString() {
		return "ForgedToken[header=%s, claims=%s]".formatted(JSONObjectUtils.toJSONString(this.draft.header()),
				JSONObjectUtils.toJSONString(this.draft.claims()));
	}

	private ForgedToken with(Content content) {
		return new ForgedToken(this.forge, content, this.edits, this.signing, this.addedAfterSigning,
				this.forge.write(content, this.edits));
	}

	private ForgedToken edit(Consumer<Draft> edit) {
		return edit(edit, this.signing);
	}

	private ForgedToken signedBy(Signing signing) {
		return edit((draft) -> signing.announce(draft.header()), signing);
	}

	private ForgedToken edit(Consumer<Draft> edit, Signing signing) {
		List<Consumer<Draft>> edits = new ArrayList<>(this.edits);
		edits.add(edit);
		Draft edited = this.draft.copy();
		edit.accept(edited);
		return new ForgedToken(this.forge, this.content, List.copyOf(edits), signing, this.addedAfterSigning, edited);
	}

	/**
	 * Assembled here because Nimbus does not write deliberately invalid tokens.
	 */
	private String sign() {
		String signed = this.signing.sign(part(this.draft.header()) + "." + part(this.draft.claims()));
		if (this.addedAfterSigning.isEmpty()) {
			return signed;
		}
		Map<String, @Nullable Object> claims = new LinkedHashMap<>(this.draft.claims());
		claims.putAll(this.addedAfterSigning);
		return signed.substring(0, signed.indexOf('.') + 1) + part(claims) + signed.substring(signed.lastIndexOf('.'));
	}

	private static String part(Map<String, @Nullable Object> members) {
		return Base64URL.encode(JSONObjectUtils.toJSONString(members)).toString();
	}

	/**
	 * What all copies of a token have in common.
	 *
	 * @param dialect how the issuer writes tokens
	 * @param keys the issuer's keys
	 * @param issuedAt the time at which the token is issued
	 * @param fixed its times and its id
	 */
	private record Forge(Dialect dialect, ForgeKeys keys, Instant issuedAt, Map<String, Object> fixed) {

		Draft write(Content content, List<Consumer<Draft>> edits) {
			Draft draft = this.dialect.write(content, this.fixed);
			edits.forEach((edit) -> edit.accept(draft));
			return draft;
		}

	}

}
