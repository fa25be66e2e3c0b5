package dev.authstarter.reactive.context;

import java.util.concurrent.Executor;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * The event loop of a request's connection. Processing continues there after a decision
 * on another thread: handlers then run on the same threads as without this library, and
 * responses are written on the thread of their connection. Reactor Netty 1.3.7 may stop
 * reading a connection whose answers are written by other threads
 * (<a href="https://github.com/reactor/reactor-netty/issues/4361">issue 4361</a>).
 */
public final class ServerThread {

	private ServerThread() {
	}

	/**
	 * Keep the event loop of a request in its context.
	 * @param context the context of the request
	 * @param eventLoop the event loop of its connection
	 * @return the context with the event loop
	 */
	public static Context keep(Context context, Executor eventLoop) {
		return context.put(ServerThread.class, eventLoop);
	}

	/**
	 * Continue on the event loop.
	 * @param decided a decision that is made on another thread
	 * @param <T> the type of the decision
	 * @return the same, delivered on the event loop; on the other thread if the event
	 * loop is not in the context
	 */
	@SuppressWarnings("UnnecessaryMethodReference") // it hides the executor service
	public static <T> Mono<T> returnTo(Mono<T> decided) {
		return Mono.deferContextual((context) -> {
			Executor eventLoop = context.getOrDefault(ServerThread.class, null);
			// As a plain executor: Reactor would decorate and count each executor
			// service.
			return (eventLoop != null) ? decided.publishOn(Schedulers.fromExecutor(eventLoop::execute)) : decided;
		});
	}

}
