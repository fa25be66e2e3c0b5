package dev.authstarter.test.issuer.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;

/**
 * The choices of a developer on the page that makes tokens.
 *
 * @param call the call to make with the token, for example {@code GET /notes/{id}}, or
 * {@code null}
 * @param token the content of the token
 * @param lifetime its lifetime
 */
record TokenForm(@Nullable String call, WantedToken token, Duration lifetime) {

	private static final Duration HOUR = Duration.ofHours(1);

	/** The lifetimes that the page offers. */
	static final List<Duration> LIFETIMES = List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), HOUR,
			Duration.ofHours(8), Duration.ofDays(1), Duration.ofDays(30));

	private static final int MAXIMUM_VALUES = 100;

	private static final int MAXIMUM_LENGTH = 200;

	/** Return the choices for what a call requires. */
	static TokenForm of(LocalCalls.@Nullable Call call) {
		return (call != null) ? new TokenForm(call.name(), call.needs(), HOUR)
				: new TokenForm(null, WantedToken.NOTHING, HOUR);
	}

	/**
	 * Read the form.
	 * @throws IllegalArgumentException if a value is not valid in a token; its message is
	 * the reason
	 */
	static TokenForm read(MultiValueMap<String, String> form) {
		WantedToken token = new WantedToken("machine".equals(form.getFirst("caller")), text(form, "subject"),
				list(form, "scope"), list(form, "role"), list(form, "permission"), text(form, "organization"),
				list(form, "organization-role"), text(form, "actor"));
		if (token.organization() == null && !token.organizationRoles().isEmpty()) {
			throw new IllegalArgumentException("Roles in an organization need the organization.");
		}
		return new TokenForm(text(form, "call"), token, lifetime(form.getFirst("lifetime")));
	}

	private static Duration lifetime(@Nullable String text) {
		return LIFETIMES.stream()
			.filter((lifetime) -> lifetime.toString().equals(text))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("The lifetime of the token is not one of the choices."));
	}

	private static @Nullable String text(MultiValueMap<String, String> form, String name) {
		String value = form.getFirst(name);
		return StringUtils.hasText(value) ? checked(value.strip()) : null;
	}

	/**
	 * The selected values, and those in the text field, separated by spaces or commas.
	 */
	private static List<String> list(MultiValueMap<String, String> form, String name) {
		Set<String> values = new LinkedHashSet<>(form.getOrDefault(name, List.of()));
		for (String text : form.getOrDefault("more-" + name, List.of())) {
			values.addAll(List.of(StringUtils.tokenizeToStringArray(text, ", \t\r\n")));
		}
		values.removeIf(String::isEmpty);
		if (values.size() > MAXIMUM_VALUES) {
			throw new IllegalArgumentException("There are more than %d values.".formatted(MAXIMUM_VALUES));
		}
		values.forEach(TokenForm::checked);
		return new ArrayList<>(values);
	}

	private static String checked(String value) {
		if (value.length() > MAXIMUM_LENGTH || value.chars().anyMatch(Character::isISOControl)) {
			throw new IllegalArgumentException(
					"A value has more than %d characters, or control characters.".formatted(MAXIMUM_LENGTH));
		}
		return value;
	}

}
