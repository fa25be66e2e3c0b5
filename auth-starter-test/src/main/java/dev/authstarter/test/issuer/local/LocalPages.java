package dev.authstarter.test.issuer.local;

import java.text.ParseException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jwt.SignedJWT;
import dev.authstarter.test.TokenForge;
import dev.authstarter.test.issuer.http.Answer;
import dev.authstarter.test.issuer.http.Endpoint;
import dev.authstarter.test.issuer.http.FormRequest;
import dev.authstarter.test.issuer.http.IssuerAddress;
import org.jspecify.annotations.Nullable;

/**
 * The additional endpoints of the issuer for local development: a page that makes tokens,
 * and a sign-in if front ends are configured.
 */
public final class LocalPages implements Endpoint {

	/** Endpoints whose answers pages of front ends may read. */
	private static final Set<String> SHARED = Set.of(IssuerAddress.TOKEN, IssuerAddress.KEY_SET,
			IssuerAddress.OPENID_METADATA, IssuerAddress.OAUTH_METADATA);

	private final IssuerAddress address;

	private final TokenPage tokenPage;

	private final TokenForge forge;

	private final FrontEnds frontEnds;

	private final AuthorizationEndpoint authorization;

	private final TokenEndpoint tokens;

	/**
	 * Create the pages.
	 * @param address the address of the issuer
	 * @param tokenPage the page that makes tokens
	 * @param forge makes the tokens
	 * @param properties users and clients
	 * @param frontEnds the front ends
	 * @param audiences the audiences of the API
	 * @param clock the application's clock
	 */
	public LocalPages(IssuerAddress address, TokenPage tokenPage, TokenForge forge, LocalIssuerProperties properties,
			FrontEnds frontEnds, List<String> audiences, Clock clock) {
		Codes codes = new Codes(clock);
		this.address = address;
		this.tokenPage = tokenPage;
		this.forge = forge;
		this.frontEnds = frontEnds;
		this.authorization = new AuthorizationEndpoint(address.issuer(), frontEnds, properties.users(), audiences,
				codes);
		this.tokens = new TokenEndpoint(forge, properties, audiences, codes);
	}

	@Override
	public @Nullable Answer answer(FormRequest request) {
		Answer refusal = Loopback.refuse(request);
		if (refusal != null) {
			return refusal;
		}
		if (SHARED.contains(request.path()) && "OPTIONS".equals(request.method())) {
			return this.frontEnds.preflight(request);
		}
		return switch (request.path()) {
			case "/" -> this.tokenPage.answer(request);
			case Page.STYLE -> Page.style(request);
			case IssuerAddress.AUTHORIZATION -> this.frontEnds.exist() ? this.authorization.authorize(request) : null;
			case IssuerAddress.LOGIN -> this.frontEnds.exist() ? this.authorization.signIn(request) : null;
			case IssuerAddress.TOKEN -> this.tokens.answer(request);
			default -> null;
		};
	}

	@Override
	public Answer complete(FormRequest request, Answer answer) {
		return SHARED.contains(request.path()) ? this.frontEnds.share(request, answer) : answer;
	}

	/**
	 * Return additional members of the metadata (RFC 8414 section 2, RFC 9207 section 3).
	 */
	public Map<String, Object> metadata() {
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("id_token_signing_alg_values_supported", List.of(algorithm()));
		metadata.put("token_endpoint_auth_methods_supported",
				List.of("none", "client_secret_basic", "client_secret_post"));
		if (this.frontEnds.exist()) {
			metadata.put("authorization_endpoint", this.address.uri(IssuerAddress.AUTHORIZATION).toString());
			metadata.put("grant_types_supported", List.of("authorization_code", "client_credentials"));
			metadata.put("response_modes_supported", List.of("query"));
			metadata.put("code_challenge_methods_supported", List.of("S256"));
			metadata.put("authorization_response_iss_parameter_supported", true);
		}
		return metadata;
	}

	private String algorithm() {
		try {
			return SignedJWT.parse(this.forge.token().value()).getHeader().getAlgorithm().getName();
		}
		catch (ParseException ex) {
			throw new IllegalStateException("A forged token cannot be read", ex);
		}
	}

}
