package dev.authstarter.servlet.inventory;

import java.util.function.Consumer;

import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.declaration.BeanDeclarations;
import dev.authstarter.access.declaration.TypeName;
import dev.authstarter.access.declaration.Unenforceable;
import dev.authstarter.access.inventory.ForeignObject;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;

/**
 * The handlers that Spring MVC calls for WebSocket handshakes, and the application's
 * handlers behind them.
 */
final class SocketHandlers {

	private static final String LIBRARY = "org.springframework.web.socket.";

	private SocketHandlers() {
	}

	static boolean isSocket(Object handler) {
		return handler.getClass().getName().startsWith(LIBRARY);
	}

	/**
	 * Return the name of the class that handles the connections.
	 * @param handler the handler of the handshake
	 * @param check checks the application's handler and each of its decorators
	 * @throws dev.authstarter.configuration.AccessRuleException if one declares a rule
	 */
	static String name(Object handler, Consumer<Object> check) {
		Object behind = ForeignObject.read(handler, "webSocketHandler", Object.class);
		while (behind != null) {
			Class<?> type = AopUtils.getTargetClass(behind);
			if (BeanDeclarations.mentionsRule(type)) {
				throw Unenforceable.socket(TypeName.of(type));
			}
			check.accept(behind);
			behind = isDecorator(behind.getClass()) ? ForeignObject.read(behind, "delegate", Object.class) : null;
		}
		return TypeName.of(behind(handler));
	}

	static @Nullable Kind leadsTo(Object handler) {
		String name = behind(handler).getName();
		if (name.startsWith("org.springframework.graphql.")) {
			return Kind.QUERY;
		}
		return name.startsWith(LIBRARY + "messaging.") ? Kind.MESSAGE : null;
	}

	private static Class<?> behind(Object handler) {
		Object behind = ForeignObject.read(handler, "webSocketHandler", Object.class);
		if (behind != null && isDecorator(behind.getClass())) {
			behind = ForeignObject.read(behind, "lastHandler", Object.class);
		}
		return (behind != null) ? AopUtils.getTargetClass(behind) : handler.getClass();
	}

	private static boolean isDecorator(Class<?> type) {
		for (Class<?> one = type; one != null; one = one.getSuperclass()) {
			if (one.getName().equals(LIBRARY + "handler.WebSocketHandlerDecorator")) {
				return true;
			}
		}
		return false;
	}

}
