package dev.authstarter.test.attack.catalogue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on the loopback interface that serves the attacker's keys. A request to
 * it shows that the application follows the key location that a token names. It starts
 * when an attack needs it.
 */
public final class KeyTrap implements AutoCloseable {

	private final AtomicInteger visits = new AtomicInteger();

	private @Nullable HttpServer server;

	/**
	 * Return the location of the keys, and start the server if necessary.
	 * @return a URL on the loopback interface
	 */
	public synchronized URI keys() {
		HttpServer running = this.server;
		if (running == null) {
			running = start();
			this.server = running;
		}
		return URI.create("http://localhost:%d/keys".formatted(running.getAddress().getPort()));
	}

	/** The number of requests to the server. */
	public int visits() {
		return this.visits.get();
	}

	private HttpServer start() {
		try {
			HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			started.createContext("/", this::answer);
			// The server's thread is a daemon if it is started from a daemon thread.
			Thread starter = new Thread(started::start, "attacker-keys");
			starter.setDaemon(true);
			starter.start();
			starter.join();
			return started;
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot start the attacker's server", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while starting the attacker's server", ex);
		}
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.visits.incrementAndGet();
		byte[] keys = new JWKSet(AttackerKey.PUBLIC).toString().getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, keys.length);
		try (OutputStream body = exchange.getResponseBody()) {
			body.write(keys);
		}
	}

	@Override
	public synchronized void close() {
		if (this.server != null) {
			this.server.stop(0);
			this.server = null;
		}
	}

}
