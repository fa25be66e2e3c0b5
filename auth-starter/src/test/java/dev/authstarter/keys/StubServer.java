package dev.authstarter.keys;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/**
 * Answers what the test says, place by place.
 */
final class StubServer implements AutoCloseable {

	private final Map<String, HttpHandler> places = new ConcurrentHashMap<>();

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	StubServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	String origin() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	URI uri(String path) {
		return URI.create(origin() + path);
	}

	List<String> asked() {
		return this.asked;
	}

	void serve(String path, byte[] body) {
		serve(path, 200, body);
	}

	void serve(String path, String body) {
		serve(path, body.getBytes(StandardCharsets.UTF_8));
	}

	void serve(String path, int status, byte[] body) {
		serve(path, (exchange) -> {
			exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
		});
	}

	void serve(String path, HttpHandler handler) {
		this.places.put(path, handler);
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String path = exchange.getRequestURI().getPath();
			this.asked.add(path);
			HttpHandler handler = this.places.get(path);
			if (handler != null) {
				handler.handle(exchange);
			}
			else {
				exchange.sendResponseHeaders(404, -1);
			}
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
