package dev.authstarter.test.attack.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Attacks on the way in which a token is sent (RFC 6750 section 2, RFC 9110 section 11).
 */
final class CredentialAttacks {

	private static final String BASIC = "Basic "
			+ Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));

	/** Longer than any configuration allows. */
	private static final int OVERSIZE = 300 * 1024;

	private CredentialAttacks() {
	}

	static List<Attack> all() {
		return List.of(anonymous("no-token", "No credential at all.", Aim::request),
				anonymous("empty-header", "An `Authorization` header without a value.",
						(aim) -> aim.request().withAuthorization("")),
				anonymous("basic-scheme", "A user name and a password.",
						(aim) -> aim.request().withAuthorization(BASIC)),
				anonymous("other-scheme", "A valid token under the scheme `Token`.", (aim) -> sent(aim, "Token %s")),
				anonymous("dpop-scheme", "A valid token under the scheme `DPoP`, without a proof.",
						(aim) -> sent(aim, "DPoP %s")),
				anonymous("no-scheme", "A valid token without a scheme.", (aim) -> sent(aim, "%s")),
				anonymous("glued-scheme", "A valid token directly after `Bearer`.", (aim) -> sent(aim, "Bearer%s")),
				anonymous("query-parameter", "A valid token in the query.",
						(aim) -> aim.request().withQuery("access_token=" + aim.token().value())),
				anonymous("form-body", "A valid token in a form.",
						(aim) -> aim.request().withForm("access_token=" + aim.token().value()))
					.unless(CredentialAttacks::noForm),
				anonymous("cookie", "A valid token in a cookie.",
						(aim) -> aim.request().withHeader(HttpHeaders.COOKIE, "access_token=" + aim.token().value())),
				anonymous("proxy-header", "A valid token in `Proxy-Authorization`.",
						(aim) -> aim.request()
							.withHeader(HttpHeaders.PROXY_AUTHORIZATION, aim.token().authorization())),
				anonymous("forwarded-header", "A valid token in `X-Forwarded-Authorization`.",
						(aim) -> aim.request().withHeader("X-Forwarded-Authorization", aim.token().authorization())),
				malformed("scheme-only", "`Bearer` and nothing after it.",
						(aim) -> aim.request().withAuthorization("Bearer")),
				malformed("two-tokens", "Two valid tokens, separated by a blank.",
						(aim) -> sent(aim, "Bearer %1$s %1$s")),
				malformed("token-list", "Two valid tokens, separated by a comma.",
						(aim) -> sent(aim, "Bearer %1$s,%1$s")),
				malformed("credential-list", "Two credentials, separated by a comma.",
						(aim) -> sent(aim, "Bearer %1$s, Bearer %1$s")),
				malformed("auth-parameter", "A valid token followed by a parameter.",
						(aim) -> sent(aim, "Bearer %s, realm=\"api\"")),
				malformed("quoted-token", "A valid token in quotation marks.", (aim) -> sent(aim, "Bearer \"%s\"")),
				malformed("tab", "A tab between `Bearer` and a valid token.", (aim) -> sent(aim, "Bearer\t%s")),
				malformed("two-blanks", "Two blanks between `Bearer` and a valid token.",
						(aim) -> sent(aim, "Bearer  %s")),
				malformed("percent-encoded", "A valid token whose dots are percent-encoded.",
						(aim) -> aim.request().withAuthorization(aim.token().authorization().replace(".", "%2E"))),
				malformed("non-ascii", "A valid token followed by a letter that tokens cannot have.",
						(aim) -> sent(aim, "Bearer %s\u00e9")),
				multiple("two-headers", "The same valid token in two headers.",
						(aim) -> sent(aim, "Bearer %s", "Bearer %s")),
				multiple("two-schemes", "A valid token and a password.", (aim) -> sent(aim, "Bearer %s", BASIC)),
				multiple("header-and-query", "A valid token in header and query.",
						(aim) -> sent(aim, "Bearer %s").withQuery("access_token=" + aim.token().value())),
				Attack.of(Family.CREDENTIALS, "header-and-form",
						"An expired token in the header and a valid one in a form.", Reason.TOKEN_EXPIRED,
						CredentialAttacks::expiredBesideForm)
					.unless(CredentialAttacks::noForm),
				Attack.of(Family.TIME, "lower-case-scheme",
						"An expired token under `bearer`, which is the same scheme.", Reason.TOKEN_EXPIRED,
						(aim) -> aim.request().withAuthorization("bearer " + aim.token().expired().value())),
				Attack.of(Family.TIME, "upper-case-scheme",
						"An expired token under `BEARER`, which is the same scheme.", Reason.TOKEN_EXPIRED,
						(aim) -> aim.request().withAuthorization("BEARER " + aim.token().expired().value())),
				Attack
					.of(Family.FORM, "oversize", "A token of 300 kB.", Reason.TOKEN_TOO_LONG,
							(aim) -> aim.bearing("a".repeat(OVERSIZE) + ".b.c"))
					.orByServer());
	}

	private static Attack anonymous(String name, String documentation, Function<Aim, AttackRequest> request) {
		return Attack.of(Family.CREDENTIALS, name, documentation, Reason.MISSING_TOKEN, request).anonymous();
	}

	private static Attack malformed(String name, String documentation, Function<Aim, AttackRequest> request) {
		return Attack.of(Family.CREDENTIALS, name, documentation, Reason.MALFORMED_REQUEST, request);
	}

	private static Attack multiple(String name, String documentation, Function<Aim, AttackRequest> request) {
		return Attack.of(Family.CREDENTIALS, name, documentation, Reason.MULTIPLE_CREDENTIALS, request);
	}

	/** Send a valid token, once in each header. */
	private static AttackRequest sent(Aim aim, String... headers) {
		String token = aim.token().value();
		String[] values = new String[headers.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = headers[i].formatted(token);
		}
		return aim.request().withAuthorization(values).keepingSecret(token);
	}

	/** Tokens in the body are ignored, so only the header counts. */
	private static AttackRequest expiredBesideForm(Aim aim) {
		return aim.request()
			.withAuthorization("Bearer " + aim.token().expired().value())
			.withForm("access_token=" + aim.token().value());
	}

	private static @Nullable String noForm(Aim aim) {
		return HttpMethod.POST.name().equals(aim.endpoint().method()) ? null : "forms are sent with POST";
	}

}
