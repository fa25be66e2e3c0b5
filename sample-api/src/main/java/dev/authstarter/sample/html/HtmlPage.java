package dev.authstarter.sample.html;

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
public record HtmlPage(String html) {

	/**
	 * Read a page.
	 * @param path the path of the file on the class path
	 * @return the page
	 * @throws UncheckedIOException if there is no such file
	 */
	public static HtmlPage of(String path) {
		try {
			return new HtmlPage(new ClassPathResource(path).getContentAsString(StandardCharsets.UTF_8));
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
	public HtmlPage with(String blank, String text) {
		return withHtml(blank, HtmlUtils.htmlEscape(text));
	}

	/**
	 * Insert HTML that this application has created.
	 * @param blank the name of the placeholder
	 * @param html the HTML
	 * @return the page
	 */
	public HtmlPage withHtml(String blank, String html) {
		return new HtmlPage(this.html.replace("{{" + blank + "}}", html));
	}

}
