package dev.authstarter.authentication;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TypedClaims}.
 */
@SuppressWarnings("NullAway") // JSON's null is among the values.
class TypedClaimsTests {

	private final Map<String, Object> issued = new LinkedHashMap<>();

	private final TypedClaims claims;

	TypedClaimsTests() {
		this.issued.put("sub", "42");
		this.issued.put("exp", 1);
		this.issued.put("nickname", null);
		this.claims = new TypedClaims(this.issued, Map.of("exp", Instant.EPOCH, "iat", Instant.MIN));
	}

	@Test
	void findsTypedClaimBeforeIssuedOne() {
		assertThat(this.claims.get("exp")).isEqualTo(Instant.EPOCH);
		assertThat(this.claims.get("iat")).isEqualTo(Instant.MIN);
		assertThat(this.claims.get("sub")).isEqualTo("42");
		assertThat(this.claims.get("nickname")).isNull();
		assertThat(this.claims.get("aud")).isNull();
		assertThat(this.claims.get(null)).isNull();
	}

	@Test
	void containsWhatWasIssuedAndWhatWasAdded() {
		assertThat(this.claims.containsKey("iat")).isTrue();
		assertThat(this.claims.containsKey("nickname")).isTrue();
		assertThat(this.claims.containsKey("aud")).isFalse();
		assertThat(this.claims.containsKey(null)).isFalse();
	}

	@Test
	void hasTheClaimsInTheirOrder() {
		Map<String, Object> expected = new LinkedHashMap<>(this.issued);
		expected.put("exp", Instant.EPOCH);
		expected.put("iat", Instant.MIN);
		assertThat(this.claims).isEqualTo(expected).hasSize(4).hasSameHashCodeAs(expected);
		assertThat(this.claims.keySet()).containsExactly("sub", "exp", "nickname", "iat");
	}

	@Test
	void cannotBeChanged() {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.claims.put("a", 1));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(this.claims::clear);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.claims.entrySet().iterator().next().setValue(Collections.emptyList()));
	}

}
