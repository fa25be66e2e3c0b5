package dev.authstarter.access.inventory;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.Rule;
import dev.authstarter.access.declaration.BeanDeclarations;
import dev.authstarter.access.declaration.Declaration;
import dev.authstarter.access.declaration.MethodName;
import dev.authstarter.access.declaration.Unenforceable;

import org.springframework.core.annotation.MergedAnnotation;

/**
 * Methods that message brokers deliver to. A message carries no token, and the broker
 * controls who may send it: such a method either declares {@code @PermitAll} or is
 * undeclared.
 */
final class MessageListeners implements EntryPoints {

	private static final String MAPPING = "org.springframework.messaging.handler.annotation.MessageMapping";

	/** Those of Kafka, RabbitMQ, JMS and others are found by {@link #MAPPING} on them. */
	private static final List<String> OTHERS = List.of("org.springframework.kafka.annotation.KafkaListener",
			"org.springframework.amqp.rabbit.annotation.RabbitListener",
			"org.springframework.jms.annotation.JmsListener", "org.springframework.pulsar.annotation.PulsarListener",
			"org.springframework.pulsar.annotation.PulsarReader",
			"org.springframework.pulsar.reactive.config.annotation.ReactivePulsarListener",
			"org.springframework.cloud.stream.annotation.StreamListener",
			"io.awspring.cloud.sqs.annotation.SqsListener",
			"com.azure.spring.messaging.servicebus.implementation.core.annotation.ServiceBusListener");

	private final BeanDeclarations beans;

	MessageListeners(BeanDeclarations beans) {
		this.beans = beans;
	}

	/** Whether a mapping of messages is a meta-annotation of a listener annotation. */
	static boolean isListener(MergedAnnotation<?> mapping) {
		return mapping.getMetaTypes().stream().anyMatch((type) -> type.getSimpleName().endsWith("Listener"));
	}

	@Override
	public List<EntryPoint> find() {
		List<String> annotations = Stream.concat(Stream.of(MAPPING), OTHERS.stream())
			.filter(this.beans::isPresent)
			.toList();
		List<EntryPoint> found = new ArrayList<>();
		if (!annotations.isEmpty()) {
			for (Class<?> type : this.beans.types()) {
				Set<Method> methods = new LinkedHashSet<>();
				annotations
					.forEach((annotation) -> this.beans.annotated(type, annotation).forEach((method, mapping) -> {
						if (!annotation.equals(MAPPING) || isListener(mapping)) {
							methods.add(method);
						}
					}));
				methods.addAll(handlers(type, annotations));
				methods.forEach((method) -> found.add(listener(method, type)));
			}
		}
		return found;
	}

	/** The methods of a listener class from which one is selected by payload. */
	private Set<Method> handlers(Class<?> type, List<String> annotations) {
		Set<Method> handlers = new LinkedHashSet<>();
		if (annotations.stream()
			.anyMatch((annotation) -> !annotation.equals(MAPPING) && BeanDeclarations.isAnnotated(type, annotation))) {
			for (String annotation : List.of("org.springframework.kafka.annotation.KafkaHandler",
					"org.springframework.amqp.rabbit.annotation.RabbitHandler",
					"io.awspring.cloud.sqs.annotation.SqsHandler")) {
				handlers.addAll(this.beans.annotated(type, annotation).keySet());
			}
		}
		return handlers;
	}

	private EntryPoint listener(Method method, Class<?> type) {
		Declaration declared = this.beans.of(method, type);
		String name = MethodName.of(method, type);
		if (declared.rule() != Rule.NONE && declared.rule() != Rule.STOCK) {
			throw Unenforceable.listener(name);
		}
		return EntryPoint.of(Kind.LISTENER, name, declared, declared.rule() != Rule.NONE);
	}

}
