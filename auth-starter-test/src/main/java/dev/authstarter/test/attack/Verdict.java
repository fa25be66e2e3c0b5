package dev.authstarter.test.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.authstarter.Reason;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.configuration.UndeclaredHandlers;
import dev.authstarter.test.attack.catalogue.Aim;
import dev.authstarter.test.attack.catalogue.Attack;
import dev.authstarter.test.attack.catalogue.AttackRequest;
import dev.authstarter.test.attack.catalogue.Family;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Checks that an answer is the expected refusal of an attack: for an expected reason,
 * well-formed, and without content of the token.
 */
final class Verdict {

	private static final Set<Integer> SERVERS_OWN = Set.of(Answer.CLOSED, 400, 413, 414, 431);

	/** Minimum length of a part of a token that cannot occur by chance. */
	private static final int TELLTALE = 16;

	private Verdict() {
	}

	/**
	 * Check an answer.
	 * @return what is wrong with the answer; empty if nothing is
	 */
	static List<String> complaints(Attack attack, Aim aim, AttackRequest request, Answer answer) {
		if (attack.byServer() && answer.reason() == null && SERVERS_OWN.contains(answer.status())) {
			return List.of();
		}
		List<String> complaints = new ArrayList<>();
		Reason reason = reason(attack, request, answer);
		String missing = answer.missing();
		if (missing != null) {
			complaints.add(missing + ", so whether it was refused is unknown");
		}
		else if (attack.refusedInAnyWords()) {
			if (answer.isSuccess() || (isOpenToAllTokens(aim) && !isRefusal(answer))) {
				complaints.add("it was not refused: %s".formatted(attack.family().hole()));
			}
		}
		else if (reason == null) {
			complaints.add(wrongReason(attack, answer));
		}
		else {
			checkResponse(reason, answer, complaints);
		}
		if (!answer.headers().getOrDefault(HttpHeaders.SET_COOKIE, List.of()).isEmpty()) {
			complaints.add("the answer sets a cookie");
		}
		if (leaks(aim, request, answer)) {
			complaints.add("the answer repeats contents of the token");
		}
		int visits = aim.attacker().trap().visits();
		if (visits > 0 && attack.family() == Family.KEY) {
			complaints.add("the application requested keys from the attacker's server");
		}
		return complaints;
	}

	/**
	 * Whether an answer leaves open if an attack that may be refused in any words was
	 * refused: a rule may be evaluated after the arguments of the handler.
	 */
	static boolean isInconclusive(Attack attack, Aim aim, Answer answer) {
		return attack.refusedInAnyWords() && aim.endpoint().handler().kind() != Kind.RESOURCE && !isRefusal(answer);
	}

	/** Without a rule, nothing but the filter chain refuses. */
	private static boolean isOpenToAllTokens(Aim aim) {
		return aim.endpoint().handler().undeclared()
				&& aim.attacker().properties().undeclaredHandlers() != UndeclaredHandlers.DENY;
	}

	private static boolean isRefusal(Answer answer) {
		return answer.status() == 401 || answer.status() == 403 || answer.reason() != null;
	}

	/**
	 * The expected reason that the answer names. For HEAD, the status must match instead.
	 */
	private static @Nullable Reason reason(Attack attack, AttackRequest request, Answer answer) {
		String given = answer.reason();
		return attack.expected()
			.stream()
			.filter((reason) -> (given != null) ? reason.code().equals(given)
					: request.method().equals("HEAD") && reason.status() == answer.status())
			.findFirst()
			.orElse(null);
	}

	private static String wrongReason(Attack attack, Answer answer) {
		String given = answer.reason();
		if (given != null) {
			return "it was refused for another reason, as if %s".formatted(attack.family().hole());
		}
		return (answer.status() == 401 || answer.status() == 403)
				? "the answer has no reason code of auth-starter, so the reason of the refusal is unknown"
				: "it was not refused: %s".formatted(attack.family().hole());
	}

	private static void checkResponse(Reason reason, Answer answer, List<String> complaints) {
		if (answer.status() != reason.status()) {
			complaints.add("the status is not %d".formatted(reason.status()));
		}
		List<String> challenges = answer.headers().getOrDefault(HttpHeaders.WWW_AUTHENTICATE, List.of());
		if (reason.status() != 401 && reason.error() == null) {
			return;
		}
		Challenge challenge = (challenges.size() == 1) ? Challenge.parse(challenges.get(0)) : null;
		if (challenge == null) {
			complaints.add("there is not one well-formed challenge (RFC 6750 section 3)");
		}
		else if (!Objects.equals(challenge.error(), reason.error())) {
			complaints.add("the error of the challenge is not '%s'".formatted(reason.error()));
		}
	}

	private static boolean leaks(Aim aim, AttackRequest request, Answer answer) {
		String all = answer.body() + answer.headers()
			.headerSet()
			.stream()
			.map((header) -> String.join(" ", header.getValue()))
			.collect(Collectors.joining(" "));
		if (all.contains(aim.attacker().subject())) {
			return true;
		}
		for (String secret : request.secrets()) {
			for (String part : secret.split("[^A-Za-z0-9_-]+", -1)) {
				if (part.length() >= TELLTALE && all.contains(part)) {
					return true;
				}
			}
		}
		return false;
	}

}
