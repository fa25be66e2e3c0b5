package dev.authstarter.sample.issuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;
import org.springframework.web.util.HtmlUtils;

/**
 * A page with blanks, written {@code {{so}}}. It is a value: filling one in gives
 * another.
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
	 * Fill in text, which stays text whatever is in it.
	 * @param blank the name of the blank
	 * @param text the text
	 * @return the page
	 */
	HtmlPage with(String blank, String text) {
		return withHtml(blank, HtmlUtils.htmlEscape(text));
	}

	/**
	 * Fill in what pages of ours made.
	 * @param blank the name of the blank
	 * @param html other pages' HTML
	 * @return the page
	 */
	HtmlPage withHtml(String blank, String html) {
		return new HtmlPage(this.html.replace("{{" + blank + "}}", html));
	}

}
