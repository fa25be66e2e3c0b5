package dev.authstarter.entrypoint;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;

import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;

/**
 * Calls a started application in the way that its kind requires.
 */
final class Visitor {

	private final HttpCalls http;

	private final int port;

	Visitor(ApplicationContext started) {
		this.port = started.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		this.http = new HttpCalls(this.port);
	}

	/**
	 * Call.
	 * @param call a method and a path, {@code SOCKET} for a handshake, {@code QUERY} for
	 * a GraphQL field
	 * @param scope the scope of the token, or {@code null} to send none
	 * @return the status with the reason of a refusal, 101 for a handshake that succeeds
	 */
	String call(String call, @Nullable String scope) {
		String method = call.substring(0, call.indexOf(' '));
		String target = call.substring(call.indexOf(' ') + 1);
		String token = (scope != null) ? TestToken.validAt(TestApi.NOW).with("scope", scope).signed() : null;
		if (method.equals("SOCKET")) {
			return handshake(target, token);
		}
		HttpRequest.Builder request = this.http.request(method.equals("QUERY") ? "/graphql" : target);
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		if (method.equals("QUERY")) {
			request.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString("{\"query\":\"{ %s }\"}".formatted(target)));
		}
		else {
			request.method(method, BodyPublishers.noBody());
		}
		return answer(this.http.send(request));
	}

	private static String answer(HttpResponse<String> response) {
		boolean problem = response.headers()
			.firstValue("Content-Type")
			.filter((type) -> type.startsWith("application/problem+json"))
			.isPresent();
		if (problem && !response.body().isEmpty()) {
			return response.statusCode() + " " + HttpCalls.json(response).get("reason");
		}
		return response.statusCode() + (response.body().contains("FORBIDDEN") ? " FORBIDDEN" : "");
	}

	private String handshake(String path, @Nullable String token) {
		WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
		if (token != null) {
			builder.header("Authorization", "Bearer " + token);
		}
		try {
			builder.buildAsync(URI.create("ws://localhost:" + this.port + path), new WebSocket.Listener() {
			}).join().abort();
			return "101";
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof WebSocketHandshakeException refused) {
				return String.valueOf(refused.getResponse().statusCode());
			}
			throw ex;
		}
	}

}
