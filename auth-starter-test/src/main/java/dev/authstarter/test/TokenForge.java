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
 * Makes access tokens that are genuine to the application under test, to be broken in one
 * part at a time.
 * <p>
 * In a Spring test, {@link AutoConfigureForgedTokens} provides one for the application's
 * issuer and audience, which writes tokens as the application's provider does. All forges
 * of a JVM sign with the same keys, which are made on first use.
 */
public final class TokenForge {

	/** As long as most providers' access tokens live. */
	static final Duration LIFETIME = Duration.ofHours(1);

	private final List<Source> sources;

	/** Makes a source of an issuer that an {@code IssuerResolver} knows. */
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
	 * Make a forge that writes what an application reads.
	 * @param issuers the application's issuers
	 * @param providers how their tokens are read
	 * @param rfc9068 whether the application accepts nothing but RFC 9068
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

	/** What most providers sign with, or the first that the application accepts. */
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
	 * @param clock the clock that says when tokens are issued
	 * @return the forge
	 */
	public static TokenForge of(String issuer, Collection<String> audiences, Clock clock) {
		Dialect dialect = Dialect.plain(issuer, audiences.stream().sorted().toList());
		return new TokenForge(List.of(new Source("default", dialect, ForgeKeys.of(0), JWSAlgorithm.RS256)),
				(name, keys) -> null, clock);
	}

	/**
	 * Make an access token of the application's first issuer, as its provider writes it:
	 * good for an hour from now and signed with RS256, if the application accepts that.
	 * Its only grants are the scopes of sign-in, or a role {@code openid} where the
	 * provider's tokens hold no scopes. It names no organization, or the first one where
	 * {@code auth-starter.organization.allowed} lists some.
	 * @return the token of a user
	 * @throws IllegalArgumentException if the application's selectors cannot be read
	 * backwards; with what to do instead
	 */
	public ForgedToken token() {
		return token(this.sources.get(0));
	}

	/**
	 * Make an access token of one of the application's issuers, as {@link #token()} does.
	 * No issuer has the keys of another.
	 * @param issuer the issuer, or the name that the configuration gives it; also one
	 * that an {@code IssuerResolver} of the application names
	 * @return the token of a user
	 * @throws IllegalArgumentException if the application does not trust the issuer. For
	 * a token of a stranger, see {@link ForgedToken#fromIssuer(String)}.
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
				"The application does not trust the issuer '%s', only %s. For a token of a stranger use token().fromIssuer(…)."
					.formatted(issuer, this.sources.stream().map((source) -> source.dialect().issuer()).toList()));
	}

	/** Keys stay an issuer's own, however often it is asked for. */
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
	 * Return the public keys with which the tokens of {@link #token()} are verified, for
	 * whoever has to do it without Spring. They are the same in the whole JVM.
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
	 * @param name what the configuration calls it
	 * @param dialect how it writes
	 * @param keys its keys
	 * @param algorithm how it signs
	 */
	private record Source(String name, Dialect dialect, ForgeKeys keys, JWSAlgorithm algorithm) {

	}

}
