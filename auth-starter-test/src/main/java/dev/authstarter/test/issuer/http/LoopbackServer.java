package dev.authstarter.test.issuer.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * An HTTP server on the loopback interface that can stop listening and come back on the
 * same port. All its threads are daemons and end with it.
 */
public final class LoopbackServer implements AutoCloseable {

	private static final int BIND_ATTEMPTS = 50;

	private static final int BACKLOG = 1_000;

	private final ExecutorService executor = Executors.newCachedThreadPool(threads());

	private final int port;

	private HttpHandler handler = HttpExchange::close;

	private @Nullable HttpServer server;

	/**
	 * Bind a port.
	 * @param port the port, or 0 for a free one
	 * @throws IllegalStateException if the port is taken
	 */
	public LoopbackServer(int port) {
		this.server = bind(port, 1);
		this.port = this.server.getAddress().getPort();
	}

	/**
	 * Start to answer requests.
	 * @param handler answers them
	 */
	public synchronized void start(HttpHandler handler) {
		this.handler = handler;
		if (this.server != null) {
			start(this.server);
		}
	}

	private static CustomizableThreadFactory threads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("test-issuer-");
		threads.setDaemon(true);
		return threads;
	}

	public int port() {
		return this.port;
	}

	/**
	 * Listen again, unless the server does already.
	 */
	public synchronized void up() {
		if (this.server == null && !this.executor.isShutdown()) {
			this.server = bind(this.port, BIND_ATTEMPTS);
			start(this.server);
		}
	}

	/**
	 * Close the listening socket and every connection.
	 */
	public synchronized void down() {
		if (this.server != null) {
			this.server.stop(0);
			this.server = null;
		}
	}

	@Override
	public void close() {
		down();
		this.executor.shutdownNow();
		try {
			this.executor.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void start(HttpServer created) {
		created.createContext("/", this.handler);
		created.setExecutor(this.executor);
		// The server's own thread is a daemon only if a daemon starts it.
		CompletableFuture.runAsync(created::start, this.executor).join();
	}

	/**
	 * Bind with retries: while the server is down, another socket may hold the port for a
	 * moment.
	 */
	private static HttpServer bind(int port, int attempts) {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		for (int attempt = 1;; attempt++) {
			try {
				return HttpServer.create(address, BACKLOG);
			}
			catch (BindException ex) {
				if (attempt == attempts) {
					throw new IllegalStateException(
							"Port %d is in use, perhaps by another issuer. ".formatted(port)
									+ "Stop that one, choose another port, or use a free one with TestIssuer.start().",
							ex);
				}
				LockSupport.parkNanos(100_000_000);
			}
			catch (IOException ex) {
				throw new UncheckedIOException("Cannot listen on the loopback interface", ex);
			}
		}
	}

}
