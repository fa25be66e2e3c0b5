package dev.authstarter.jose;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.Reason;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CompactJwsTests {

	private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	private static final String HEADER = TestKey.encode("{\"alg\":\"RS256\"}");

	private static final String CLAIMS = TestKey.encode("{\"a\":1}");

	@ParameterizedTest
	@ValueSource(strings = { "a.b.c", "a.b.", "..", ".b.", "a..c" })
	void threePartsAreTheForm(String value) {
		assertThat(CompactJws.hasForm(value)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", ".", "a.b", ".a", "a.", "...", "a.b.c.", "a.b.c.d.e" })
	void anythingElseIsNot(String value) {
		assertThat(CompactJws.hasForm(value)).isFalse();
	}

	@Test
	void takesTokenApart() {
		TestToken token = TestToken.validAt(TestApi.NOW);
		String value = token.signed();
		CompactJws jws = parse(value);
		assertThat(jws.header().members()).isEqualTo(token.header());
		assertThat(jws.claims()).containsEntry("sub", "auth0|42").hasSameSizeAs(token.claims());
		assertThat(jws.header().algorithm()).isEqualTo("RS256");
		assertThat(jws.header().jws().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
		assertThat(jws.header().jws().getKeyID()).isEqualTo("rsa");
		assertThat(new String(jws.signingInput(), StandardCharsets.US_ASCII) + "." + jws.signature()).isEqualTo(value);
	}

	@Test
	void showsNothingOfTheToken() {
		CompactJws jws = parse(TestToken.validAt(TestApi.NOW).signed());
		assertThat(List.of(jws, jws.header()).toString()).doesNotContain("eyJ", "alg", "rsa", "auth0|42");
	}

	@Test
	void acceptsExactlyTheSpellingThatAnEncoderWrites() {
		for (int length = 0; length <= 4; length++) {
			for (int i = 0; i < ALPHABET.length(); i++) {
				String signature = (length > 0) ? "A".repeat(length - 1) + ALPHABET.charAt(i) : "";
				assertThat(parses(signature)).as(signature).isEqualTo(isCanonical(signature));
			}
		}
	}

	private static boolean isCanonical(String text) {
		try {
			return Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString(Base64.getUrlDecoder().decode(text))
				.equals(text);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	@Test
	void acceptsNoCharacterOutsideTheAlphabet() {
		for (char c = 0; c < 0x250; c++) {
			assertThat(parses(c + "AAA")).as("character %d", (int) c).isEqualTo(ALPHABET.indexOf(c) >= 0);
		}
		assertThat(parses("AAA\ufeff")).isFalse();
	}

	private static boolean parses(String signature) {
		ParsedJws parsed = CompactJws.parse(HEADER + "." + CLAIMS + "." + signature, new KnownHeaders());
		if (parsed instanceof ParsedJws.Unreadable unreadable) {
			assertThat(unreadable.reason()).isEqualTo(Reason.MALFORMED_TOKEN);
		}
		return parsed instanceof CompactJws;
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"alg\":\"RS256\",\"typ\":1}", "{\"alg\":\"RS256\",\"kid\":1}", "{\"alg\":1}", "{}" })
	void refusesMalformedHeader(String header) {
		assertThat(CompactJws.parse(TestKey.encode(header) + "." + CLAIMS + ".AAAA", new KnownHeaders()))
			.isEqualTo(new ParsedJws.Unreadable(Reason.MALFORMED_TOKEN));
	}

	private static CompactJws parse(String token) {
		return (CompactJws) CompactJws.parse(token, new KnownHeaders());
	}

}
