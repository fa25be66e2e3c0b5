package dev.authstarter.entrypoint;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.authstarter.RequiresScope;
import jakarta.annotation.security.PermitAll;

import org.springframework.jms.annotation.JmsListener;
import org.springframework.kafka.annotation.KafkaHandler;
import org.springframework.kafka.annotation.KafkaListener;

/**
 * Methods that brokers deliver to.
 */
final class Listeners {

	private Listeners() {
	}

	static class Silent {

		@KafkaListener(topics = "notes")
		void listen(String note) {
		}

	}

	static class SilentJms {

		@JmsListener(destination = "notes")
		void listen(String note) {
		}

	}

	static class Composed {

		@NoteListener
		void listen(String note) {
		}

	}

	@KafkaListener(topics = "notes")
	static class ByPayload {

		@KafkaHandler
		void listen(String note) {
		}

	}

	static class Open {

		@KafkaListener(topics = "notes")
		@PermitAll
		void listen(String note) {
		}

	}

	static class Ruled {

		@KafkaListener(topics = "notes")
		@RequiresScope("write:notes")
		void listen(String note) {
		}

	}

	@RequiresScope("write:notes")
	static class RuledByType {

		@JmsListener(destination = "notes")
		void listen(String note) {
		}

	}

	@RequiresScope("write:notes")
	@KafkaListener(topics = "notes")
	static class RuledByPayload {

		@KafkaHandler
		void listen(String note) {
		}

	}

	/** An application's own word. */
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@KafkaListener(topics = "notes")
	@interface NoteListener {

	}

}
