package dev.authstarter.entrypoint;

import java.util.List;

import dev.authstarter.RequiresScope;

import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/**
 * Controllers for the schema of these tests, with and without rules.
 */
final class GraphQlNotes {

	private GraphQlNotes() {
	}

	/** A note. */
	record Note(String text) {

	}

	/** One of two fields has a rule. */
	@Controller
	static class HalfDeclared {

		@QueryMapping
		@RequiresScope("read:notes")
		public List<Note> notes() {
			return List.of(new Note("one"));
		}

		@QueryMapping
		public String silent() {
			return "silent";
		}

	}

	/** All top-level fields have a rule, one of them by its type. */
	@Controller
	@RequiresScope("read:other")
	static class Declared {

		@QueryMapping
		@RequiresScope("read:notes")
		public List<Note> notes() {
			return List.of(new Note("one"));
		}

		@QueryMapping
		public String silent() {
			return "silent";
		}

	}

	/** What is below a declared field needs no rule. */
	@Controller
	static class Authors {

		@SchemaMapping(typeName = "Note")
		public String author(Note note) {
			return "author of " + note.text();
		}

	}

}
