package dev.authstarter.test.issuer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.authstarter.test.issuer.http.Answer;
import dev.authstarter.test.issuer.http.IssuerAddress;

/**
 * The endpoints of the issuer's metadata (OpenID Connect Discovery 1.0 section 4, RFC
 * 8414 section 3).
 */
final class MetadataEndpoint {

	private final IssuerAddress address;

	private final AtomicInteger fetches = new AtomicInteger();

	private final Map<String, Object> overrides = new ConcurrentHashMap<>();

	private volatile Map<String, Object> more = Map.of();

	private volatile boolean openId = true;

	private volatile boolean oauth = true;

	MetadataEndpoint(IssuerAddress address) {
		this.address = address;
	}

	Answer answerOpenId() {
		return answer(this.openId);
	}

	Answer answerOAuth() {
		return answer(this.oauth);
	}

	private Answer answer(boolean published) {
		this.fetches.incrementAndGet();
		return published ? Answer.json(metadata()) : Answer.status(404);
	}

	private Map<String, Object> metadata() {
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("issuer", this.address.issuer());
		metadata.put("jwks_uri", this.address.uri(IssuerAddress.KEY_SET).toString());
		metadata.put("token_endpoint", this.address.uri(IssuerAddress.TOKEN).toString());
		metadata.put("introspection_endpoint", this.address.uri(IssuerAddress.INTROSPECTION).toString());
		metadata.put("grant_types_supported", List.of("client_credentials"));
		metadata.put("response_types_supported", List.of("code"));
		metadata.put("subject_types_supported", List.of("public"));
		metadata.put("id_token_signing_alg_values_supported", List.of("RS256"));
		metadata.putAll(this.more);
		metadata.putAll(this.overrides);
		return metadata;
	}

	/** Add members to every answer. */
	void announce(Map<String, Object> members) {
		this.more = Map.copyOf(members);
	}

	void withoutOpenId() {
		this.openId = false;
	}

	void withoutOAuth() {
		this.oauth = false;
	}

	void override(String name, String value) {
		this.overrides.put(name, value);
	}

	int fetches() {
		return this.fetches.get();
	}

	void recover() {
		this.overrides.clear();
		this.openId = true;
		this.oauth = true;
	}

	void resetCounters() {
		this.fetches.set(0);
	}

}
