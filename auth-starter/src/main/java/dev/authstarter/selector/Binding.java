package dev.authstarter.selector;

import org.jspecify.annotations.Nullable;

/**
 * The values that the captures of a path have bound.
 *
 * @param organization the organization, or {@code null}
 * @param right the role, scope or permission, or {@code null}
 */
public record Binding(@Nullable String organization, @Nullable String right) {

	static final Binding NONE = new Binding(null, null);

	Binding with(Capture capture, String text) {
		return (capture == Capture.ORG) ? new Binding(text, this.right) : new Binding(this.organization, text);
	}

}
