package dev.authstarter.selector;

import org.jspecify.annotations.Nullable;

/**
 * A text with at most two captures in it: <code>urn:logto:organization:{org}</code>,
 * <code>{org}:{role}</code>.
 *
 * @param prefix the text before the first capture; the whole text if there is none
 * @param first the first capture, or {@code null}
 * @param infix the text between the captures, never empty if there are two
 * @param second the second capture, or {@code null}
 * @param suffix the text after the last capture
 */
record NamePattern(String prefix, @Nullable Capture first, String infix, @Nullable Capture second, String suffix) {

	boolean captures() {
		return this.first != null;
	}

	/**
	 * Match a whole text.
	 * @param text the text
	 * @param binding the binding so far
	 * @return the new binding, or {@code null} if the text does not match. An ambiguous
	 * match is no match: otherwise the name of an organization could contain the
	 * separator and impersonate another organization.
	 */
	@Nullable Binding match(String text, Binding binding) {
		if (this.first == null) {
			return text.equals(this.prefix) ? binding : null;
		}
		int start = this.prefix.length();
		int end = text.length() - this.suffix.length();
		if (start >= end || !text.startsWith(this.prefix) || !text.endsWith(this.suffix)) {
			return null;
		}
		if (this.second == null) {
			return bind(binding, this.first, text.substring(start, end));
		}
		int split = text.indexOf(this.infix, start);
		if (split < 0 || split != text.lastIndexOf(this.infix, end - this.infix.length())) {
			return null;
		}
		Binding bound = bind(binding, this.first, text.substring(start, split));
		return (bound != null) ? bind(bound, this.second, text.substring(split + this.infix.length(), end)) : null;
	}

	private static @Nullable Binding bind(Binding binding, Capture capture, String text) {
		return JsonValues.isUsable(text) ? binding.with(capture, text) : null;
	}

}
