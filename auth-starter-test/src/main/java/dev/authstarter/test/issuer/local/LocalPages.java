package dev.authstarter.test.issuer.local;

import dev.authstarter.test.issuer.http.Answer;
import dev.authstarter.test.issuer.http.Endpoint;
import dev.authstarter.test.issuer.http.FormRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the issuer for local development has beside the endpoints of every issuer.
 */
public final class LocalPages implements Endpoint {

	private final TokenPage tokens;

	/**
	 * Create the pages.
	 * @param tokens the page that makes tokens
	 */
	public LocalPages(TokenPage tokens) {
		this.tokens = tokens;
	}

	@Override
	public @Nullable Answer answer(FormRequest request) {
		Answer refusal = Loopback.refuse(request);
		if (refusal != null) {
			return refusal;
		}
		return switch (request.path()) {
			case "/" -> this.tokens.answer(request);
			case Page.STYLE -> Page.style(request);
			default -> null;
		};
	}

}
