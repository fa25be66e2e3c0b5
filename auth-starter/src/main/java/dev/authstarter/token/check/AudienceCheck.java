package dev.authstarter.token.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.Reason;
import dev.authstarter.selector.InvalidSelectorException;
import dev.authstarter.selector.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Refuses tokens that are not meant for this API. The first configured claim with a value
 * is the audience: another claim is used only if {@code aud} is absent (RFC 7519 section
 * 4.1.3).
 */
public final class AudienceCheck implements TokenCheck {

	/** In place of a selector: tokens of the provider have no audience. */
	static final String NONE = "none";

	/** The configured audience that accepts the tokens of all organizations. */
	private static final String EVERY_ORGANIZATION = "urn:logto:organization:*";

	private final Selector[] selectors;

	private final Set<String> audiences;

	private final boolean mayBeAbsent;

	private final @Nullable String organizations;

	/**
	 * Create a check from the configuration.
	 * @param from selectors of the audience; {@code none} as the last one accepts tokens
	 * without an audience
	 * @param audiences the audiences of this API
	 * @param organizationAudience whether an organization may be the audience, and the
	 * API may accept all of them
	 * @throws InvalidSelectorException if a selector cannot be parsed
	 */
	public AudienceCheck(List<String> from, Set<String> audiences, boolean organizationAudience) {
		int none = from.indexOf(NONE);
		if (none >= 0 && none != from.size() - 1) {
			throw new InvalidSelectorException(NONE, 0, "it must be the last in its list");
		}
		this.mayBeAbsent = none >= 0;
		this.audiences = Set.copyOf(audiences);
		this.selectors = Selector.parse(this.mayBeAbsent ? from.subList(0, none) : from, audiences)
			.toArray(Selector[]::new);
		this.organizations = (organizationAudience && audiences.contains(EVERY_ORGANIZATION))
				? EVERY_ORGANIZATION.substring(0, EVERY_ORGANIZATION.length() - 1) : null;
	}

	@Override
	public @Nullable Reason refuse(TokenContent token) {
		return Collections.disjoint(of(token.claims()), this.audiences) ? Reason.WRONG_AUDIENCE : null;
	}

	@Override
	public List<Finding> explain(TokenContent token) {
		return List
			.of(Finding.of("Audience", "one of " + sorted(this.audiences), sorted(of(token.claims())).toString()));
	}

	private static List<String> sorted(Collection<String> values) {
		return values.stream().sorted().toList();
	}

	/**
	 * Return the audiences of a token. If it has none and the configuration accepts that,
	 * return the audiences of this API.
	 * @param claims the claims
	 * @return the audiences, empty if the token has none
	 */
	public Collection<String> of(Map<String, Object> claims) {
		for (Selector selector : this.selectors) {
			List<String> audiences = new ArrayList<>(2);
			selector.find(claims, (binding, member, value) -> add(value, audiences));
			if (!audiences.isEmpty()) {
				return audiences;
			}
			if (isDeclared(selector, claims)) {
				return List.of();
			}
		}
		return this.mayBeAbsent ? this.audiences : Set.of();
	}

	/** An audience claim that is present but empty is no audience, not any audience. */
	private static boolean isDeclared(Selector selector, Map<String, Object> claims) {
		String literal = selector.literal();
		return literal != null && claims.containsKey(literal);
	}

	private void add(@Nullable Object value, List<String> audiences) {
		if (value instanceof Collection<?> list) {
			list.forEach((element) -> addText(element, audiences));
		}
		else {
			addText(value, audiences);
		}
	}

	private void addText(@Nullable Object value, List<String> audiences) {
		if (value instanceof String text && !text.isEmpty()) {
			audiences.add(text);
			if (this.organizations != null && text.length() > this.organizations.length()
					&& text.startsWith(this.organizations)) {
				audiences.add(EVERY_ORGANIZATION);
			}
		}
	}

}
