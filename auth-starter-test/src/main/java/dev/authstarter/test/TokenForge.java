package dev.authstarter.test;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.test.dialect.Dialect;
import dev.authstarter.test.signing.ForgeKeys;
import org.jspecify.annotations.Nullable;

/**
 * Makes valid access tokens for the application under test. Tests then change one part of
 * a token at a time.
 * <p>
 * In a Spring test, {@link AutoConfigureForgedTokens} provides a forge for the
 * application's issuer and audience, which writes tokens as the application's provider
 * does. All forges of a JVM sign with the same keys, which are generated on first use.
 */
public final class TokenForge {

	/** The usual lifetime of an access token. */
	static final Duration LIFETIME = Duration.ofHours(1);

	private final List<Source> sources;

	/** Creates the source of an issuer that an {@code IssuerResolver} resolves. */
	private final BiFunction<String, ForgeKeys, @Nullable Source> resolver;

	/** By issuer. */
	private final Map<String, Source> resolved = new ConcurrentHashMap<>();

	private final Clock clock;

	private TokenForge(List<Source> sources, BiFunction<String, ForgeKeys, @Nullable Source> resolver, Clock clock) {
		this.sources = List.copyOf(sources);
		this.resolver = resolver;
		this.clock = clock;
	}

	/**
	 * Make a forge for the configuration of an application.
	 * @param issuers the application's issuers
	 * @param providers how their tokens are read
	 * @param rfc9068 whether the application accepts RFC 9068 tokens only
	 * @param clock the application's clock
	 * @param first the keys of the first issuer
	 */
	static TokenForge of(TrustedIssuers issuers, ClaimReaders providers, boolean rfc9068, Clock clock,
			ForgeKeys first) {
		List<Source> sources = new ArrayList<>();
		for (TrustedIssuer issuer : issuers) {
			ForgeKeys keys = sources.isEmpty() ? first : ForgeKeys.of(sources.size());
			sources.add(source(issuer, providers, rfc9068, keys));
		}
		return new TokenForge(sources, (name, keys) -> {
			TrustedIssuer issuer = issuers.resolve(Map.of("iss", name));
			return (issuer != null) ? source(issuer, providers, rfc9068, keys) : null;
		}, clock);
	}

	private static Source source(TrustedIssuer issuer, ClaimReaders providers, boolean rfc9068, ForgeKeys keys) {
		return new Source(issuer.name(), Dialect.of(issuer, providers.of(issuer), rfc9068), keys,
				algorithm(issuer.algorithms()));
	}

	/**
	 * RS256 if the application accepts it, otherwise the first algorithm that it accepts.
	 */
	private static JWSAlgorithm algorithm(List<String> accepted) {
		return (accepted.isEmpty() || accepted.contains(JWSAlgorithm.RS256.getName())) ? JWSAlgorithm.RS256
				: JWSAlgorithm.parse(accepted.get(0));
	}

	/**
	 * Make a forge without Spring.
	 * @param issuer the issuer that the tokens name
	 * @param audience the audience that the tokens name
	 * @return the forge
	 */
	public static TokenForge of(String issuer, String audience) {
		return of(issuer, List.of(audience), Clock.systemUTC());
	}

	/**
	 * Make a forge without Spring.
	 * @param issuer the issuer that the tokens name
	 * @param audiences the audiences that the tokens name
	 * @param clock the clock for the times of the tokens
	 * @return the forge
	 */
	public static TokenForge of(String issuer, Collection<String> audiences, Clock clock) {
		Dialect dialect = Dialect.plain(issuer, audiences.stream().sorted().toList());
		return new TokenForge(List.of(new Source("default", dialect, ForgeKeys.of(0), JWSAlgorithm.RS256)),
				(name, keys) -> null, clock);
	}

	/**
	 * Make an access token of the application's first issuer, as its provider writes it:
	 * valid for an hour from now and signed with RS256, if the application accepts that.
	 * Its only grants are the scopes of sign-in, or a role {@code openid} if the
	 * provider's tokens hold no scopes. It names no organization, or the first one of
	 * {@code auth-starter.organization.allowed} if that property is set.
	 * @return the token of a user
	 * @throws IllegalArgumentException if no claims can be derived from the application's
	 * selectors; the message says what to do instead
	 */
	public ForgedToken token() {
		return token(this.sources.get(0));
	}

	/**
	 * Make an access token of one of the application's issuers, as {@link #token()} does.
	 * Each issuer has its own keys.
	 * @param issuer the issuer, its name in the configuration, or an issuer that an
	 * {@code IssuerResolver} of the application resolves
	 * @return the token of a user
	 * @throws IllegalArgumentException if the application does not trust the issuer. For
	 * a token of an untrusted issuer, see {@link ForgedToken#fromIssuer(String)}.
	 */
	public ForgedToken tokenFrom(String issuer) {
		for (Source source : this.sources) {
			if (source.dialect().issuer().equals(issuer) || source.name().equals(issuer)) {
				return token(source);
			}
		}
		Source resolved = resolve(issuer);
		if (resolved != null) {
			return token(resolved);
		}
		throw new IllegalArgumentException(
				("The application does not trust the issuer '%s', only %s. For a token of an untrusted issuer use "
						+ "token().fromIssuer(…).")
					.formatted(issuer, this.sources.stream().map((source) -> source.dialect().issuer()).toList()));
	}

	/** Synchronized, so that an issuer keeps its keys from the first call on. */
	private synchronized @Nullable Source resolve(String issuer) {
		Source known = this.resolved.get(issuer);
		ForgeKeys keys = (known != null) ? known.keys() : ForgeKeys.of(this.sources.size() + this.resolved.size());
		Source source = this.resolver.apply(issuer, keys);
		if (source != null) {
			this.resolved.put(issuer, source);
		}
		return source;
	}

	private ForgedToken token(Source source) {
		return ForgedToken.of(source.dialect(), source.keys(), source.algorithm(),
				this.clock.instant().truncatedTo(ChronoUnit.SECONDS));
	}

	/**
	 * Return the public keys that verify the tokens of {@link #token()}, for use without
	 * Spring. They are the same in the whole JVM.
	 * @return the key set, as an issuer would publish it
	 */
	public JWKSet publicKeys() {
		return this.sources.get(0).keys().published();
	}

	List<JWK> findKeys(String issuer, JWSHeader header) {
		for (Source source : this.sources) {
			if (source.dialect().issuer().equals(issuer)) {
				return source.keys().find(header);
			}
		}
		Source resolved = this.resolved.get(issuer);
		return (resolved != null) ? resolved.keys().find(header) : List.of();
	}

	/**
	 * An issuer whose tokens can be forged.
	 *
	 * @param name its name in the configuration
	 * @param dialect how it writes tokens
	 * @param keys its keys
	 * @param algorithm the algorithm with which it signs
	 */
	private record Source(String name, Dialect dialect, ForgeKeys keys, JWSAlgorithm algorithm) {

	}

}
