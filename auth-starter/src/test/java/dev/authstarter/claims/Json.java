package dev.authstarter.claims;

import java.text.ParseException;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;

/**
 * JSON objects as the library reads them. In tests, ' is written for ".
 */
public final class Json {

	private Json() {
	}

	static Map<String, Object> member(Map<String, Object> object, String name) {
		try {
			Map<String, Object> member = JSONObjectUtils.getJSONObject(object, name);
			if (member != null) {
				return member;
			}
		}
		catch (ParseException ex) {
			// is no object
		}
		throw new IllegalArgumentException(name);
	}

	public static Map<String, Object> object(String json) {
		try {
			return JSONObjectUtils.parse(json.replace('\'', '"'));
		}
		catch (ParseException ex) {
			throw new IllegalArgumentException(json, ex);
		}
	}

}
