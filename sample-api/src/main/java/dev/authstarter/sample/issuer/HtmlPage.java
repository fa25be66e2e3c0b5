package dev.authstarter.sample.issuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;
import org.springframework.web.util.HtmlUtils;

/**
 * A page with placeholders, written {@code {{name}}}. Immutable: inserting a value
 * returns a new page.
 *
 * @param html the page
 */
record HtmlPage(String html) {

	static HtmlPage of(String name) {
		try {
			return new HtmlPage(
					new ClassPathResource("issuer/pages/" + name).getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Insert text, which is escaped.
	 * @param blank the name of the placeholder
	 * @param text the text
	 * @return the page
	 */
	HtmlPage with(String blank, String text) {
		return withHtml(blank, HtmlUtils.htmlEscape(text));
	}

	/**
	 * Insert HTML that this application has created.
	 * @param blank the name of the placeholder
	 * @param html the HTML
	 * @return the page
	 */
	HtmlPage withHtml(String blank, String html) {
		return new HtmlPage(this.html.replace("{{" + blank + "}}", html));
	}

}
