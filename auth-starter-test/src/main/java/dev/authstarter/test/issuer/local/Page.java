package dev.authstarter.test.issuer.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.authstarter.test.issuer.http.Answer;
import dev.authstarter.test.issuer.http.FormRequest;

import org.springframework.core.io.ClassPathResource;

/**
 * A page of the local issuer. It has no scripts, and other sites cannot embed it.
 */
final class Page {

	/** The path of the style sheet. */
	static final String STYLE = "/page.css";

	/**
	 * With a {@code Referrer-Policy} of {@code no-referrer} a browser would send
	 * {@code Origin: null} with the pages' own forms.
	 */
	private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-store", "X-Content-Type-Options",
			"nosniff", "X-Frame-Options", "DENY", "Referrer-Policy", "same-origin", "Cross-Origin-Opener-Policy",
			"same-origin", "Cross-Origin-Resource-Policy", "same-origin");

	private static final String POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'%s";

	private Page() {
	}

	/**
	 * Answer with a page.
	 * @param title its title
	 * @param content its content
	 */
	static Answer of(String title, Html content) {
		return of(title, content, Set.of());
	}

	/**
	 * Answer with a page.
	 * @param title its title
	 * @param content its content
	 * @param targets origins to which the answer to its form may redirect: browsers apply
	 * the {@code form-action} directive to redirects as well
	 */
	static Answer of(String title, Html content, Set<String> targets) {
		Html page = Html.of("""
				<!doctype html>
				<html lang="en">
				<head>
				<meta charset="utf-8">
				<meta name="viewport" content="width=device-width, initial-scale=1">
				<title>%s</title>
				<link rel="stylesheet" href="%s">
				</head>
				<body>
				<main>
				<h1>%s</h1>
				%s
				</main>
				</body>
				</html>
				""", title, STYLE, title, content);
		return Answer.text("text/html; charset=utf-8", page.markup())
			.withHeaders(HEADERS)
			.withHeaders(Map.of("Content-Security-Policy",
					POLICY.formatted(targets.stream().map((target) -> " " + target).collect(Collectors.joining()))));
	}

	static Answer style(FormRequest request) {
		if (!"GET".equals(request.method())) {
			return notAllowed("GET");
		}
		try {
			String style = new ClassPathResource("page.css", Page.class).getContentAsString(StandardCharsets.UTF_8);
			return Answer.text("text/css; charset=utf-8", style).withHeaders(HEADERS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The style of the pages cannot be read", ex);
		}
	}

	/**
	 * Refuse a method.
	 * @param allowed the allowed methods, separated by commas
	 */
	static Answer notAllowed(String allowed) {
		return Answer.status(405).withHeaders(Map.of("Allow", allowed));
	}

	/** Refuse a form that another site's page may have sent. */
	static Answer foreign() {
		return Answer.text("text/plain; charset=utf-8", "This issuer accepts only forms of its own pages.\n")
			.withStatus(403)
			.withHeaders(HEADERS);
	}

}
