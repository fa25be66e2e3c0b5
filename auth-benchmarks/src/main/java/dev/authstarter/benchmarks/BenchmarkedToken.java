package dev.authstarter.benchmarks;

import java.util.ArrayList;
import java.util.List;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * The token that all benchmarks share, and an application that trusts its key.
 */
public final class BenchmarkedToken {

	public static final String ISSUER = "https://issuer.example/";

	public static final String AUDIENCE = "https://api.example";

	public static final TokenForge FORGE = TokenForge.of(ISSUER, AUDIENCE);

	private BenchmarkedToken() {
	}

	public static ForgedToken valid() {
		return FORGE.token()
			.withScopes("openid", "profile", "email", "read:a", "write:a", "read:b", "write:b", "read:c")
			.withPermissions(permissions())
			.withRoles("editor", "viewer", "owner")
			.forOrganization("org_acme")
			.withClaim("email", "alice@acme.example");
	}

	/**
	 * Make tokens that differ from each other as those of one caller do.
	 */
	public static List<String> distinct(int number, JWSAlgorithm algorithm) {
		List<String> tokens = new ArrayList<>(number);
		for (int i = 0; i < number; i++) {
			tokens.add(valid().withAlgorithm(algorithm).withClaim("jti", "token-" + i).value());
		}
		return tokens;
	}

	private static String[] permissions() {
		String[] permissions = new String[20];
		for (int i = 0; i < permissions.length; i++) {
			permissions[i] = "manage:resource-" + i;
		}
		return permissions;
	}

	public static ConfigurableApplicationContext startApplication(String... arguments) {
		return startApplication(FORGE.publicKeys(), arguments);
	}

	public static ConfigurableApplicationContext startApplication(JWKSet keys, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--spring.main.banner-mode=off", "--logging.level.root=warn",
				"--auth-starter.issuer=" + ISSUER, "--auth-starter.audience=" + AUDIENCE));
		all.addAll(List.of(arguments));
		return new SpringApplicationBuilder(autoConfigurations()).web(WebApplicationType.NONE)
			.initializers((context) -> context.getBeanFactory().registerSingleton("trustedKeys", new ForgeTrust(keys)))
			.run(all.toArray(String[]::new));
	}

	/** Return the auto-configurations of this library only. */
	private static Class<?>[] autoConfigurations() {
		ClassLoader loader = BenchmarkedToken.class.getClassLoader();
		List<Class<?>> classes = new ArrayList<>();
		for (String candidate : ImportCandidates.load(AutoConfiguration.class, loader)) {
			if (candidate.startsWith("dev.authstarter.")) {
				classes.add(ClassUtils.resolveClassName(candidate, loader));
			}
		}
		return classes.toArray(Class<?>[]::new);
	}

}
