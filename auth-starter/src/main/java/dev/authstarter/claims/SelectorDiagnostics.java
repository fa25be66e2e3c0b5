package dev.authstarter.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import dev.authstarter.AccessToken;
import dev.authstarter.selector.Selector;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs once if a selector finds nothing, with a suggestion. Logs only the configuration,
 * never values of a token.
 */
final class SelectorDiagnostics {

	private static final Log logger = LogFactory.getLog(SelectorDiagnostics.class);

	private final Dotted[] dotted;

	private final List<String> roles;

	private final AtomicBoolean rolesSeen = new AtomicBoolean();

	SelectorDiagnostics(ClaimMapping mapping) {
		List<Dotted> found = new ArrayList<>();
		Stream
			.of(mapping.scopes(), mapping.roles(), mapping.permissions(), mapping.organizations(),
					mapping.organizationNames(), mapping.clientId(), mapping.subject())
			.flatMap(Stream::of)
			.forEach((selector) -> {
				String name = selector.literal();
				if (name != null && name.indexOf('.') > 0) {
					found.add(new Dotted(name, name.substring(0, name.indexOf('.')), new AtomicBoolean()));
				}
			});
		this.dotted = found.toArray(Dotted[]::new);
		this.roles = Stream.of(mapping.roles()).map(Selector::toString).distinct().toList();
		this.rolesSeen.set(this.roles.isEmpty());
	}

	void look(AccessToken token) {
		Map<String, Object> claims = token.claims();
		for (Dotted selector : this.dotted) {
			if (!selector.logged.get() && claims.get(selector.name) == null
					&& claims.get(selector.firstPart) instanceof Map && selector.logged.compareAndSet(false, true)) {
				logger.warn("The selector '%s' is read as one claim name; did you mean '/%s'?".formatted(selector.name,
						selector.name.replace('.', '/')));
			}
		}
		if (!this.rolesSeen.get() && this.rolesSeen.compareAndSet(false, true) && token.roles().isEmpty()
				&& token.organizations().stream().allMatch((organization) -> organization.roles().isEmpty())) {
			logger.debug("The first token has no role in the configured claims: %s".formatted(this.roles));
		}
	}

	/**
	 * A literal name with a dot.
	 *
	 * @param name the name
	 * @param firstPart the part before the first dot
	 * @param logged whether the warning was logged
	 */
	private record Dotted(String name, String firstPart, AtomicBoolean logged) {

	}

}
