package dev.authstarter.test.issuer.local;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.nimbusds.jwt.SignedJWT;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Demands;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import dev.authstarter.test.issuer.http.Answer;
import dev.authstarter.test.issuer.http.FormRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page on which a developer chooses the content of a token. It offers what the
 * application's handlers require, and shows the token with a {@code curl} command that
 * sends it.
 */
public final class TokenPage {

	private static final Html SCOPES = new Html(
			"<p class=\"muted\">Without a scope, the token has those of a sign-in.</p>");

	private static final ObjectWriter JSON = JsonMapper.shared().writerWithDefaultPrettyPrinter();

	private static final String TITLE = "Tokens for local work";

	private final TokenForge forge;

	private final LocalCalls calls;

	private final List<HandlerDescription> handlers;

	private final AuthStarterProperties properties;

	private final String origin;

	private final Clock clock;

	/**
	 * Create the page.
	 * @param forge makes the tokens
	 * @param calls finds calls of the handlers
	 * @param handlers the handlers of the application
	 * @param properties how the application is configured
	 * @param origin scheme, host, port and context path of the application
	 * @param clock the application's clock
	 */
	public TokenPage(TokenForge forge, LocalCalls calls, List<HandlerDescription> handlers,
			AuthStarterProperties properties, String origin, Clock clock) {
		this.forge = forge;
		this.calls = calls;
		this.handlers = List.copyOf(handlers);
		this.properties = properties;
		this.origin = origin;
		this.clock = clock;
	}

	Answer answer(FormRequest request) {
		return switch (request.method()) {
			case "GET" -> show(chosen(request.query().getFirst("call")));
			case "POST" -> Loopback.isSameOrigin(request) ? make(request) : Page.foreign();
			default -> Page.notAllowed("GET, POST");
		};
	}

	/** The list shows its first call as chosen where nothing was. */
	private LocalCalls.@Nullable Call chosen(@Nullable String name) {
		return (name != null) ? find(name, null) : this.calls.of(this.handlers, null).stream().findFirst().orElse(null);
	}

	private Answer show(LocalCalls.@Nullable Call call) {
		return page(TokenForm.of(call), Html.NOTHING);
	}

	private Answer make(FormRequest request) {
		TokenForm form = TokenForm.of(null);
		try {
			form = TokenForm.read(request.form());
			ForgedToken token = form.token()
				.from(this.forge.token())
				.withClaim("exp", this.clock.instant().plus(form.lifetime()));
			return page(form, result(form, token));
		}
		catch (IllegalArgumentException ex) {
			Html problem = Html.of("<p class=\"problem\" role=\"alert\">%s</p>", String.valueOf(ex.getMessage()));
			return page(form, problem).withStatus(400);
		}
	}

	private Html result(TokenForm form, ForgedToken token) {
		return Html.of("""
				<section>
				<h2>Token for %s</h2>
				<p class="muted">Click a box to select its contents.</p>
				<pre class="copy" tabindex="0">%s</pre>
				%s
				<details>
				<summary>Claims</summary>
				<pre tabindex="0">%s</pre>
				</details>
				</section>
				""", inWords(form.lifetime()), token.value(), curl(form, token), claims(token));
	}

	private Html curl(TokenForm form, ForgedToken token) {
		LocalCalls.Call call = find(form.call(), form.token().organization());
		return (call != null) ? Html.of("<pre class=\"copy\" tabindex=\"0\">%s</pre>", call.curl(this.origin, token))
				: Html.NOTHING;
	}

	/** The path of a call names the organization of the token. */
	private LocalCalls.@Nullable Call find(@Nullable String name, @Nullable String organization) {
		return this.calls.of(this.handlers, organization)
			.stream()
			.filter((call) -> call.name().equals(name))
			.findFirst()
			.orElse(null);
	}

	private static String claims(ForgedToken token) {
		try {
			return JSON.writeValueAsString(SignedJWT.parse(token.value()).getPayload().toJSONObject());
		}
		catch (ParseException ex) {
			throw new IllegalStateException("A forged token cannot be read", ex);
		}
	}

	private Answer page(TokenForm form, Html result) {
		WantedToken token = form.token();
		List<LocalCalls.Call> all = this.calls.of(this.handlers, null);
		return Page.of(TITLE, Html.of(
				"""
						<p>The application at <code>%s</code> accepts these tokens. No other application accepts them.</p>
						%s
						<form method="get" action="/">
						<label>Call <select name="call">%s</select></label>
						<button class="quiet">Fill in what this call requires</button>
						</form>
						<form method="post" action="/">
						<input type="hidden" name="call" value="%s">
						<input type="hidden" name="actor" value="%s">
						<fieldset>
						<legend>Caller</legend>
						<div class="choices">
						<label><input type="radio" name="caller" value="user"%s> a user</label>
						<label><input type="radio" name="caller" value="machine"%s> a machine</label>
						</div>
						<label>Subject <input type="text" name="subject" maxlength="200" autocomplete="off" value="%s"></label>
						</fieldset>
						%s
						%s
						%s
						<fieldset>
						<legend>Organization</legend>
						<label>Identifier <input type="text" name="organization" maxlength="200" list="organizations" autocomplete="off" value="%s"></label>
						<datalist id="organizations">%s</datalist>
						</fieldset>
						%s
						<fieldset>
						<legend>Time</legend>
						<label>Good for <select name="lifetime">%s</select></label>
						</fieldset>
						<button>Make a token</button>
						</form>
						""",
				this.origin, result, callOptions(all, form.call()), text(form.call()), text(token.actor()),
				checked(!token.machine()), checked(token.machine()), text(token.subject()),
				choices("Scopes", SCOPES, "scope", offered(Demands::scopes), token.scopes()),
				choices("Roles", Html.NOTHING, "role", offered(Demands::roles), token.roles()),
				choices("Permissions", Html.NOTHING, "permission", offered(Demands::permissions), token.permissions()),
				text(token.organization()), organizations(all), choices("Roles in the organization", Html.NOTHING,
						"organization-role", offered(Demands::roles), token.organizationRoles()),
				lifetimes(form.lifetime())));
	}

	private static String text(@Nullable String value) {
		return (value != null) ? value : "";
	}

	private static Html checked(boolean checked) {
		return new Html(checked ? " checked" : "");
	}

	private static Html callOptions(List<LocalCalls.Call> calls, @Nullable String chosen) {
		return Html
			.join(calls.stream().map((call) -> option(call.name(), call.name(), call.name().equals(chosen))).toList());
	}

	private static Html option(String value, String label, boolean selected) {
		return Html.of("<option value=\"%s\"%s>%s</option>", value, new Html(selected ? " selected" : ""), label);
	}

	/** The values that at least one of the handlers requires. */
	private Set<String> offered(Function<Demands, List<List<String>>> demanded) {
		return this.handlers.stream()
			.flatMap((handler) -> demanded.apply(handler.demands()).stream())
			.flatMap(List::stream)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Html choices(String legend, Html hint, String name, Set<String> offered, List<String> chosen) {
		List<Html> boxes = offered.stream()
			.map((value) -> Html.of("<label><input type=\"checkbox\" name=\"%s\" value=\"%s\"%s> %s</label>", name,
					value, checked(chosen.contains(value)), value))
			.toList();
		String others = chosen.stream().filter((value) -> !offered.contains(value)).collect(Collectors.joining(" "));
		return Html.of(
				"""
						<fieldset>
						<legend>%s</legend>
						%s
						<div class="choices">%s</div>
						<label>Others, separated by spaces <input type="text" name="more-%s" autocomplete="off" value="%s"></label>
						</fieldset>
						""",
				legend, hint, Html.join(boxes), name, others);
	}

	/** The organizations that the application allows, and those of its calls. */
	private Html organizations(List<LocalCalls.Call> calls) {
		List<String> allowed = this.properties.organization().allowed();
		Stream<String> named = (allowed != null) ? allowed.stream().filter((pattern) -> !pattern.contains("*"))
				: Stream.empty();
		return Html.join(Stream.concat(named, calls.stream().map((call) -> text(call.needs().organization())))
			.filter((organization) -> !organization.isEmpty())
			.distinct()
			.map((organization) -> Html.of("<option value=\"%s\">", organization))
			.toList());
	}

	private static Html lifetimes(Duration chosen) {
		return Html.join(TokenForm.LIFETIMES.stream()
			.map((lifetime) -> option(lifetime.toString(), inWords(lifetime), lifetime.equals(chosen)))
			.toList());
	}

	private static String inWords(Duration lifetime) {
		return (lifetime.toDays() > 0) ? counted(lifetime.toDays(), "day") : (lifetime.toHours() > 0)
				? counted(lifetime.toHours(), "hour") : counted(lifetime.toMinutes(), "minute");
	}

	private static String counted(long number, String unit) {
		return "%d %s%s".formatted(number, unit, (number == 1) ? "" : "s");
	}

}
