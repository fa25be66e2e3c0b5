package dev.authstarter.sample.issuer;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.authstarter.sample.html.HtmlPage;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The issuer's login and organization pages. Spring Security processes the login; this
 * class only renders the form.
 */
final class LoginPages {

	/*
	 * Routes instead of annotations, because the API's component scan would find a
	 * controller.
	 */

	static final String LOGIN = "/login";

	static final String ORGANIZATION = "/organization";

	static final String AUTHORIZATION_ENDPOINT = "/oauth2/authorize";

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	private final Memberships memberships;

	private final HtmlPage loginPage = HtmlPage.of("issuer/pages/login.html");

	private final HtmlPage organizationPage = HtmlPage.of("issuer/pages/organization.html");

	private final HtmlPage clinic = HtmlPage.of("issuer/pages/clinic.html");

	LoginPages(Memberships memberships) {
		this.memberships = memberships;
	}

	RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET(LOGIN, (request) -> html(login(request.servletRequest())))
			.GET(ORGANIZATION, (request) -> html(organization(request)))
			.build();
	}

	private static ServerResponse html(HtmlPage page) {
		return ServerResponse.ok().contentType(HTML).body(page.html());
	}

	private HtmlPage login(HttpServletRequest request) {
		CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
		return this.loginPage.with("csrf", csrf.getToken()).with("message", message(request));
	}

	private static String message(HttpServletRequest request) {
		if (request.getParameter("error") != null) {
			return "The user name or the password is wrong.";
		}
		return (request.getParameter("logout") != null) ? "You are logged out." : "";
	}

	/**
	 * Show each clinic as a link to the same authorization request with the choice added.
	 * The authorization endpoint validates it like any other request.
	 */
	private HtmlPage organization(ServerRequest request) {
		String user = request.principal().map(Principal::getName).orElseThrow();
		String query = Objects.requireNonNullElse(request.servletRequest().getQueryString(), "");
		String clinics = this.memberships.of(user)
			.stream()
			.map((membership) -> this.clinic.with("name", membership.organizationName())
				.with("roles", String.join(", ", membership.roles()))
				.with("link",
						"%s?%s&%s=%s".formatted(AUTHORIZATION_ENDPOINT, query, OrganizationChoice.PARAMETER,
								membership.organizationId()))
				.html())
			.collect(Collectors.joining());
		return this.organizationPage.with("user", user).withHtml("clinics", clinics);
	}

}
