package dev.authstarter.access.inventory;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.Rule;
import dev.authstarter.access.declaration.BeanDeclarations;
import dev.authstarter.access.declaration.Declaration;
import dev.authstarter.access.declaration.MethodName;

import org.springframework.core.annotation.MergedAnnotation;

/**
 * Methods of controllers that messages of STOMP and RSocket are mapped to.
 */
final class MessageMethods implements EntryPoints {

	private static final String LIBRARY = "org.springframework.messaging.";

	private static final String STOMP = LIBRARY + "simp.annotation.support.SimpAnnotationMethodMessageHandler";

	private static final String RSOCKET = LIBRARY + "rsocket.annotation.support.RSocketMessageHandler";

	private static final String MESSAGE = LIBRARY + "handler.annotation.MessageMapping";

	/** What else each of them looks for, beside {@link #MESSAGE}. */
	private static final List<String> OTHERS = List.of(LIBRARY + "simp.annotation.SubscribeMapping",
			LIBRARY + "rsocket.annotation.ConnectMapping", LIBRARY + "rsocket.service.RSocketExchange");

	private final BeanDeclarations beans;

	MessageMethods(BeanDeclarations beans) {
		this.beans = beans;
	}

	@Override
	public List<EntryPoint> find() {
		boolean rsocket = !this.beans.beansOf(RSOCKET).isEmpty();
		List<EntryPoint> found = new ArrayList<>();
		if (rsocket || !this.beans.beansOf(STOMP).isEmpty()) {
			for (Class<?> type : this.beans.types()) {
				if (BeanDeclarations.isAnnotated(type, "org.springframework.stereotype.Controller")) {
					mapped(type).forEach((method) -> found.add(message(method, type, rsocket)));
				}
			}
		}
		return found;
	}

	private Set<Method> mapped(Class<?> type) {
		Set<Method> mapped = new LinkedHashSet<>();
		this.beans.annotated(type, MESSAGE).forEach((method, mapping) -> {
			if (!MessageListeners.isListener(mapping)) {
				mapped.add(method);
			}
		});
		OTHERS.forEach((annotation) -> mapped.addAll(this.beans.annotated(type, annotation).keySet()));
		return mapped;
	}

	/**
	 * The handshake of STOMP can be refused; connections to the RSocket server cannot.
	 */
	private EntryPoint message(Method method, Class<?> type, boolean rsocket) {
		Declaration declared = this.beans.of(method, type);
		return EntryPoint.of(Kind.MESSAGE, name(method, type), declared, !rsocket || declared.rule() != Rule.NONE);
	}

	private String name(Method method, Class<?> type) {
		MergedAnnotation<?> mapping = this.beans.annotated(type, MESSAGE).get(method);
		String destination = (mapping != null) ? String.join(", ", mapping.getStringArray("value")) : "";
		String name = MethodName.of(method, type);
		return destination.isEmpty() ? name : "%s (%s)".formatted(name, destination);
	}

}
