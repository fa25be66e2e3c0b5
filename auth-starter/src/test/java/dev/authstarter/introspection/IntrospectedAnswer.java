package dev.authstarter.introspection;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

/**
 * The response of a known introspection endpoint, made of the members that its
 * documentation or source code names.
 *
 * @param name the server and the token
 * @param provider the preset for this server
 * @param says the kind of token of the answer
 * @param answer the answer
 * @param generic status and reason where no provider is configured
 * @param preset status and reason with the preset
 */
record IntrospectedAnswer(String name, String provider, String says, Map<String, Object> answer, String generic,
		String preset) {

	static List<IntrospectedAnswer> all() throws IOException {
		try (InputStream file = new ClassPathResource("introspection/answers.json").getInputStream()) {
			return JsonMapper.shared().readValue(file, new TypeReference<>() {
			});
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
