package dev.authstarter.issuer;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterProperties;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * The issuers that the application resolves at run time. They are cached for a limited
 * time and up to a maximum number; unknown names are not cached.
 */
final class ResolvedIssuers {

	/** Longer than any provider's. */
	static final int MAXIMUM_NAME_LENGTH = 2_048;

	static final Duration WARNING_INTERVAL = Duration.ofMinutes(15);

	private static final Log logger = LogFactory.getLog(ResolvedIssuers.class);

	private final Supplier<List<IssuerResolver>> resolvers;

	private final TrustedIssuersFactory properties;

	private final List<TrustedIssuer> configured;

	private final Supplier<List<IssuerCheck>> checks;

	private final Cache<String, Checked> known;

	private final Cache<String, Boolean> warned;

	/**
	 * Resolve issuers that are not configured.
	 * @param resolvers supplies the resolvers; called when an issuer is resolved
	 * @param properties validates the resolved issuers
	 * @param configured the issuers whose settings others may share
	 * @param checks supplies further checks; called when an issuer is checked
	 * @param settings the maximum number of cached issuers and their time to live
	 * @param ticker the clock by which cached issuers expire
	 */
	ResolvedIssuers(Supplier<List<IssuerResolver>> resolvers, TrustedIssuersFactory properties,
			List<TrustedIssuer> configured, Supplier<List<IssuerCheck>> checks,
			AuthStarterProperties.ResolvedIssuers settings, Ticker ticker) {
		this.resolvers = resolvers;
		this.properties = properties;
		this.configured = configured;
		this.checks = checks;
		this.known = Caffeine.newBuilder()
			.maximumSize(settings.maximum())
			.expireAfterWrite(settings.timeToLive())
			.ticker(ticker)
			.executor(Runnable::run)
			.build();
		this.warned = Caffeine.newBuilder()
			.maximumSize(settings.maximum())
			.expireAfterWrite(WARNING_INTERVAL)
			.ticker(ticker)
			.executor(Runnable::run)
			.build();
	}

	/** Return an issuer from the cache. */
	@Nullable TrustedIssuer known(String name) {
		Checked known = this.known.getIfPresent(name);
		return (known != null) ? known.issuer() : null;
	}

	/**
	 * Return an issuer from the cache, or else resolve it.
	 * @throws UnresolvedIssuerException if the application's code failed
	 */
	@Nullable TrustedIssuer resolve(String name) {
		Checked known = this.known.getIfPresent(name);
		if (known != null) {
			return known.issuer();
		}
		if (name.length() > MAXIMUM_NAME_LENGTH || name.chars().anyMatch(Character::isISOControl)) {
			return null;
		}
		// Called outside of the cache, so that no lock is held meanwhile.
		ResolvedIssuer resolved = ask(name);
		if (resolved == null) {
			return null;
		}
		Checked checked = new Checked(check(name, resolved));
		this.known.put(name, checked);
		return checked.issuer();
	}

	private @Nullable ResolvedIssuer ask(String name) {
		try {
			for (IssuerResolver resolver : this.resolvers.get()) {
				ResolvedIssuer resolved = resolver.resolve(name);
				if (resolved != null) {
					return resolved;
				}
			}
			return null;
		}
		catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
			warn("", "An IssuerResolver failed. Until it succeeds, requests with tokens of issuers that are not "
					+ "configured are answered with 503", ex);
			throw new UnresolvedIssuerException(ex);
		}
	}

	/**
	 * A problem that makes start-up fail for a configured issuer must not make requests
	 * fail: the issuer is not trusted.
	 */
	private @Nullable TrustedIssuer check(String name, ResolvedIssuer resolved) {
		try {
			TrustedIssuer issuer = this.properties.resolved(name, resolved, like(resolved));
			this.checks.get().forEach((check) -> check.check(issuer));
			return issuer;
		}
		catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
			warn(name, TrustedIssuersFactory.reason(ex));
			return null;
		}
	}

	private TrustedIssuer like(ResolvedIssuer resolved) {
		return this.configured.stream()
			.filter((issuer) -> issuer.name().equals(resolved.like()))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"The issuer '%s' that it is based on is not configured. The configured issuers are %s."
						.formatted(resolved.like(), this.configured.stream().map(TrustedIssuer::name).toList())));
	}

	private void warn(String name, String reason) {
		warn(name,
				("The issuer '%s' that an IssuerResolver returned is not trusted: with the same settings in the "
						+ "configuration, start-up would fail. %s The value comes from ResolvedIssuer and not from "
						+ "the property.")
					.formatted(name, reason),
				null);
	}

	private void warn(String name, String message, @Nullable Throwable cause) {
		if (this.warned.asMap().putIfAbsent(name, true) == null) {
			logger.warn(LogMessage.of(() -> message), cause);
		}
	}

	/**
	 * A resolved issuer that was checked.
	 *
	 * @param issuer the issuer, or {@code null} if a check failed
	 */
	private record Checked(@Nullable TrustedIssuer issuer) {

	}

}
