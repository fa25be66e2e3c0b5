package dev.authstarter.token;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * For an ECDSA signature (r, s), (r, n - s) is also valid: issuers send either, and one
 * can be computed from the other. Both are the same token.
 */
@ApiTest(TwinSignatureTests.Api.class)
class TwinSignatureTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	@Autowired
	HttpCalls http;

	static Stream<Arguments> keys() {
		return Stream.of(Arguments.of(TestKey.P256, JWSAlgorithm.ES256), Arguments.of(TestKey.P384, JWSAlgorithm.ES384),
				Arguments.of(TestKey.P521, JWSAlgorithm.ES512));
	}

	@ParameterizedTest
	@MethodSource("keys")
	void acceptsBoth(TestKey key, JWSAlgorithm algorithm) throws JOSEException {
		String token = VALID.signedAsBy(key, algorithm);
		assertThat(twin(token, key)).isNotEqualTo(token);
		assertThat(twin(twin(token, key), key)).isEqualTo(token);
		for (String text : new String[] { token, twin(token, key), token, twin(token, key) }) {
			assertThat(this.http.answer(NOTES, text)).isEqualTo("200");
		}
	}

	@ParameterizedTest
	@MethodSource("keys")
	void refusesBothOfATokenThatIsDeniedByItsId(TestKey key, JWSAlgorithm algorithm) throws JOSEException {
		String token = VALID.with("jti", "denied").signedAsBy(key, algorithm);
		for (String text : new String[] { token, twin(token, key), token, twin(token, key) }) {
			assertThat(this.http.answer(NOTES, text)).isEqualTo("401 refused_by_rule");
		}
	}

	private static String twin(String token, TestKey key) throws JOSEException {
		int dot = token.lastIndexOf('.') + 1;
		byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot));
		int half = signature.length / 2;
		BigInteger order = key.publicKey().toECKey().toECPublicKey().getParams().getOrder();
		BigInteger s = order.subtract(new BigInteger(1, Arrays.copyOfRange(signature, half, signature.length)));
		byte[] other = s.toByteArray();
		Arrays.fill(signature, half, signature.length, (byte) 0);
		int length = Math.min(half, other.length);
		System.arraycopy(other, other.length - length, signature, signature.length - length, length);
		return token.substring(0, dot) + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(TestApi.class)
	static class Api {

		/** A list of denied tokens. */
		@Bean
		OAuth2TokenValidator<Jwt> denied() {
			return (jwt) -> "denied".equals(jwt.getId())
					? OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token"))
					: OAuth2TokenValidatorResult.success();
		}

	}

}
