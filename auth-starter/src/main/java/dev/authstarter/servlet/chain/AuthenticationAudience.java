package dev.authstarter.servlet.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.authstarter.authentication.BearerCredentials;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationFailureServiceExceptionEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.context.DelegatingApplicationListener;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Finds out whether an application listens to the authentication events that Spring
 * Security publishes for bearer tokens. Without a listener, no events are created.
 */
public final class AuthenticationAudience {

	private static final List<ApplicationEvent> EVENTS = events();

	private final List<AbstractApplicationContext> contexts;

	private volatile Answer answer = new Answer(-1, false);

	/**
	 * Create an audience of a context and its parents.
	 * @param context the context that events are published to, and through it to its
	 * parents
	 */
	public AuthenticationAudience(ApplicationContext context) {
		this.contexts = new ArrayList<>();
		for (ApplicationContext next = context; next != null; next = next.getParent()) {
			this.contexts.add((AbstractApplicationContext) next);
		}
	}

	/**
	 * Return a check for listeners. If the application declares its own publisher, there
	 * is no audience and the check is always true, because the publisher needs all
	 * events.
	 * @param audience the audience, if there is one
	 * @return whether events have to be published
	 */
	public static BooleanSupplier of(ObjectProvider<AuthenticationAudience> audience) {
		AuthenticationAudience known = audience.getIfAvailable();
		return (known != null) ? known::listens : () -> true;
	}

	/**
	 * Return whether there is a listener, including those added after start-up.
	 */
	boolean listens() {
		int listeners = 0;
		for (AbstractApplicationContext context : this.contexts) {
			listeners += context.getApplicationListeners().size();
		}
		Answer known = this.answer;
		if (known.listeners() != listeners) {
			known = new Answer(listeners, this.contexts.stream().anyMatch(AuthenticationAudience::isListenedTo));
			this.answer = known;
		}
		return known.listens();
	}

	private static boolean isListenedTo(AbstractApplicationContext context) {
		Object multicaster = context.getBean(AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME);
		// A multicaster of the application may notify any listener.
		return multicaster.getClass() != SimpleApplicationEventMulticaster.class
				|| EVENTS.stream().anyMatch(new Listeners(context)::isListenedTo);
	}

	private static List<ApplicationEvent> events() {
		JwtAuthenticationToken caller = new JwtAuthenticationToken(
				Jwt.withTokenValue("none").header("alg", "none").subject("none").build(), List.of());
		BearerCredentials credentials = new BearerCredentials("none");
		return List.of(new AuthenticationSuccessEvent(caller),
				new AuthenticationFailureBadCredentialsEvent(credentials, new InvalidBearerTokenException("")),
				new AuthenticationFailureServiceExceptionEvent(credentials, new AuthenticationServiceException("")));
	}

	/**
	 * The result of the last search.
	 *
	 * @param listeners the number of all listeners at that time, for any event
	 * @param listens whether one of them listens to one of these events
	 */
	private record Answer(int listeners, boolean listens) {

	}

	/**
	 * The listeners of a context, with Spring's own lookup of the listeners for an event.
	 */
	private static final class Listeners extends SimpleApplicationEventMulticaster {

		Listeners(AbstractApplicationContext context) {
			setBeanFactory(context.getBeanFactory());
			context.getApplicationListeners().forEach(this::addApplicationListener);
			for (String name : context.getBeanNamesForType(ApplicationListener.class, true, false)) {
				addApplicationListenerBean(name);
			}
		}

		boolean isListenedTo(ApplicationEvent event) {
			// Spring Security's own listener receives all events and passes on those of
			// ended sessions.
			return getApplicationListeners(event, ResolvableType.forInstance(event)).stream()
				.anyMatch((listener) -> !(listener instanceof DelegatingApplicationListener));
		}

	}

}
