package dev.authstarter.selector;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One step of a path. Each step calls the next one; a step that finds nothing ends the
 * search without an allocation.
 */
sealed interface Step {

	/**
	 * Take the step.
	 * @param value the current value
	 * @param member the name of that value, or {@code null} for an element of a list
	 * @param binding the binding so far
	 * @param matches receives the found values
	 */
	void walk(Object value, @Nullable String member, Binding binding, MatchConsumer matches);

	/**
	 * The end of the path.
	 */
	record End() implements Step {

		@Override
		public void walk(Object value, @Nullable String member, Binding binding, MatchConsumer matches) {
			matches.found(binding, member, value);
		}

	}

	/**
	 * A member of an object by name, or an element of a list by index (RFC 6901 section
	 * 4).
	 *
	 * @param name the name
	 * @param index the index, or -1 if the name is not an index
	 * @param next the next step
	 */
	record Name(String name, int index, Step next) implements Step {

		@Override
		public void walk(Object value, @Nullable String member, Binding binding, MatchConsumer matches) {
			if (value instanceof Map<?, ?> object) {
				Object child = object.get(this.name);
				if (child != null) {
					this.next.walk(child, this.name, binding, matches);
				}
			}
			else if (value instanceof List<?> list && this.index >= 0 && this.index < list.size()) {
				Object element = list.get(this.index);
				if (element != null) {
					this.next.walk(element, null, binding, matches);
				}
			}
		}

	}

	/**
	 * Every member of an object, every element of a list: {@code *}. At the end of a
	 * path, it finds the names of the members.
	 *
	 * @param next the next step
	 */
	record Every(Step next) implements Step {

		@Override
		public void walk(Object value, @Nullable String member, Binding binding, MatchConsumer matches) {
			if (value instanceof Map<?, ?> object) {
				for (Map.Entry<?, ?> entry : object.entrySet()) {
					if (entry.getKey() instanceof String name && JsonValues.isGranted(entry.getValue())) {
						this.next.walk((this.next instanceof End) ? name : entry.getValue(), name, binding, matches);
					}
				}
			}
			else if (value instanceof Collection<?> list) {
				for (Object element : list) {
					if (element != null) {
						this.next.walk(element, null, binding, matches);
					}
				}
			}
		}

	}

	/**
	 * A pattern over the names of an object's members, the elements of a list or a text.
	 * An element or a text must match at the end of the path; what it captures is
	 * consumed.
	 *
	 * @param pattern the pattern
	 * @param next the next step
	 */
	record Names(NamePattern pattern, Step next) implements Step {

		@Override
		public void walk(Object value, @Nullable String member, Binding binding, MatchConsumer matches) {
			if (value instanceof Map<?, ?> object) {
				for (Map.Entry<?, ?> entry : object.entrySet()) {
					if (entry.getKey() instanceof String name && JsonValues.isGranted(entry.getValue())) {
						Binding bound = this.pattern.match(name, binding);
						if (bound != null) {
							this.next.walk(entry.getValue(), name, bound, matches);
						}
					}
				}
			}
			else if (value instanceof Collection<?> list) {
				for (Object element : list) {
					consume((element instanceof String text) ? text : null, binding, matches);
				}
			}
			else if (value instanceof String text) {
				consume(text, binding, matches);
			}
		}

		private void consume(@Nullable String text, Binding binding, MatchConsumer matches) {
			if (this.next instanceof End) {
				Binding bound = (text != null) ? this.pattern.match(text, binding) : null;
				if (bound != null) {
					matches.found(bound, null, this.pattern.captures() ? null : text);
				}
			}
		}

	}

	/**
	 * Every entry that is an object with a member for its own name:
	 * <code>{org:id}</code>.
	 *
	 * @param capture the capture that binds the name
	 * @param name the member that holds the name
	 * @param next the next step
	 */
	record Entries(Capture capture, String name, Step next) implements Step {

		@Override
		public void walk(Object value, @Nullable String member, Binding binding, MatchConsumer matches) {
			if (value instanceof Map<?, ?> object) {
				object.values().forEach((entry) -> enter(entry, binding, matches));
			}
			else if (value instanceof Collection<?> list) {
				list.forEach((entry) -> enter(entry, binding, matches));
			}
		}

		private void enter(@Nullable Object entry, Binding binding, MatchConsumer matches) {
			String text = (entry instanceof Map<?, ?> object) ? JsonValues.text(object.get(this.name)) : null;
			if (entry == null || text == null) {
				return;
			}
			Binding bound = binding.with(this.capture, text);
			if (this.next instanceof End) {
				matches.found(bound, null, null);
			}
			else {
				this.next.walk(entry, null, bound, matches);
			}
		}

	}

}
