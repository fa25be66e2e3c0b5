package dev.authstarter.test.attack;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.test.attack.catalogue.AttackRequest;

/**
 * A request and its answer, with the pages that the answer links to.
 *
 * @param request the request
 * @param pages the answer, and those of the next pages
 */
record Exchange(AttackRequest request, List<Answer> pages) {

	private static final String PLACEHOLDER = "…";

	Answer answer() {
		return this.pages.get(0);
	}

	boolean isSuccess() {
		return answer().isSuccess();
	}

	/** Whether all bodies were read to their end. Parts of bodies cannot be compared. */
	boolean isComplete() {
		return this.pages.stream().allMatch(Answer::complete);
	}

	/** The bodies and headers of all pages. */
	List<String> texts() {
		return this.pages.stream()
			.flatMap((page) -> Stream.concat(Stream.of(page.body()),
					page.headers().headerSet().stream().flatMap((header) -> header.getValue().stream())))
			.toList();
	}

	/** Status and bodies, for comparisons. */
	String content() {
		return answer().status() + " " + this.pages.stream().map(Answer::body).collect(Collectors.joining("\n"));
	}

	/** Status and bodies without these texts, unless they are part of a longer word. */
	String contentWithout(Collection<String> texts) {
		String content = content();
		for (String text : texts) {
			content = Pattern
				.compile("(?<![A-Za-z0-9_-])" + Pattern.quote(text) + "(?![A-Za-z0-9_-])", Pattern.CASE_INSENSITIVE)
				.matcher(content)
				.replaceAll(PLACEHOLDER);
		}
		return content;
	}

	String status() {
		Answer answer = answer();
		String missing = answer.missing();
		if (missing != null) {
			return "nothing: " + missing;
		}
		String reason = answer.reason();
		return (reason != null) ? answer.status() + " " + reason : String.valueOf(answer.status());
	}

	/** The request as a line, with its body. */
	String requestLine() {
		String line = "%s %s".formatted(this.request.method().toUpperCase(Locale.ROOT), this.request.uri());
		return (this.request.body() != null) ? line + "\n           " + this.request.body() : line;
	}

}
