package dev.authstarter.refusal;

import java.util.LinkedHashMap;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;

/**
 * What a refused request is answered with.
 *
 * @param status the status of the response, as in the body
 * @param headers headers to set
 * @param body the problem body (RFC 9457), with the members {@code reason} and, where
 * something was needed, {@code required}
 */
public record RenderedRefusal(int status, HttpHeaders headers, ProblemDetail body) {

	/**
	 * Write the body as JSON.
	 * @return an object with the members of the body
	 */
	public String json() {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("type", String.valueOf(this.body.getType()));
		members.put("title", this.body.getTitle());
		members.put("status", this.body.getStatus());
		if (this.body.getProperties() != null) {
			members.putAll(this.body.getProperties());
		}
		return JSONObjectUtils.toJSONString(members);
	}

}
