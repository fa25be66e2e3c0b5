package dev.authstarter.authentication;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import org.junit.jupiter.api.Test;

import org.springframework.security.core.GrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Authorities}.
 */
class AuthoritiesTests {

	private final Authorities authorities = new Authorities("SCOPE_", "ROLE_", "PERMISSION_");

	@Test
	void spellsEachKindWithItsPrefix() {
		assertThat(this.authorities.of(token(Set.of("a"), Set.of("a"), Set.of("a"))))
			.extracting(GrantedAuthority::getAuthority)
			.containsExactly("SCOPE_a", "ROLE_a", "PERMISSION_a");
	}

	@Test
	void readsBackWhatItSpells() {
		List<GrantedAuthority> spelled = this.authorities.of(token(Set.of("a", "b"), Set.of("c"), Set.of("SCOPE_d")));
		assertThat(this.authorities.scopes(spelled)).containsExactlyInAnyOrder("a", "b");
		assertThat(this.authorities.roles(spelled)).containsExactly("c");
		assertThat(this.authorities.permissions(spelled)).containsExactly("SCOPE_d");
	}

	@Test
	void sharesAuthoritiesBetweenTokens() {
		GrantedAuthority first = this.authorities.of(token(Set.of("a"), Set.of(), Set.of())).get(0);
		assertThat(this.authorities.of(token(Set.of("a"), Set.of(), Set.of())).get(0)).isSameAs(first);
	}

	@Test
	void sharesNoMoreNamesThanItSaid() {
		Set<String> names = new HashSet<>();
		for (int i = 0; i < 10_000; i++) {
			names.add("name-" + i);
		}
		this.authorities.of(token(names, Set.of(), Set.of()));
		isSpelledAnew("one-more");
	}

	@Test
	void sharesNoLongName() {
		isSpelledAnew("x".repeat(201));
	}

	private void isSpelledAnew(String name) {
		GrantedAuthority first = this.authorities.of(token(Set.of(name), Set.of(), Set.of())).get(0);
		assertThat(this.authorities.of(token(Set.of(name), Set.of(), Set.of()))).first()
			.isEqualTo(first)
			.isNotSameAs(first);
	}

	private static AccessToken token(Set<String> scopes, Set<String> roles, Set<String> permissions) {
		return new AccessToken("https://issuer.example/", "42", "client", CallerType.USER, scopes, roles, permissions,
				List.of(), null, Instant.MAX, Map.of());
	}

}
