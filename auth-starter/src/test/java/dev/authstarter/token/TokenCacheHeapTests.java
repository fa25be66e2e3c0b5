package dev.authstarter.token;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.authentication.AuthoritiesAutoConfiguration;
import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.EventAutoConfiguration;
import dev.authstarter.fixture.Heap;
import dev.authstarter.fixture.JsonServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import dev.authstarter.keys.KeysAutoConfiguration;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.oauth2.jwt.JwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The heap that cached tokens use, for different kinds of claims.
 */
@Tag("heap")
class TokenCacheHeapTests {

	private static final int BOUND = 8 * 1024 * 1024;

	private ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AuthStarterAutoConfiguration.class, EventAutoConfiguration.class,
				IssuerAutoConfiguration.class, KeysAutoConfiguration.class, ClaimsAutoConfiguration.class,
				AuthoritiesAutoConfiguration.class, TokenAutoConfiguration.class))
		.withUserConfiguration(TestTrust.class)
		.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + TestToken.AUDIENCE,
				"auth-starter.cache.maximum-size=8MB", "auth-starter.token.maximum-length=64KB",
				"auth-starter.claims.roles[0]=/resource_access/*/roles",
				"auth-starter.claims.permissions[0]=permissions", "auth-starter.claims.organizations[0]=/orgs/{org}");

	static Stream<Named<IntFunction<Map<String, Object>>>> claims() {
		return Stream.of(Named.of("no further claims", (i) -> Map.of()),
				Named.of("40 clients in resource_access",
						(i) -> Map.of("resource_access", members(40, (j) -> Map.of("roles", List.of("role-" + j))))),
				Named.of("150 small objects", (i) -> Map.of("small", members(150, (j) -> Map.of("a", j)))),
				Named.of("1,500 empty objects", (i) -> Map.of("empty", members(1_500, (j) -> Map.of()))),
				Named.of("2,500 empty objects in a list",
						(i) -> Map.of("empty", IntStream.range(0, 2_500).mapToObj((j) -> Map.of()).toList())),
				Named.of("1,000 lists of one number",
						(i) -> Map.of("lists", IntStream.range(0, 1_000).mapToObj((j) -> List.of(1_000 + j)).toList())),
				Named.of("3,000 numbers", (i) -> Map.of("numbers", IntStream.range(0, 3_000).boxed().toList())),
				Named.of("1,000 short texts",
						(i) -> Map.of("texts", IntStream.range(0, 1_000).mapToObj((j) -> "t" + j).toList())),
				Named.of("long texts beyond Latin-1", (i) -> Map.of("text", "\u20ac" + "x".repeat(9_000))),
				Named.of("1,000 scopes of each token's own", (i) -> Map.of("scope", words(1_000, (j) -> i + ":" + j))),
				Named.of("500 permissions of each token's own",
						(i) -> Map.of("permissions", IntStream.range(0, 500).mapToObj((j) -> i + ":" + j).toList())),
				Named.of("200 organizations", (i) -> Map.of("orgs", members(200, (j) -> Map.of("name", "n" + j)))));
	}

	private static Map<String, Object> members(int count, IntFunction<Object> value) {
		Map<String, Object> members = new LinkedHashMap<>();
		for (int i = 0; i < count; i++) {
			members.put("m" + i, value.apply(i));
		}
		return members;
	}

	private static String words(int count, IntFunction<String> word) {
		return IntStream.range(0, count).mapToObj(word).collect(Collectors.joining(" "));
	}

	@ParameterizedTest
	@MethodSource("claims")
	void staysWithinItsBound(IntFunction<Map<String, Object>> claims) {
		this.context.run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			TokenCache tokens = started.getBean(TokenCache.class);
			// Names that tokens share, and classes, are there before anything is
			// measured.
			for (int i = 0; i < 30; i++) {
				decoder.decode(token(i, claims));
			}
			tokens.cache().invalidateAll();
			long before = Heap.live();
			int count = 30;
			long evicted = 0;
			while (evicted == 0) {
				decoder.decode(token(count++, claims));
				tokens.cache().cleanUp();
				evicted = tokens.cache().stats().evictionCount();
			}
			long taken = Heap.live() - before;
			assertThat(tokens.cache().estimatedSize()).isPositive();
			assertThat(1.0 * taken / BOUND).isLessThan(1.3);
			tokens.cache().invalidateAll();
		});
	}

	/** Lightweight tokens are short, but their introspection responses are not. */
	@Test
	void staysWithinItsBoundWhereAnswersCompleteTheClaims() {
		try (JsonServer server = new JsonServer("/introspect")) {
			server.answer(200, "{\"active\":true,\"text\":\"" + "x".repeat(10_000) + "\"}");
			this.context = this.context.withPropertyValues(
					"auth-starter.introspection.uri=" + server.uri("/introspect"),
					"auth-starter.introspection.tokens=jwt", "auth-starter.introspection.time-to-live=10m",
					"auth-starter.introspection.client-id=api", "auth-starter.introspection.client-secret=secret");
			staysWithinItsBound((i) -> Map.of());
		}
	}

	private static String token(int id, IntFunction<Map<String, Object>> claims) {
		TestToken token = TestToken.validAt(TestApi.NOW).with("jti", "id-" + id);
		for (Map.Entry<String, Object> claim : claims.apply(id).entrySet()) {
			token = token.with(claim.getKey(), claim.getValue());
		}
		return TestKey.RSA.sign(JWSAlgorithm.RS256, token.headerJson(), token.claimsJson());
	}

}
