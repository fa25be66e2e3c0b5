package dev.authstarter.servlet.chain;

import java.util.List;

import dev.authstarter.servlet.chain.SecurityChain.Taking;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.SingleResultAuthorizationManager;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestMatcherDelegatingAuthorizationManager;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.DispatcherTypeRequestMatcher;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.ParameterRequestMatcher;
import org.springframework.security.web.util.matcher.RegexRequestMatcher;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.pattern.PathPatternParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.pathPattern;

/**
 * Tests for {@link SecurityChain}, {@link SampleRequest} and {@link SamplePath}.
 */
class SecurityChainTests {

	static final List<Matching> MATCHINGS = List.of(new Matching(AnyRequestMatcher.INSTANCE, Taking.ALWAYS),
			new Matching(pathPattern("/api/**"), Taking.ALWAYS), new Matching(pathPattern("/other/**"), Taking.NEVER),
			new Matching(pathPattern(HttpMethod.GET, "/api/**"), Taking.ALWAYS),
			new Matching(pathPattern(HttpMethod.POST, "/api/**"), Taking.NEVER),
			new Matching(new OrRequestMatcher(pathPattern("/other"), pathPattern("/api/notes")), Taking.ALWAYS),
			new Matching(new AndRequestMatcher(pathPattern("/api/*"), pathPattern("/other")), Taking.NEVER),
			new Matching(new NegatedRequestMatcher(pathPattern("/other")), Taking.ALWAYS),
			new Matching(RegexRequestMatcher.regexMatcher("/api/[a-z]+"), Taking.SOMETIMES),
			new Matching(new DispatcherTypeRequestMatcher(DispatcherType.ERROR), Taking.NEVER),
			new Matching((request) -> request.getServletPath().startsWith("/api"), Taking.ALWAYS),
			new Matching(new RequestHeaderRequestMatcher("Authorization"), Taking.SOMETIMES),
			new Matching(new NegatedRequestMatcher(new RequestHeaderRequestMatcher("Authorization")), Taking.SOMETIMES),
			new Matching(new AndRequestMatcher(pathPattern("/api/**"), new RequestHeaderRequestMatcher("X")),
					Taking.SOMETIMES),
			new Matching(new AndRequestMatcher(pathPattern("/other"), new RequestHeaderRequestMatcher("X")),
					Taking.NEVER),
			new Matching(new OrRequestMatcher(pathPattern("/api/**"), new RequestHeaderRequestMatcher("X")),
					Taking.ALWAYS),
			new Matching(new MediaTypeRequestMatcher(MediaType.TEXT_HTML), Taking.SOMETIMES),
			new Matching(new IpAddressMatcher("10.0.0.0/8"), Taking.SOMETIMES),
			new Matching(new ParameterRequestMatcher("a"), Taking.SOMETIMES),
			new Matching((request) -> request.getServerName().equals("api.example"), Taking.SOMETIMES),
			new Matching((request) -> request.isSecure(), Taking.SOMETIMES),
			new Matching((request) -> request.getCookies() == null, Taking.SOMETIMES),
			new Matching((request) -> request.getSession(false) == null, Taking.SOMETIMES),
			new Matching((request) -> request.getHeaders("Accept").hasMoreElements(), Taking.SOMETIMES),
			new Matching((request) -> request.getParameterMap().isEmpty(), Taking.SOMETIMES),
			new Matching((request) -> request.getContentLengthLong() > 0, Taking.SOMETIMES));

	@ParameterizedTest
	@FieldSource("MATCHINGS")
	void saysWhetherMethodAndPathDecide(Matching matching) {
		assertThat(chain(matching.matcher()).takes("GET", "/api/notes")).isEqualTo(matching.taking());
	}

	@Test
	void admitsAnonymousCallersIfTheFirstMatchingRuleDoes() {
		assertThat(rules("/api/notes").admitsAnonymous("GET", "/api/notes")).isTrue();
		assertThat(rules("/api/notes").admitsAnonymous("GET", "/api/others")).isFalse();
		assertThat(chain(AnyRequestMatcher.INSTANCE).admitsAnonymous("GET", "/api/notes")).isTrue();
	}

	@Test
	void takesRuleThatCannotBeAskedForClosed() {
		SecurityChain chain = chain(AnyRequestMatcher.INSTANCE, new AuthorizationFilter((caller, request) -> {
			throw new IllegalStateException("asks a database");
		}));
		assertThat(chain.admitsAnonymous("GET", "/api/notes")).isFalse();
	}

	@Test
	void takesRuleThatAbstainsForOpenAsSpringSecurityDoes() {
		SecurityChain chain = chain(AnyRequestMatcher.INSTANCE, new AuthorizationFilter((caller, request) -> null));
		assertThat(chain.admitsAnonymous("GET", "/api/notes")).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/notes                      | /notes
			notes                       | /notes
			''                          | /
			/**                         | /sample
			/notes/{id}                 | /notes/sample
			/notes/{id}/*.txt           | /notes/sample/sample.txt
			/notes/{id:\\d+}            | /notes/1
			/notes/{id:[0-9]{4}-.*}     | /notes/2030-01-01
			/notes/{id:[A-Z]{6}}/p?ges  | /notes/SAMPLE/pxges
			/notes/{*rest}              | /notes/sample
			/notes/{id:[0-9a-f-]{36}}   | /notes/00000000-0000-4000-8000-000000000000
			""")
	void findsPathThatPatternMatches(String pattern, String path) {
		assertThat(SamplePath.of(pattern)).isEqualTo(path);
		if (!pattern.isEmpty()) {
			assertThat(PathPatternParser.defaultInstance.parse(pattern.startsWith("/") ? pattern : "/" + pattern)
				.matches(PathContainer.parsePath(path))).isTrue();
		}
	}

	private static SecurityChain rules(String open) {
		return chain(AnyRequestMatcher.INSTANCE,
				new AuthorizationFilter(RequestMatcherDelegatingAuthorizationManager.builder()
					.add(pathPattern(open), SingleResultAuthorizationManager.permitAll())
					.add(AnyRequestMatcher.INSTANCE, AuthenticatedAuthorizationManager.authenticated())
					.build()));
	}

	private static SecurityChain chain(RequestMatcher matcher, Filter... filters) {
		return new SecurityChain("chain", new DefaultSecurityFilterChain(matcher, filters), false, null);
	}

	/**
	 * A matcher, and whether it takes {@code GET /api/notes}.
	 *
	 * @param matcher the matcher
	 * @param taking whether it does
	 */
	record Matching(RequestMatcher matcher, Taking taking) {

	}

}
