package dev.authstarter.issuer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.IntrospectedTokens;
import dev.authstarter.configuration.MissingPropertyException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Validates the properties that name the issuers: those of this library and, where these
 * are not set, Spring Boot's.
 */
final class TrustedIssuersFactory {

	private static final String PREFIX = "auth-starter.";

	private static final String ALLOWED = "organization.allowed";

	/** The signature algorithms that can be configured. */
	private static final Set<String> ALGORITHMS = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
			"ES384", "ES512", "EdDSA", "Ed25519");

	private static final List<String> DEFAULT_ALGORITHMS = List.of("RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA",
			"Ed25519");

	private static final Pattern WELL_KNOWN = Pattern.compile("/\\.well-known/[^/]*");

	private static final Set<String> LOCAL = Set.of("file", "classpath");

	private final AuthStarterProperties properties;

	private final SecureTransport transport;

	private final BootIssuerProperties boot;

	TrustedIssuersFactory(AuthStarterProperties properties, SecureTransport transport, Environment environment) {
		this.properties = properties;
		this.transport = transport;
		this.boot = new BootIssuerProperties(environment);
	}

	/** Read and check the configured issuers. */
	List<TrustedIssuer> create() {
		if (this.properties.issuers().isEmpty()) {
			requireComplete();
			return List.of(single());
		}
		refuseMixture();
		requireComplete();
		List<String> algorithms = commonAlgorithms();
		List<TrustedIssuer> issuers = new ArrayList<>();
		this.properties.issuers().forEach((name, issuer) -> issuers.add(named(name, issuer, algorithms)));
		refuseDuplicates(issuers);
		return issuers;
	}

	/** Report all missing properties together, before any other problem. */
	private void requireComplete() {
		List<MissingPropertyException> missing = new ArrayList<>();
		if (this.properties.issuers().isEmpty()) {
			String issuer = this.properties.issuer();
			Set<String> audiences = new LinkedHashSet<>(this.properties.audience());
			audiences.addAll(this.boot.audiences());
			findMissing(PREFIX, (issuer != null) ? issuer : this.boot.issuer(), audiences, missing);
		}
		this.properties.issuers()
			.forEach((name, issuer) -> findMissing(PREFIX + "issuers." + name + ".", issuer.issuer(), issuer.audience(),
					missing));
		if (!missing.isEmpty()) {
			throw MissingPropertyException.ofAll(missing);
		}
	}

	private static void findMissing(String prefix, @Nullable String issuer, Collection<String> audiences,
			List<MissingPropertyException> missing) {
		if (issuer == null || issuer.isBlank()) {
			missing.add(missingIssuer(prefix + "issuer"));
		}
		if (audiences.isEmpty()) {
			missing.add(missingAudience(prefix + "audience"));
		}
	}

	private TrustedIssuer single() {
		String property = (this.properties.issuer() != null) ? PREFIX + "issuer" : BootIssuerProperties.ISSUER;
		URI jwksUri = singleJwksUri();
		return new TrustedIssuer(TrustedIssuer.SINGLE, requireIssuer(property, singleIssuer(), jwksUri),
				singleAudiences(), jwksUri, commonAlgorithms(),
				allowed(PREFIX, this.properties.organization().allowed()));
	}

	private String singleIssuer() {
		String issuer = this.properties.issuer();
		String bootIssuer = this.boot.issuer();
		if (issuer == null) {
			return Objects.requireNonNull(bootIssuer, "issuer is missing");
		}
		if (bootIssuer != null && !issuer.equals(bootIssuer)) {
			throw differs(PREFIX + "issuer", SecureTransport.withoutSecrets(issuer), BootIssuerProperties.ISSUER,
					"'" + SecureTransport.withoutSecrets(bootIssuer) + "'");
		}
		return issuer;
	}

	private Set<String> singleAudiences() {
		Set<String> audiences = new LinkedHashSet<>(this.properties.audience());
		Set<String> bootAudiences = new LinkedHashSet<>(this.boot.audiences());
		if (!audiences.isEmpty() && !bootAudiences.isEmpty() && !audiences.equals(bootAudiences)) {
			throw differs(PREFIX + "audience", audiences, BootIssuerProperties.AUDIENCES, bootAudiences.toString());
		}
		boolean boot = audiences.isEmpty() && !bootAudiences.isEmpty();
		return boot ? requireAudiences(BootIssuerProperties.AUDIENCES, bootAudiences)
				: requireAudiences(PREFIX + "audience", audiences);
	}

	private @Nullable URI singleJwksUri() {
		URI jwksUri = requireKeySet(PREFIX + "jwks-uri", this.properties.jwksUri());
		BootIssuerProperties.KeyLocation boot = this.boot.keys();
		if (boot == null) {
			return jwksUri;
		}
		if (jwksUri != null && !jwksUri.equals(boot.uri())) {
			throw differs(PREFIX + "jwks-uri", SecureTransport.withoutSecrets(jwksUri.toString()), boot.property(),
					"'" + SecureTransport.withoutSecrets(boot.uri().toString()) + "'");
		}
		return requireKeySet(boot.property(), boot.uri());
	}

	/** Return the algorithms of the issuers that have none of their own. */
	private List<String> commonAlgorithms() {
		List<String> algorithms = this.properties.algorithms();
		List<String> bootAlgorithms = this.boot.algorithms();
		if (!algorithms.isEmpty() && !bootAlgorithms.isEmpty()
				&& !Set.copyOf(algorithms).equals(Set.copyOf(bootAlgorithms))) {
			throw differs(PREFIX + "algorithms", algorithms, BootIssuerProperties.ALGORITHMS,
					bootAlgorithms.toString());
		}
		boolean boot = algorithms.isEmpty() && !bootAlgorithms.isEmpty();
		return boot ? requireAlgorithms(BootIssuerProperties.ALGORITHMS, bootAlgorithms)
				: requireAlgorithms(PREFIX + "algorithms", algorithms);
	}

	private static InvalidConfigurationPropertyValueException differs(String property, Object value,
			String bootProperty, String bootValue) {
		return new InvalidConfigurationPropertyValueException(property, value,
				"It differs from '%s', which is %s. Remove one of the two.".formatted(bootProperty, bootValue));
	}

	/**
	 * Refuse a single issuer beside a list of issuers, since it is ambiguous which is
	 * meant.
	 */
	private void refuseMixture() {
		BootIssuerProperties.KeyLocation keys = this.boot.keys();
		String also = null;
		if (this.properties.issuer() != null) {
			also = PREFIX + "issuer";
		}
		else if (!this.properties.audience().isEmpty()) {
			also = PREFIX + "audience";
		}
		else if (this.properties.jwksUri() != null) {
			also = PREFIX + "jwks-uri";
		}
		else if (this.boot.issuer() != null) {
			also = BootIssuerProperties.ISSUER;
		}
		else if (!this.boot.audiences().isEmpty()) {
			also = BootIssuerProperties.AUDIENCES;
		}
		else if (keys != null) {
			also = keys.property();
		}
		if (also != null) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "issuers", this.properties.issuers().keySet(),
					"It cannot be combined with '%s'. Move that value to one of the issuers in the list."
						.formatted(also));
		}
	}

	private TrustedIssuer named(String name, AuthStarterProperties.Issuer issuer, List<String> common) {
		String prefix = PREFIX + "issuers." + name + ".";
		String identifier = Objects.requireNonNull(issuer.issuer(), "issuer is missing");
		URI jwksUri = requireKeySet(prefix + "jwks-uri", issuer.jwksUri());
		List<String> algorithms = issuer.algorithms().isEmpty() ? common
				: requireAlgorithms(prefix + "algorithms", issuer.algorithms());
		return new TrustedIssuer(name, requireIssuer(prefix + "issuer", identifier, jwksUri),
				requireAudiences(prefix + "audience", new LinkedHashSet<>(issuer.audience())), jwksUri, algorithms,
				allowed(prefix, issuer));
	}

	/**
	 * Return the organizations that an issuer may name. A common list for several issuers
	 * is refused: each issuer could name the organizations of the others.
	 */
	private List<String> allowed(String prefix, AuthStarterProperties.Issuer issuer) {
		List<String> everywhere = allowed(PREFIX, this.properties.organization().allowed());
		if (!everywhere.isEmpty() && this.properties.issuers().size() > 1) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + ALLOWED, everywhere,
					"With several issuers, each one needs its own list of organizations. Move it to "
							+ "'%sissuers.<name>.%s'.".formatted(PREFIX, ALLOWED));
		}
		List<String> allowed = allowed(prefix, issuer.organization().allowed());
		return !allowed.isEmpty() ? allowed : everywhere;
	}

	private static List<String> allowed(String prefix, @Nullable List<String> configured) {
		if (configured != null && configured.isEmpty()) {
			throw new InvalidConfigurationPropertyValueException(prefix + ALLOWED, configured,
					"It is empty. List the organizations that may call this API, or '*' for all, or remove it.");
		}
		return (configured != null) ? configured : List.of();
	}

	/**
	 * Validate an issuer that is resolved at run time in the way configured issuers are
	 * validated.
	 * @param name the issuer as tokens name it
	 * @param resolved the result of the resolver
	 * @param like the configured issuer whose settings it shares
	 * @return the issuer
	 */
	TrustedIssuer resolved(String name, ResolvedIssuer resolved, TrustedIssuer like) {
		String prefix = PREFIX + (like.name().equals(TrustedIssuer.SINGLE) ? "" : "issuers." + like.name() + ".");
		AuthStarterProperties.Issuer own = this.properties.issuers().get(like.name());
		IntrospectedTokens asked = (own != null) ? own.introspection().tokens()
				: this.properties.introspection().tokens();
		if (asked != IntrospectedTokens.OPAQUE) {
			throw new InvalidConfigurationPropertyValueException(prefix + "introspection.tokens", asked,
					"Introspection is not available for the tokens of an issuer that is resolved at run time.");
		}
		URI jwksUri = requireKeySet(prefix + "jwks-uri", resolved.jwksUri());
		Set<String> audiences = resolved.audiences().isEmpty() ? like.audiences() : resolved.audiences();
		return new TrustedIssuer(like.name(), requireIssuer(prefix + "issuer", name, jwksUri),
				requireAudiences(prefix + "audience", audiences), jwksUri, like.algorithms(),
				resolved.allowedOrganizations().stream().distinct().sorted().toList());
	}

	/** Return the problem without the value, since an address may contain a secret. */
	static String reason(Throwable refused) {
		return (refused instanceof InvalidConfigurationPropertyValueException invalid)
				? "%s: %s".formatted(invalid.getName(), invalid.getReason())
				: Objects.toString(refused.getMessage(), refused.toString());
	}

	private static void refuseDuplicates(List<TrustedIssuer> issuers) {
		Map<String, String> names = new java.util.HashMap<>();
		for (TrustedIssuer issuer : issuers) {
			String other = names.putIfAbsent(issuer.issuer(), issuer.name());
			if (other != null) {
				throw new InvalidConfigurationPropertyValueException(PREFIX + "issuers." + issuer.name() + ".issuer",
						SecureTransport.withoutSecrets(issuer.issuer()),
						"'%sissuers.%s.issuer' is the same. Merge the two.".formatted(PREFIX, other));
			}
		}
	}

	private static MissingPropertyException missingIssuer(String property) {
		return new MissingPropertyException(property, "issuer", "Every token must come from an issuer you trust.",
				"the issuer of your provider, exactly as the provider writes it, for example "
						+ "'https://acme.eu.auth0.com/'",
				"https://acme.eu.auth0.com/");
	}

	private static MissingPropertyException missingAudience(String property) {
		return new MissingPropertyException(property, "audience",
				"Without it, tokens that were issued for any other API would be accepted here.",
				"the identifier of this API at your provider, for example 'https://api.acme.example'",
				"https://api.acme.example");
	}

	private static Set<String> requireAudiences(String property, Set<String> audiences) {
		if (audiences.isEmpty()) {
			throw missingAudience(property);
		}
		if (audiences.stream().anyMatch(String::isBlank)) {
			throw new InvalidConfigurationPropertyValueException(property, audiences, "An audience must not be blank.");
		}
		return audiences;
	}

	private static List<String> requireAlgorithms(String property, List<String> algorithms) {
		if (!ALGORITHMS.containsAll(algorithms)) {
			throw new InvalidConfigurationPropertyValueException(property, algorithms,
					"It may contain only %s.".formatted(ALGORITHMS.stream().sorted().toList()));
		}
		return algorithms.isEmpty() ? DEFAULT_ALGORITHMS : algorithms;
	}

	/** Without a configured key set location, the keys are discovered at the issuer. */
	private String requireIssuer(String property, String issuer, @Nullable URI jwksUri) {
		if (issuer.isBlank()) {
			throw missingIssuer(property);
		}
		refuseWellKnown(property, issuer);
		URI uri = toUri(issuer);
		boolean url = uri != null && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null;
		if (!url && jwksUri == null) {
			throw new InvalidConfigurationPropertyValueException(property, SecureTransport.withoutSecrets(issuer),
					"It is not an absolute URL without query and fragment, for example 'https://acme.eu.auth0.com/'. "
							+ "If the issuer of the provider is not a URL, set '%s', too.".formatted(keysOf(property)));
		}
		if (url && jwksUri == null) {
			requireSecure(property, uri);
		}
		requireNoUser(property, uri);
		return issuer;
	}

	private static String keysOf(String issuerProperty) {
		return issuerProperty.equals(BootIssuerProperties.ISSUER) ? BootIssuerProperties.KEY_SET
				: issuerProperty.replaceFirst("issuer$", "jwks-uri");
	}

	/** RFC 8414 section 3.1, and OpenID Connect Discovery 1.0 section 4.1. */
	private static void refuseWellKnown(String property, String issuer) {
		Matcher wellKnown = WELL_KNOWN.matcher(issuer);
		if (wellKnown.find()) {
			throw new InvalidConfigurationPropertyValueException(property, SecureTransport.withoutSecrets(issuer),
					("This is the address of the issuer's metadata document. The issuer is '%s', or exactly the value "
							+ "of 'issuer' in that document.")
						.formatted(SecureTransport.withoutSecrets(wellKnown.replaceFirst(""))));
		}
	}

	private @Nullable URI requireKeySet(String property, @Nullable URI uri) {
		if (uri == null || uri.getScheme() == null || !LOCAL.contains(uri.getScheme())) {
			return requireSecure(property, uri);
		}
		boolean relative = uri.getScheme().equals("file") && (uri.isOpaque() || uri.getRawAuthority() != null);
		if (relative || uri.getRawQuery() != null || uri.getRawFragment() != null) {
			throw new InvalidConfigurationPropertyValueException(property,
					SecureTransport.withoutSecrets(uri.toString()),
					"Name a file by its absolute path, for example 'file:/etc/keys/jwks.json', and a resource of the "
							+ "class path as in 'classpath:jwks.json'.");
		}
		return uri;
	}

	private @Nullable URI requireSecure(String property, @Nullable URI uri) {
		if (uri != null && !this.transport.isSecure(uri)) {
			throw new InvalidConfigurationPropertyValueException(property,
					SecureTransport.withoutSecrets(uri.toString()),
					"Keys must be fetched over https. " + SecureTransport.PLAIN_HTTP);
		}
		requireNoUser(property, uri);
		return uri;
	}

	private static void requireNoUser(String property, @Nullable URI uri) {
		if (uri != null && uri.getRawUserInfo() != null) {
			throw new InvalidConfigurationPropertyValueException(property,
					SecureTransport.withoutSecrets(uri.toString()), SecureTransport.NO_USER);
		}
	}

	static @Nullable URI toUri(String text) {
		try {
			return new URI(text);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
