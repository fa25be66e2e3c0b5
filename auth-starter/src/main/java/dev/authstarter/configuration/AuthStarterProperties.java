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
 * @param issuer Issuer that every token must name, exactly as it spells itself, for
 * example https://acme.eu.auth0.com/ with its trailing slash. Required, unless there are
 * several issuers.
 * @param audience Audiences of this API, one or several; a token must name at least one
 * of them. Required, unless there are several issuers.
 * @param issuers Issuers to trust where there are several, by a name of your choice. What
 * an issuer does not set is taken from the properties for all issuers. Cannot be combined
 * with a single issuer.
 * @param resolvedIssuers How results of IssuerResolver beans are cached.
 * @param jwksUri Location of the issuer's keys: a URL, a file (file:/etc/keys/jwks.json)
 * or a resource (classpath:jwks.json), with a JSON key set or public keys in the form of
 * PEM. Without it, the metadata of the issuer says where the keys are.
 * @param algorithms Signature algorithms to accept, asymmetric ones only. RS384, RS512,
 * PS384 and PS512 are accepted where they are named.
 * @param profile How strictly a token must keep to RFC 9068.
 * @param clockSkew Tolerance for the clocks of issuer and API when the times of a token
 * are checked. At most 5 minutes.
 * @param publicPaths Path patterns that are open without a token, for example /docs/**,
 * or for one HTTP method, for example GET /catalog/**. GET stands for HEAD, too.
 * @param undeclaredHandlers How to treat handlers without an access rule.
 * @param rules Rules about the callers of a path, whatever serves it: for what cannot
 * carry an annotation, and in addition to what a handler demands by itself.
 * @param token What a token must look like.
 * @param provider Provider that issues the tokens, by the name of a preset, for example
 * auth0 or keycloak, or detect for the one that the issuer shows. The preset says where
 * tokens of this provider have scopes, roles, permissions and organizations.
 * @param claims Where a token says what it grants.
 * @param organization Which organizations may call, and how requests are kept to one.
 * @param authorities How grants are spelled as authorities of Spring Security.
 * @param keys How the issuer's keys are fetched and kept.
 * @param http How issuers are reached over HTTP.
 * @param introspection How tokens are introspected.
 * @param cache How verified tokens are cached.
 * @param observations How decisions are observed, for traces and timers.
 * @param springSecurityObservations Whether Spring Security makes its own observations,
 * one for each filter, authentication and authorization, as it does by default where
 * Micrometer is present.
 * @param resourceMetadata What this API publishes of itself for clients without a token.
 * @param refusals How refused requests are answered.
 * @param endpoints Who may see this API's rules and keys in the actuator.
 * @param openapi Whether the OpenAPI document of springdoc says what is enforced.
 * @param diagnostics Whether refusals explain themselves, in development.
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
	 * A rule for the callers of a path. All names of each list are required.
	 *
	 * @param path Path pattern below the application's context path, for example
	 * /legacy/**. Required.
	 * @param methods HTTP methods that the rule is about; without it, all methods. GET
	 * includes HEAD.
	 * @param scopes Scopes that the token must have, all of them.
	 * @param roles Roles that the caller must have in the acting organization or
	 * everywhere, all of them.
	 * @param permissions Permissions that the caller must have in the acting organization
	 * or everywhere, all of them.
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
	 * @param timeToLive How long a result of an IssuerResolver bean is cached, and so how
	 * long a removed issuer may still be trusted. From 1 second to 1 hour.
	 * @param maximum Maximum number of cached issuers of IssuerResolver beans. From 1 to
	 * 100000.
	 */
	public record ResolvedIssuers(@DefaultValue("1m") Duration timeToLive, @DefaultValue("1000") int maximum) {

	}

	/**
	 * One of several issuers. What it does not set is taken from the properties for all
	 * issuers.
	 *
	 * @param issuer Issuer that its tokens must name, exactly as it spells itself.
	 * Required.
	 * @param audience Audiences of this API at this issuer, one or several; a token must
	 * name at least one of them. Required.
	 * @param jwksUri Location of this issuer's keys: a URL, a file
	 * (file:/etc/keys/jwks.json) or a resource (classpath:jwks.json), with a JSON key set
	 * or public keys in the form of PEM. Without it, the metadata of the issuer says
	 * where the keys are.
	 * @param algorithms Signature algorithms to accept from this issuer, asymmetric ones
	 * only. Without it, those for all issuers.
	 * @param provider Provider that issues the tokens of this issuer, by the name of a
	 * preset. Without it, the provider of all issuers.
	 * @param claims Where a token says what it grants.
	 * @param token What a token must look like.
	 * @param organization Which organizations may call.
	 * @param keys How this issuer's keys are fetched.
	 * @param http How this issuer is reached over HTTP.
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
	 * What a token must look like. A list of kinds and places that is set replaces the
	 * provider's.
	 *
	 * @param maximumLength Length above which a token is refused without parsing, at most
	 * 256KB. The limit of the web server applies as well
	 * (server.max-http-request-header-size, 8KB by default).
	 * @param maximumLifetime Longest time from issue to expiry that a token may have.
	 * Without it, every lifetime is accepted.
	 * @param requiredClaims Names of claims that every token must have.
	 * @param types Header types (typ) of access tokens, without a leading 'application/';
	 * an empty entry stands for tokens without a type.
	 * @param audienceFrom Selectors that find the audiences of a token; the first with a
	 * value counts. A last entry 'none' accepts tokens that name no audience.
	 * @param acceptIf Tests that prove an access token; one that holds is enough. Tokens
	 * with the header type at+jwt need no other proof.
	 * @param rejectIf Tests that disprove an access token; one that holds is enough. They
	 * do not apply to tokens with the header type at+jwt.
	 * @param machineIf Tests that mark the token of a machine; one that holds is enough.
	 * @param allowNoGrants Whether to accept tokens without any scope, role or
	 * permission.
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
	 * What a token of one of several issuers must look like. A list that is set replaces
	 * the provider's.
	 *
	 * @param types Header types (typ) of access tokens, without a leading 'application/';
	 * an empty entry stands for tokens without a type.
	 * @param audienceFrom Selectors that find the audiences of a token; the first with a
	 * value counts. A last entry 'none' accepts tokens that name no audience.
	 * @param acceptIf Tests that prove an access token; one that holds is enough. Tokens
	 * with the header type at+jwt need no other proof.
	 * @param rejectIf Tests that disprove an access token; one that holds is enough. They
	 * do not apply to tokens with the header type at+jwt.
	 * @param machineIf Tests that mark the token of a machine; one that holds is enough.
	 * @param allowNoGrants Whether to accept tokens of this issuer without any scope,
	 * role or permission, even if those of other issuers are refused.
	 */
	public record IssuerToken(@Nullable List<String> types, @Nullable List<String> audienceFrom,
			@Nullable List<String> acceptIf, @Nullable List<String> rejectIf, @Nullable List<String> machineIf,
			@DefaultValue("false") boolean allowNoGrants) {

	}

	/**
	 * Where a token says what it grants: names of claims, or paths that start with a
	 * slash. A list that is set replaces the provider's.
	 *
	 * @param scopes Selectors that find scopes: names of claims, or paths that start with
	 * a slash.
	 * @param roles Selectors that find roles. A path with {org} finds roles that hold in
	 * that organization alone.
	 * @param permissions Selectors that find permissions. A path with {org} finds
	 * permissions that hold in that organization alone.
	 * @param organizations Selectors that find the identifiers of organizations.
	 * @param organizationNames Selectors that find the names of organizations.
	 * @param clientId Selectors that find the id of the client; the first with a value
	 * counts.
	 * @param subject Selectors that find the subject; the first with a value counts. The
	 * id of the client stands for a missing subject only in a token that a test proves to
	 * be a machine's.
	 * @param allowUserEditable Whether rights, organizations, subjects, clients and the
	 * marks of machines may be found in claims that users can write at some providers,
	 * for example user_metadata or email.
	 */
	public record Claims(@Nullable List<String> scopes, @Nullable List<String> roles,
			@Nullable List<String> permissions, @Nullable List<String> organizations,
			@Nullable List<String> organizationNames, @Nullable List<String> clientId, @Nullable List<String> subject,
			@DefaultValue("false") boolean allowUserEditable) {

	}

	/**
	 * Which organizations of one of several issuers may call.
	 *
	 * @param allowed The only organizations that tokens of this issuer may name:
	 * identifiers, prefixes that end with '*', or '*' alone for all. Required where there
	 * are several issuers and tokens of this one can name organizations, and where
	 * customers of others get tokens of the same issuer.
	 */
	public record IssuerOrganization(@Nullable List<String> allowed) {

		public IssuerOrganization {
			allowed = (allowed != null) ? List.copyOf(allowed) : null;
		}

	}

	/**
	 * How grants are spelled as authorities of Spring Security.
	 *
	 * @param scopePrefix Prefix of the authorities that scopes become.
	 * @param rolePrefix Prefix of the authorities that roles become. Roles of an
	 * organization become none.
	 * @param permissionPrefix Prefix of the authorities that permissions become.
	 * Permissions of an organization become none.
	 */
	public record Authorities(@DefaultValue("SCOPE_") String scopePrefix, @DefaultValue("ROLE_") String rolePrefix,
			@DefaultValue("PERMISSION_") String permissionPrefix) {

	}

	/**
	 * How the issuer's keys are fetched and kept.
	 *
	 * @param timeToLive How long keys are used before they are fetched again, in the
	 * background. From 15 seconds to 24 hours.
	 * @param outageTolerance How long the last good keys are used while the issuer does
	 * not answer. At most 24 hours, and not less than the time to live.
	 * @param fetchTimeout How long one fetch may take, from connecting to the last byte.
	 * At most 30 seconds.
	 * @param warmUp Whether keys are fetched before the application counts as ready. An
	 * issuer that does not answer delays that by one fetch and does not fail start-up.
	 * @param bearerTokenFile File with a token that the issuer demands for its metadata
	 * and keys, as the servers of Kubernetes clusters do. The file is read for each
	 * fetch, and the token is sent over https alone. With several issuers, each has its
	 * own.
	 */
	public record Keys(@DefaultValue("5m") Duration timeToLive, @DefaultValue("1h") Duration outageTolerance,
			@DefaultValue("2s") Duration fetchTimeout, @DefaultValue("true") boolean warmUp,
			@Nullable Path bearerTokenFile) {

	}

	/**
	 * How the keys of one of several issuers are fetched.
	 *
	 * @param bearerTokenFile File with a token that this issuer demands for its metadata
	 * and keys, as the servers of Kubernetes clusters do. The file is read for each
	 * fetch, and the token is sent over https alone.
	 */
	public record IssuerKeys(@Nullable Path bearerTokenFile) {

	}

	/**
	 * How issuers are reached over HTTP: for their metadata, their keys and
	 * introspection.
	 *
	 * @param sslBundle Name of the SSL bundle (spring.ssl.bundle.*) that has the
	 * certificate authorities to trust, for example one of your own, and the certificate
	 * to present. Without it, the trust store of the JVM is used.
	 * @param plainHttpHosts Names of hosts that may be reached over http, for example
	 * keycloak in Docker Compose. An attacker who can change that traffic can replace the
	 * keys.
	 * @param plainHttpInProduction Whether those hosts may be reached over http even if a
	 * production profile is active.
	 */
	public record Http(@Nullable String sslBundle, @DefaultValue List<String> plainHttpHosts,
			@DefaultValue("false") boolean plainHttpInProduction) {

		public Http {
			plainHttpHosts = List.copyOf(plainHttpHosts);
		}

	}

	/**
	 * How one of several issuers is reached over HTTP.
	 *
	 * @param sslBundle Name of the SSL bundle for this issuer. Without it, the SSL bundle
	 * of all issuers.
	 */
	public record IssuerHttp(@Nullable String sslBundle) {

	}

	/**
	 * How tokens are introspected (RFC 7662).
	 *
	 * @param uri Introspection endpoint of the issuer. Without it, opaque tokens are
	 * refused.
	 * @param tokens Which tokens are sent to the introspection endpoint. An answer about
	 * a JWT adds claims that it lacks, and refuses it once the issuer has revoked it.
	 * @param clientId Client id of this API at the introspection endpoint.
	 * @param clientSecret Client secret of this API at the introspection endpoint.
	 * @param timeToLive How long the response about an active token is cached, at most 10
	 * minutes. With 0, the token is sent on every request. A response about an inactive
	 * token is cached for 5 seconds.
	 * @param timeout How long one answer may take, at most 30 seconds. A request may wait
	 * as long for its turn before.
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
	 * What this API publishes of itself for clients without a token (RFC 9728).
	 *
	 * @param resource Identifier of this API, an https URL without a fragment, under
	 * which it publishes metadata for clients (RFC 9728). Without it, nothing is
	 * published.
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
	 * Who may see this API's rules and keys in the actuator. The endpoints are off until
	 * their access is configured.
	 *
	 * @param authority Authority that a caller of the endpoints 'authrules', 'authkeys'
	 * and 'authexplain' must have.
	 */
	public record Endpoints(@DefaultValue("SCOPE_operations") String authority) {

	}

	/**
	 * Which organizations may call, and how requests are kept to one.
	 *
	 * @param allowed The only organizations that may call: identifiers, prefixes that end
	 * with '*', or '*' alone for all. Required where customers of others get tokens of
	 * the same issuer. With several issuers, each has its own.
	 * @param sources Sources of the organization that a request acts in, in this order.
	 * All that name one must name the same; 'path' cannot be left out.
	 * @param pathVariables Names of path variables that hold the id of an organization. A
	 * variable of another name is compared with nothing.
	 * @param header Name of the header that has the id of the organization, where
	 * 'header' is one of the sources.
	 * @param baseDomain Domain below which each organization has its subdomain, where
	 * 'subdomain' is one of the sources.
	 * @param acceptNames Whether a request may also name an organization by its name.
	 * Handlers get the identifier. Only for providers where a name never changes hands
	 * and identifiers have a form of their own.
	 * @param crossOrganizationScope Scope with which a machine whose token names no
	 * organization may act in any; the log names each such request. Without it, none may.
	 * @param hideOtherOrganizations Whether to answer 404 instead of 403 for
	 * organizations that the token does not name.
	 * @param policyTimeToLive How long the result of an OrganizationPolicy bean is
	 * cached.
	 * @param memberships How the organizations of an OrganizationMemberships bean and
	 * those of the token go together.
	 * @param membershipsTimeToLive How long the memberships of a caller are cached, at
	 * most one hour. A revoked role stays effective for at most that time.
	 * @param membershipsTimeout How long an OrganizationMemberships bean may take, at
	 * most 30 seconds. After that the request is refused with 503.
	 * @param mdc Whether log lines of a request carry its organization, subject and
	 * client in their context (MDC), as auth.organization, auth.subject and auth.client.
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
	 * How verified tokens are cached. A token that is sent again is not verified again;
	 * its time, its issuer's keys and all rules are still checked every time.
	 *
	 * @param enabled Whether verified tokens are cached. The expiry of a cached token,
	 * its issuer's keys and all rules are still checked on every request.
	 * @param maximumSize Memory for verified tokens, at least 1MB. A token of 1.6KB takes
	 * about 6KB, more with claims of many objects.
	 */
	public record Cache(@DefaultValue("true") boolean enabled, @DefaultValue("32MB") DataSize maximumSize) {

	}

	/**
	 * How decisions are observed, for traces and timers.
	 *
	 * @param enabled Whether to observe how each token is validated and how the rules of
	 * its handler decide, for traces and timers: two observations for each request.
	 */
	public record Observations(@DefaultValue("false") boolean enabled) {

	}

	/**
	 * How refused requests are answered.
	 *
	 * @param realm Realm that challenges name (WWW-Authenticate).
	 * @param typePrefix Beginning of the type of problem bodies, before the code of the
	 * reason; or about:blank for none.
	 */
	public record Refusals(@DefaultValue("api") String realm,
			@DefaultValue("urn:auth-starter:refusal:") String typePrefix) {

	}

	/**
	 * Whether the OpenAPI document of springdoc says what is enforced.
	 *
	 * @param enabled Whether to add security schemes, the demands of each handler and the
	 * bodies of refusals to the document, where springdoc is present.
	 */
	public record OpenApi(@DefaultValue("true") boolean enabled) {

	}

	/**
	 * Whether refusals explain themselves, in development.
	 *
	 * @param enabled Whether answers to refused requests explain the refusal with what
	 * the token says. For development only: start-up fails if a production profile is
	 * active, too.
	 */
	public record Diagnostics(@DefaultValue("false") boolean enabled) {

	}

}
