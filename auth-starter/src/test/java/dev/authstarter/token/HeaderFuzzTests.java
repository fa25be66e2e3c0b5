package dev.authstarter.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.event.AuthListener;
import dev.authstarter.event.RequestRefused;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every member of a JOSE header with every unusual value, for every algorithm: the token
 * is refused with a reason and an event, or it is valid in all parts that are read.
 */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(classes = { TestApi.class, HeaderFuzzTests.Events.class },
		properties = { "auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + TestToken.AUDIENCE })
class HeaderFuzzTests {

	private static final List<String> ALGORITHMS = List.of("RS256", "RS384", "RS512", "PS256", "ES256", "ES384",
			"ES512", "ES256K", "EdDSA", "Ed25519", "Ed448", "HS256", "none", "RSA-OAEP-256", "dir", "XX");

	/** Members that are neither common nor ours to read, and yet are in some tokens. */
	private static final List<String> FURTHER_NAMES = List.of("key_ops", "skid", "apv", "url", "svt", "ppt",
			"client_id", "jwks", "\u0000");

	private static final String RSA = "\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"";

	/** Keys, chains and what pretends to be one. */
	private static final List<String> KEYS_AND_CHAINS = List.of("{" + RSA + ",\"oth\":[{}]}",
			"{" + RSA + ",\"oth\":[null]}", "{" + RSA + ",\"oth\":[{\"r\":\"AQ\",\"d\":\"AQ\",\"t\":\"AQ\"}]}",
			"{" + RSA + ",\"oth\":{}}", "{" + RSA + ",\"d\":\"AQAB\"}", "{" + RSA + ",\"p\":1}", "{" + RSA + "}",
			"{" + RSA + ",\"x5c\":[\"AAAA\"]}", "{" + RSA + ",\"x5c\":[]}", "{" + RSA + ",\"x5c\":[null]}",
			"{" + RSA + ",\"key_ops\":[null]}", "{" + RSA + ",\"use\":1}", "{" + RSA + ",\"exp\":1e400}",
			"{" + RSA + ",\"revoked\":{}}", "{" + RSA + ",\"x5u\":\"h ttp:\"}", "{\"kty\":\"RSA\"}", "{\"kty\":null}",
			"{\"kty\":1}", "{\"kty\":\"x\"}", "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"\"}",
			"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
			"{\"kty\":\"EC\",\"crv\":\"\",\"x\":\"\",\"y\":\"\"}", "{\"kty\":\"EC\",\"crv\":null}",
			"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQ\",\"d\":\"\"}", "{\"kty\":\"OKP\",\"crv\":\"X25519\"}",
			"{\"kty\":\"oct\",\"k\":\"\"}", "[\"AAAA\"]", "[\"\"]", "[\"MIIB\",1]", "[\"not base64\"]", "\"h ttp:\"",
			"\"https://[::1\"", "\"file:///etc/passwd\"", "\"A\"", "{\"keys\":[{" + RSA + ",\"oth\":[{}]}]}");

	private static final String CLAIMS = TestToken.validAt(TestApi.NOW).claimsJson();

	private static final Set<Integer> STATUSES = Set.of(200, 401);

	@Autowired
	WebApplicationContext context;

	@Autowired
	Refusals refusals;

	@Test
	void nothingInAHeaderEscapesTheRefusal(CapturedOutput output) throws Exception {
		MockMvc chain = MockMvcBuilders.webAppContextSetup(this.context)
			.<DefaultMockMvcBuilder>addFilters(this.context.getBean("springSecurityFilterChain", Filter.class))
			.build();
		Map<Integer, Integer> answers = new TreeMap<>();
		for (String header : headers()) {
			String encoded = TestKey.encode(header) + "." + TestKey.encode(CLAIMS);
			answers.merge(send(chain, header, encoded + ".AAAA"), 1, Integer::sum);
		}
		// The signature is good where the header lets it count.
		for (String header : headersOf("RS256")) {
			String token = TestKey.RSA.sign(JWSAlgorithm.RS256, header, CLAIMS);
			int status = send(chain, header, token);
			assertThat(status == 200 && !ReferenceVerifier.isGood(token)).as(header).isFalse();
			answers.merge(status, 1, Integer::sum);
		}
		assertThat(answers.get(200)).as("what a header carries beside alg, typ and kid is ignored")
			.isGreaterThan(1_500);
		assertThat(answers.keySet()).isEqualTo(STATUSES);
		assertThat(this.refusals.count).hasValue(answers.getOrDefault(401, 0));
		assertThat(answers.get(401)).isGreaterThan(30_000);
		assertThat(output).doesNotContain(" ERROR ", "\tat ");
	}

	private int send(MockMvc chain, String header, String token) {
		try {
			MvcResult result = chain
				.perform(MockMvcRequestBuilders.get("/me").header("Authorization", "Bearer " + token))
				.andReturn();
			int status = result.getResponse().getStatus();
			assertThat(STATUSES).as(header).contains(status);
			if (status != 200) {
				assertThat(result.getResponse().getContentAsString()).as(header).contains("\"reason\":");
			}
			return status;
		}
		catch (Exception ex) {
			throw new AssertionError(header, ex);
		}
	}

	private static List<String> headers() {
		List<String> headers = new ArrayList<>();
		ALGORITHMS.forEach((algorithm) -> headers.addAll(headersOf(algorithm)));
		return headers;
	}

	/** Each value for each member, the algorithm's own included. */
	private static List<String> headersOf(String algorithm) {
		List<String> headers = new ArrayList<>();
		List<String> values = Stream.of(RequestFuzzer.PLAUSIBLE, RequestFuzzer.ODD, KEYS_AND_CHAINS)
			.flatMap(List::stream)
			.distinct()
			.toList();
		List<String> names = Stream.concat(RequestFuzzer.HEADER_NAMES.stream(), FURTHER_NAMES.stream()).toList();
		for (String name : names) {
			for (String value : values) {
				Map<String, String> members = new TreeMap<>(
						Map.of("alg", "\"" + algorithm + "\"", "kid", "\"rsa\"", "typ", "\"at+jwt\""));
				members.put(name, value);
				headers.add(members.entrySet()
					.stream()
					.map((member) -> "\"%s\":%s".formatted(member.getKey(), member.getValue()))
					.reduce((left, right) -> left + "," + right)
					.map("{%s}"::formatted)
					.orElseThrow());
			}
		}
		return headers;
	}

	/**
	 * Counts events.
	 */
	static final class Refusals implements AuthListener {

		private final AtomicInteger count = new AtomicInteger();

		@Override
		public void requestRefused(RequestRefused refused) {
			this.count.incrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Events {

		@Bean
		Refusals refusals() {
			return new Refusals();
		}

	}

}
