package dev.authstarter.test.issuer.local;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

import org.springframework.web.util.HtmlUtils;

/**
 * A part of a page. Values are escaped when they are inserted, unless they are
 * {@code Html} themselves.
 *
 * @param markup the HTML
 */
record Html(String markup) {

	static final Html NOTHING = new Html("");

	/**
	 * Insert values into markup.
	 * @param markup the markup, with {@code %s} for each value; attributes in double
	 * quotes
	 * @param values the values, as text or as parts
	 */
	static Html of(String markup, Object... values) {
		return new Html(markup.formatted(Arrays.stream(values).map(Html::escape).toArray()));
	}

	private static String escape(Object value) {
		return (value instanceof Html html) ? html.markup() : HtmlUtils.htmlEscape(value.toString(), "UTF-8");
	}

	static Html join(Collection<Html> parts) {
		return new Html(parts.stream().map(Html::markup).collect(Collectors.joining("\n")));
	}

}
