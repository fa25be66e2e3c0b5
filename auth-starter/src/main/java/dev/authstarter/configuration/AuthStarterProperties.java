package dev.authstarter.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration of the API's security. Values are only bound here; the features validate
 * them.
 *
 * @param issuer Issuer (iss) that every token must name, compared exactly, including a
 * trailing slash, for example https://acme.eu.auth0.com/. Required, unless
 * 'auth-starter.issuers' is set.
 * @param audience Audiences (aud) that identify this API, one or several. A token must
 * contain at least one of them. Required, unless 'auth-starter.issuers' is set.
 * @param issuers Issuers to trust if there are several, each under a name of your choice.
 * Settings that an issuer does not define are taken from the properties for all issuers.
 * Cannot be combined with 'auth-starter.issuer', 'auth-starter.audience' and
 * 'auth-starter.jwks-uri'.
 * @param resolvedIssuers How results of IssuerResolver beans are cached.
 * @param jwksUri Location of the issuer's public keys: a URL, a file
 * (file:/etc/keys/jwks.json) or a class path resource (classpath:jwks.json). Its content
 * is a JWK set or public keys in PEM format. If it is not set, the location is read from
 * the issuer's metadata.
 * @param algorithms Accepted signature algorithms, asymmetric ones only. RS384, RS512,
 * PS384 and PS512 are supported, but must be listed explicitly.
 * @param profile Token profile: how closely a token must conform to RFC 9068.
 * @param clockSkew Allowed difference between the clocks of the issuer and this API when
 * the times of a token (exp, nbf, iat) are validated. Between 0 seconds and 5 minutes.
 * @param publicPaths Path patterns that can be called without a token, for example
 * /docs/**. An HTTP method before the pattern limits it to that method, for example GET
 * /catalog/**. GET includes HEAD.
 * @param undeclaredHandlers How handlers and other entry points without an access rule
 * are treated.
 * @param rules Access rules by path. A rule applies to all entry points that its path
 * matches, including those that cannot be annotated, in addition to the rules that
 * handlers declare.
 * @param token Which tokens are accepted.
 * @param provider Provider that issues the tokens: the name of a preset, for example
 * auth0 or keycloak, or detect to select the preset by the URL of the issuer. The preset
 * defines which claims contain scopes, roles, permissions and organizations, and how
 * access tokens are recognized.
 * @param claims Which claims contain the grants and the identity of a caller.
 * @param organization Which organizations may call, and how the organization of a request
 * is determined.
 * @param authorities How grants are mapped to authorities of Spring Security.
 * @param keys How the issuer's keys are fetched and cached.
 * @param http How issuers are called over HTTP.
 * @param introspection How tokens are introspected.
 * @param cache How verified tokens are cached.
 * @param observations Whether the validation of tokens and access decisions are observed.
 * @param springSecurityObservations Whether Spring Security's own observations are
 * enabled, one for each filter, authentication and authorization. Without this library,
 * Spring Security enables them if Micrometer is present.
 * @param resourceMetadata Protected resource metadata for clients.
 * @param refusals Format of the responses to refused requests.
 * @param endpoints Access to the actuator endpoints of this library.
 * @param openapi Whether the access rules are added to springdoc's OpenAPI document.
 * @param diagnostics Whether responses explain refusals during development.
 */
@ConfigurationProperties(prefix = "auth-starter", ignoreUnknownFields = false)
public record AuthStarterProperties(@Nullable String issuer, @DefaultValue List<String> audience,
		@DefaultValue Map<String, Issuer> issuers, @DefaultValue ResolvedIssuers resolvedIssuers, @Nullable URI jwksUri,
		@DefaultValue List<String> algorithms, @DefaultValue("compatible") TokenProfile profile,
		@DefaultValue("30s") Duration clockSkew, @DefaultValue List<String> publicPaths,
		@DefaultValue("authenticated") UndeclaredHandlers undeclaredHandlers, @DefaultValue List<PathRule> rules,
		@DefaultValue Token token, @Nullable String provider, @DefaultValue Claims claims,
		@DefaultValue Organization organization, @DefaultValue Authorities authorities, @DefaultValue Keys keys,
		@DefaultValue Http http, @DefaultValue Introspection introspection, @DefaultValue Cache cache,
		@DefaultValue ResourceMetadata resourceMetadata, @DefaultValue Refusals refusals,
		@DefaultValue Endpoints endpoints, @DefaultValue Observations observations,
		@DefaultValue("false") boolean springSecurityObservations, @DefaultValue OpenApi openapi,
		@DefaultValue Diagnostics diagnostics) {

	public AuthStarterProperties {
		audience = List.copyOf(audience);
		issuers = Collections.unmodifiableMap(new LinkedHashMap<>(issuers));
		algorithms = List.copyOf(algorithms);
		publicPaths = List.copyOf(publicPaths);
		rules = List.copyOf(rules);
	}

	/**
	 * An access rule for a path. All names in each list are required.
	 *
	 * @param path Path pattern that the rule applies to, relative to the application's
	 * context path, for example /legacy/**. Required.
	 * @param methods HTTP methods that the rule applies to. GET includes HEAD. If it is
	 * not set, the rule applies to all methods.
	 * @param scopes Scopes that the rule requires. The token must contain all of them.
	 * @param roles Roles that the rule requires. The caller must have all of them, each
	 * in the acting organization or in all organizations.
	 * @param permissions Permissions that the rule requires. The caller must have all of
	 * them, each in the acting organization or in all organizations.
	 */
	@ConfigurationPropertiesSource
	public record PathRule(@Nullable String path, @DefaultValue List<String> methods, @DefaultValue List<String> scopes,
			@DefaultValue List<String> roles, @DefaultValue List<String> permissions) {

		public PathRule {
			methods = List.copyOf(methods);
			scopes = List.copyOf(scopes);
			roles = List.copyOf(roles);
			permissions = List.copyOf(permissions);
		}

	}

	/**
	 * Return no values, since a URL may contain a secret.
	 */
	@Override
	public String toString() {
		return "AuthStarterProperties[]";
	}

	/**
	 * How results of IssuerResolver beans are cached.
	 *
	 * @param timeToLive How long a result of an IssuerResolver bean is cached. A removed
	 * issuer remains trusted for at most that time. Between 1 second and 1 hour.
	 * @param maximum Maximum number of cached issuers from IssuerResolver beans. Between
	 * 1 and 100000.
	 */
	public record ResolvedIssuers(@DefaultValue("1m") Duration timeToLive, @DefaultValue("1000") int maximum) {

	}

	/**
	 * One of several issuers. Settings that it does not define are taken from the
	 * properties for all issuers.
	 *
	 * @param issuer Issuer (iss) that tokens of this issuer must name, compared exactly,
	 * including a trailing slash. Required.
	 * @param audience Audiences (aud) that identify this API in tokens of this issuer,
	 * one or several. A token must contain at least one of them. Required.
	 * @param jwksUri Location of this issuer's public keys: a URL, a file
	 * (file:/etc/keys/jwks.json) or a class path resource (classpath:jwks.json). Its
	 * content is a JWK set or public keys in PEM format. If it is not set, the location
	 * is read from the issuer's metadata.
	 * @param algorithms Accepted signature algorithms of this issuer, asymmetric ones
	 * only. If it is not set, the algorithms for all issuers apply.
	 * @param provider Provider that issues the tokens of this issuer: the name of a
	 * preset, or detect. If it is not set, the provider for all issuers applies.
	 * @param claims Which claims contain the grants and the identity of a caller.
	 * @param token Which tokens are accepted.
	 * @param organization Which organizations may call.
	 * @param keys How this issuer's keys are fetched.
	 * @param http How this issuer is called over HTTP.
	 * @param introspection How tokens of this issuer are introspected. At most one issuer
	 * may introspect opaque tokens.
	 */
	@ConfigurationPropertiesSource
	public record Issuer(@Nullable String issuer, @DefaultValue List<String> audience, @Nullable URI jwksUri,
			@DefaultValue List<String> algorithms, @Nullable String provider, @DefaultValue Claims claims,
			@DefaultValue IssuerToken token, @DefaultValue IssuerOrganization organization,
			@DefaultValue IssuerKeys keys, @DefaultValue IssuerHttp http, @DefaultValue Introspection introspection) {

		public Issuer {
			audience = List.copyOf(audience);
			algorithms = List.copyOf(algorithms);
		}

		/**
		 * Return no values, since a URL may contain a secret.
		 */
		@Override
		public String toString() {
			return "Issuer[]";
		}

	}

	/**
	 * Which tokens are accepted. A list of types, selectors or tests replaces the list of
	 * the provider's preset.
	 *
	 * @param maximumLength Maximum length of a token. A longer token is refused before it
	 * is parsed. At most 256KB. The header limit of the web server applies as well
	 * (server.max-http-request-header-size, 8KB by default).
	 * @param maximumLifetime Maximum time between issue (iat) and expiry (exp) of a
	 * token. If it is set, tokens without iat are refused. If it is not set, the lifetime
	 * of tokens is not limited.
	 * @param requiredClaims Names of claims that every token must contain, in addition to
	 * those that are always required.
	 * @param types Accepted header types (typ) of access tokens, without a leading
	 * 'application/'. An empty entry accepts tokens without a type.
	 * @param audienceFrom Selectors for the audiences of a token. The first one that
	 * finds a value is used. If the last entry is 'none', tokens without an audience are
	 * accepted.
	 * @param acceptIf Tests that identify access tokens. At least one must match, unless
	 * the header type of the token is at+jwt.
	 * @param rejectIf Tests that identify other kinds of tokens, for example ID tokens. A
	 * token is refused if one of them matches, unless its header type is at+jwt.
	 * @param machineIf Tests that identify tokens of machines (client credentials). One
	 * matching test is sufficient.
	 * @param allowNoGrants Whether tokens without any scope, role or permission are
	 * accepted.
	 */
	public record Token(@DefaultValue("16KB") DataSize maximumLength, @Nullable Duration maximumLifetime,
			@DefaultValue List<String> requiredClaims, @Nullable List<String> types,
			@Nullable List<String> audienceFrom, @Nullable List<String> acceptIf, @Nullable List<String> rejectIf,
			@Nullable List<String> machineIf, @DefaultValue("false") boolean allowNoGrants) {

		public Token {
			requiredClaims = List.copyOf(requiredClaims);
		}

	}

	/**
	 * Which tokens of one of several issuers are accepted. A list replaces the list of
	 * the provider's preset.
	 *
	 * @param types Accepted header types (typ) of access tokens, without a leading
	 * 'application/'. An empty entry accepts tokens without a type.
	 * @param audienceFrom Selectors for the audiences of a token. The first one that
	 * finds a value is used. If the last entry is 'none', tokens without an audience are
	 * accepted.
	 * @param acceptIf Tests that identify access tokens. At least one must match, unless
	 * the header type of the token is at+jwt.
	 * @param rejectIf Tests that identify other kinds of tokens, for example ID tokens. A
	 * token is refused if one of them matches, unless its header type is at+jwt.
	 * @param machineIf Tests that identify tokens of machines (client credentials). One
	 * matching test is sufficient.
	 * @param allowNoGrants Whether tokens of this issuer without any scope, role or
	 * permission are accepted, even if they are refused for other issuers.
	 */
	public record IssuerToken(@Nullable List<String> types, @Nullable List<String> audienceFrom,
			@Nullable List<String> acceptIf, @Nullable List<String> rejectIf, @Nullable List<String> machineIf,
			@DefaultValue("false") boolean allowNoGrants) {

	}

	/**
	 * Which claims contain the grants and the identity of a caller. A selector is the
	 * name of a claim, or a path that starts with a slash. A list replaces the list of
	 * the provider's preset.
	 *
	 * @param scopes Selectors for scopes. A selector is the name of a claim, or a path
	 * that starts with a slash.
	 * @param roles Selectors for roles. A path with {org} selects roles that apply in
	 * that organization only.
	 * @param permissions Selectors for permissions. A path with {org} selects permissions
	 * that apply in that organization only.
	 * @param organizations Selectors for the identifiers of organizations.
	 * @param organizationNames Selectors for the names of organizations.
	 * @param clientId Selectors for the client id. The first one that finds a value is
	 * used.
	 * @param subject Selectors for the subject. The first one that finds a value is used.
	 * The client id replaces a missing subject only in tokens that are identified as
	 * those of a machine (client credentials).
	 * @param allowUserEditable Whether selectors and tests may read grants,
	 * organizations, subjects, client ids and the caller type from claims that users can
	 * edit at some providers, for example user_metadata or email. If false, such a
	 * selector or test makes start-up fail.
	 */
	public record Claims(@Nullable List<String> scopes, @Nullable List<String> roles,
			@Nullable List<String> permissions, @Nullable List<String> organizations,
			@Nullable List<String> organizationNames, @Nullable List<String> clientId, @Nullable List<String> subject,
			@DefaultValue("false") boolean allowUserEditable) {

	}

	/**
	 * Which organizations of one of several issuers may call.
	 *
	 * @param allowed Organizations that tokens of this issuer may name: identifiers,
	 * prefixes that end with '*', or only '*' for all. Other organizations in a token are
	 * ignored. Required if there are several issuers and tokens of this one can name
	 * organizations, or if the provider issues tokens of the same issuer to other
	 * customers.
	 */
	public record IssuerOrganization(@Nullable List<String> allowed) {

		public IssuerOrganization {
			allowed = (allowed != null) ? List.copyOf(allowed) : null;
		}

	}

	/**
	 * How grants are mapped to authorities of Spring Security.
	 *
	 * @param scopePrefix Prefix of the authorities to which scopes are mapped.
	 * @param rolePrefix Prefix of the authorities to which roles are mapped. Roles that
	 * apply in one organization only are not mapped.
	 * @param permissionPrefix Prefix of the authorities to which permissions are mapped.
	 * Permissions that apply in one organization only are not mapped.
	 */
	public record Authorities(@DefaultValue("SCOPE_") String scopePrefix, @DefaultValue("ROLE_") String rolePrefix,
			@DefaultValue("PERMISSION_") String permissionPrefix) {

	}

	/**
	 * How the issuer's keys are fetched and cached.
	 *
	 * @param timeToLive How long fetched keys are cached. They are refreshed in the
	 * background shortly before that time. Between 15 seconds and 24 hours.
	 * @param outageTolerance Maximum age at which cached keys are still used while new
	 * ones cannot be fetched. At most 24 hours, and not less than the time to live.
	 * @param fetchTimeout Timeout of a fetch of keys, from connecting to the last byte,
	 * including the request for the issuer's metadata. At most 30 seconds.
	 * @param warmUp Whether keys are fetched before the application reports that it is
	 * ready. An issuer that does not respond delays start-up by at most the fetch
	 * timeout, but does not make it fail.
	 * @param bearerTokenFile File with a bearer token for the issuer's metadata and keys,
	 * for issuers that require one, for example the API server of a Kubernetes cluster.
	 * The file is read for each fetch. The token is sent only over https. With several
	 * issuers, set it for each issuer instead.
	 */
	public record Keys(@DefaultValue("5m") Duration timeToLive, @DefaultValue("1h") Duration outageTolerance,
			@DefaultValue("2s") Duration fetchTimeout, @DefaultValue("true") boolean warmUp,
			@Nullable Path bearerTokenFile) {

	}

	/**
	 * How the keys of one of several issuers are fetched.
	 *
	 * @param bearerTokenFile File with a bearer token for this issuer's metadata and
	 * keys, for issuers that require one, for example the API server of a Kubernetes
	 * cluster. The file is read for each fetch. The token is sent only over https.
	 */
	public record IssuerKeys(@Nullable Path bearerTokenFile) {

	}

	/**
	 * How issuers are called over HTTP for their metadata, their keys and introspection.
	 *
	 * @param sslBundle Name of the SSL bundle (spring.ssl.bundle.*) for connections to
	 * issuers. It contains the trusted certificate authorities, for example your own, and
	 * optionally a client certificate. If it is not set, the trust store of the JVM is
	 * used.
	 * @param plainHttpHosts Names of hosts that may be called over plain http, in
	 * addition to localhost, for example keycloak in Docker Compose. An attacker who can
	 * change that traffic can replace the keys.
	 * @param plainHttpInProduction Whether 'auth-starter.http.plain-http-hosts' may be
	 * set while a production profile is active. If false, start-up fails in that case.
	 */
	public record Http(@Nullable String sslBundle, @DefaultValue List<String> plainHttpHosts,
			@DefaultValue("false") boolean plainHttpInProduction) {

		public Http {
			plainHttpHosts = List.copyOf(plainHttpHosts);
		}

	}

	/**
	 * How one of several issuers is called over HTTP.
	 *
	 * @param sslBundle Name of the SSL bundle for connections to this issuer. If it is
	 * not set, the SSL bundle for all issuers is used.
	 */
	public record IssuerHttp(@Nullable String sslBundle) {

	}

	/**
	 * How tokens are introspected (RFC 7662).
	 *
	 * @param uri URL of the issuer's introspection endpoint. If it is not set, opaque
	 * tokens are refused.
	 * @param tokens Kinds of tokens that are sent to the introspection endpoint. For a
	 * JWT, the response adds missing claims, and the token is refused if the issuer
	 * reports it as inactive.
	 * @param clientId Client id with which this API authenticates at the introspection
	 * endpoint.
	 * @param clientSecret Client secret with which this API authenticates at the
	 * introspection endpoint.
	 * @param timeToLive How long the response for an active token is cached, at most 10
	 * minutes. With 0, every request calls the endpoint. The response for an inactive
	 * token is always cached for 5 seconds.
	 * @param timeout Timeout of a call of the introspection endpoint, at most 30 seconds.
	 * If too many calls are in progress, a request first waits for its turn, for at most
	 * the same time.
	 */
	public record Introspection(@Nullable URI uri, @DefaultValue("opaque") IntrospectedTokens tokens,
			@Nullable String clientId, @Nullable String clientSecret, @DefaultValue("60s") Duration timeToLive,
			@DefaultValue("2s") Duration timeout) {

		/**
		 * Return no values: the client secret and the URL may be secret.
		 */
		@Override
		public String toString() {
			return "Introspection[]";
		}

	}

	/**
	 * Protected resource metadata, which this API publishes for clients (RFC 9728).
	 *
	 * @param resource Identifier of this API in the metadata for clients (RFC 9728), an
	 * https URL without query and fragment. If it is not set, no metadata is published.
	 */
	public record ResourceMetadata(@Nullable URI resource) {

		/**
		 * Return where the metadata is published.
		 * @return the resource with the well-known path between host and path, or
		 * {@code null} if nothing is published
		 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3.1">RFC 9728
		 * section 3.1</a>
		 */
		public @Nullable URI location() {
			if (this.resource == null) {
				return null;
			}
			String path = this.resource.getRawPath();
			return this.resource.resolve("/.well-known/oauth-protected-resource" + ("/".equals(path) ? "" : path));
		}

	}

	/**
	 * Access to the actuator endpoints of this library. They are disabled unless their
	 * access is configured.
	 *
	 * @param authority Authority that callers of the endpoints 'authrules', 'authkeys'
	 * and 'authexplain' must have.
	 */
	public record Endpoints(@DefaultValue("SCOPE_operations") String authority) {

	}

	/**
	 * Which organizations may call, and how the organization of a request is determined.
	 *
	 * @param allowed Organizations that may call this API: identifiers, prefixes that end
	 * with '*', or only '*' for all. Other organizations in a token are ignored. Required
	 * if the provider issues tokens of the same issuer to other customers. With several
	 * issuers, set it for each issuer instead.
	 * @param sources Sources from which the acting organization of a request is
	 * determined. All sources that name an organization must name the same one. Each
	 * source is listed at most once, and 'path' is required.
	 * @param pathVariables Names of path variables that contain the id of an
	 * organization. Other path variables are not compared with the token.
	 * @param header Name of the request header that contains the id of the organization.
	 * It is read only if 'header' is one of the sources.
	 * @param baseDomain Base domain of the organizations' subdomains, for example
	 * api.example.com. Required if 'subdomain' is one of the sources, and not permitted
	 * otherwise.
	 * @param acceptNames Whether requests may identify an organization by its name as
	 * well as by its id. Handlers always receive the id. Enable it only if the provider
	 * never reassigns names and its ids cannot be mistaken for names.
	 * @param crossOrganizationScope Scope that permits a machine (client credentials)
	 * whose token names no organization to act in any organization. Each such request is
	 * logged. If it is not set, only handlers whose rule permits such machines accept
	 * them.
	 * @param hideOtherOrganizations Whether requests for organizations that the token
	 * does not name are answered with 404 instead of 403.
	 * @param policyTimeToLive How long the result of an OrganizationPolicy bean is
	 * cached.
	 * @param memberships How the organizations that an OrganizationMemberships bean
	 * returns are combined with those of the token.
	 * @param membershipsTimeToLive How long the memberships of a caller are cached, at
	 * most 1 hour. A revoked role remains effective for at most that time.
	 * @param membershipsTimeout Timeout of an OrganizationMemberships bean, at most 30
	 * seconds. When it elapses, the request is refused with status 503.
	 * @param mdc Whether the organization, subject and client of a request are added to
	 * the logging context (MDC) as auth.organization, auth.subject and auth.client.
	 */
	public record Organization(@Nullable List<String> allowed, @DefaultValue( {
			"path", "token" }) List<OrganizationSource> sources,
			@DefaultValue("organizationId") List<String> pathVariables,
			@DefaultValue("X-Organization-Id") String header, @Nullable String baseDomain, boolean acceptNames,
			@Nullable String crossOrganizationScope, boolean hideOtherOrganizations,
			@DefaultValue("60s") Duration policyTimeToLive,
			@DefaultValue("intersect") MembershipCombination memberships,
			@DefaultValue("60s") Duration membershipsTimeToLive, @DefaultValue("2s") Duration membershipsTimeout,
			@DefaultValue("true") boolean mdc){

		public Organization {
			allowed = (allowed != null) ? List.copyOf(allowed) : null;
			sources = List.copyOf(sources);
			pathVariables = List.copyOf(pathVariables);
		}

	}

	/**
	 * How verified tokens are cached. The signature of a cached token is not verified
	 * again; its expiry, its issuer's keys and all access rules are still checked on
	 * every request.
	 *
	 * @param enabled Whether verified tokens are cached, so that their signature is not
	 * verified on every request. Expiry, the issuer's keys and all access rules are still
	 * checked on every request.
	 * @param maximumSize Maximum memory of the cache, at least 1MB. A token of 1.6KB
	 * takes about 6KB, and more if its claims contain many objects.
	 */
	public record Cache(@DefaultValue("true") boolean enabled, @DefaultValue("32MB") DataSize maximumSize) {

	}

	/**
	 * Whether the validation of tokens and access decisions are observed.
	 *
	 * @param enabled Whether the validation of each token and the access decision of its
	 * handler are observed, for traces and timers. They are two observations for each
	 * request.
	 */
	public record Observations(@DefaultValue("false") boolean enabled) {

	}

	/**
	 * Format of the responses to refused requests.
	 *
	 * @param realm Realm in the header WWW-Authenticate of refused requests.
	 * @param typePrefix Prefix of the type of problem bodies (RFC 9457), to which the
	 * code of the reason is appended. With about:blank, problems have no type of their
	 * own.
	 */
	public record Refusals(@DefaultValue("api") String realm,
			@DefaultValue("urn:auth-starter:refusal:") String typePrefix) {

	}

	/**
	 * Whether the access rules are added to springdoc's OpenAPI document.
	 *
	 * @param enabled Whether security schemes, the requirements of each handler and the
	 * bodies of refusals are added to springdoc's OpenAPI document, if springdoc is
	 * present.
	 */
	public record OpenApi(@DefaultValue("true") boolean enabled) {

	}

	/**
	 * Whether responses explain refusals during development.
	 *
	 * @param enabled Whether the response to a refused request explains the refusal and
	 * shows claims of the token. For development only: start-up fails if a production
	 * profile is also active.
	 */
	public record Diagnostics(@DefaultValue("false") boolean enabled) {

	}

}
