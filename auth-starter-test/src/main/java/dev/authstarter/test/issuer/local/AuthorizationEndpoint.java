package dev.authstarter.test.issuer.local;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.test.issuer.http.Answer;
import dev.authstarter.test.issuer.http.FormRequest;
import org.jspecify.annotations.Nullable;

/**
 * The authorization endpoint: the user of a front end signs in by a click on a name, and
 * the front end gets a code (RFC 6749 section 4.1, RFC 7636, RFC 9207). There is no
 * session: each sign-in is a click.
 */
final class AuthorizationEndpoint {

	/** Scopes that every user grants (OpenID Connect Core section 5.4). */
	private static final Set<String> SIGN_IN = Set.of("openid", "profile", "email");

	private final String issuer;

	private final FrontEnds frontEnds;

	private final Map<String, LocalIssuerProperties.User> users;

	private final List<String> audiences;

	private final Codes codes;

	/**
	 * Create the endpoint.
	 * @param issuer the identifier of the issuer
	 * @param frontEnds the front ends
	 * @param users the users, by name
	 * @param audiences the audiences of the API
	 * @param codes the codes
	 */
	AuthorizationEndpoint(String issuer, FrontEnds frontEnds, Map<String, LocalIssuerProperties.User> users,
			List<String> audiences, Codes codes) {
		this.issuer = issuer;
		this.frontEnds = frontEnds;
		this.users = users;
		this.audiences = audiences;
		this.codes = codes;
	}

	/** Show the users for the sign-in. */
	Answer authorize(FormRequest request) {
		if (!"GET".equals(request.method())) {
			return Page.notAllowed("GET");
		}
		try {
			AuthorizationRequest read = AuthorizationRequest.read(request.query(), this.frontEnds);
			OAuthError error = read.error(this.audiences);
			return (error != null) ? redirect(read, error) : Page.of("Sign in", users(read), this.frontEnds.origins());
		}
		catch (IllegalArgumentException ex) {
			return problem(ex);
		}
	}

	/** Handle the click on a user. */
	Answer signIn(FormRequest request) {
		if (!"POST".equals(request.method())) {
			return Page.notAllowed("POST");
		}
		if (!Loopback.isSameOrigin(request)) {
			return Page.foreign();
		}
		try {
			AuthorizationRequest read = AuthorizationRequest.read(request.form(), this.frontEnds);
			OAuthError error = read.error(this.audiences);
			return (error != null) ? redirect(read, error) : signIn(read, request.form().getFirst("user"));
		}
		catch (IllegalArgumentException ex) {
			return problem(ex);
		}
	}

	private Answer signIn(AuthorizationRequest request, @Nullable String name) {
		if (name == null) {
			return redirect(request, new OAuthError("access_denied", "The user did not sign in."));
		}
		LocalIssuerProperties.User user = this.users.get(name);
		if (user == null) {
			throw new IllegalArgumentException("'local-issuer.users' has no such user.");
		}
		List<String> granted = granted(request.scopes(), user.scopes());
		if (granted.isEmpty() && !request.scopes().isEmpty()) {
			return redirect(request, new OAuthError("invalid_scope", "The user may not grant any of the scopes."));
		}
		return redirect(request, Map.of("code", this.codes.issue(request, name, granted)));
	}

	/**
	 * The requested scopes that the user may grant, or all that the user may grant if
	 * none is requested.
	 */
	private static List<String> granted(List<String> requested, List<String> allowed) {
		return (requested.isEmpty() ? allowed : requested).stream()
			.filter((scope) -> allowed.isEmpty() || allowed.contains(scope) || SIGN_IN.contains(scope))
			.distinct()
			.toList();
	}

	private Answer redirect(AuthorizationRequest request, OAuthError error) {
		return redirect(request, Map.of("error", error.code(), "error_description", error.description()));
	}

	private Answer redirect(AuthorizationRequest request, Map<String, String> result) {
		Map<String, String> parameters = new LinkedHashMap<>(result);
		String state = request.state();
		if (state != null) {
			parameters.put("state", state);
		}
		parameters.put("iss", this.issuer);
		String query = parameters.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return Answer.redirect(request.redirectUri() + (request.redirectUri().contains("?") ? "&" : "?") + query)
			.withStatus(303)
			.withHeaders(Map.of("Cache-Control", "no-store", "Referrer-Policy", "no-referrer"));
	}

	private Html users(AuthorizationRequest request) {
		List<Html> hidden = request.parameters()
			.entrySet()
			.stream()
			.map((entry) -> Html.of("<input type=\"hidden\" name=\"%s\" value=\"%s\">", entry.getKey(),
					entry.getValue()))
			.toList();
		List<Html> buttons = this.users.entrySet()
			.stream()
			.map((entry) -> button(entry.getKey(), entry.getValue()))
			.toList();
		return Html.of("""
				<p>to <code>%s</code>, which returns to <code>%s</code> and requests %s.</p>
				<form method="post" action="/login">
				%s
				%s
				<p><button class="quiet">Do not sign in</button></p>
				</form>
				<p class="muted">Test users of the configuration, only for development. They have no passwords.</p>
				""", request.clientId(), request.redirectUri(), scopes(request.scopes()), Html.join(hidden),
				Html.join(buttons));
	}

	private static Html scopes(List<String> scopes) {
		return scopes.isEmpty() ? Html.of("no scopes")
				: Html.join(scopes.stream().map((scope) -> Html.of("<code>%s</code>", scope)).toList());
	}

	private static Html button(String name, LocalIssuerProperties.User user) {
		String organization = (user.organization() != null) ? user.organization() : "no organization";
		String roles = Stream.of(user.roles(), user.organizationRoles())
			.flatMap(List::stream)
			.distinct()
			.collect(Collectors.joining(", "));
		return Html.of("""
				<p><button name="user" value="%s">Sign in as %s</button> <span class="muted">%s%s</span></p>""", name,
				name, organization, roles.isEmpty() ? "" : ", " + roles);
	}

	private static Answer problem(IllegalArgumentException problem) {
		return Page
			.of("Sign in", Html.of("<p class=\"problem\" role=\"alert\">%s</p>", String.valueOf(problem.getMessage())))
			.withStatus(400);
	}

}
