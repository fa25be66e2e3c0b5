package dev.authstarter.servlet;

import java.io.IOException;
import java.net.http.HttpResponse;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.filter.OncePerRequestFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The default chain with a filter of the application in it.
 */
@ApiTest(CustomizedChainTests.Api.class)
class CustomizedChainTests {

	@Autowired
	HttpCalls http;

	@Test
	void runsFilterThatIsCalledLikeOneOfSpringSecurity() {
		HttpResponse<String> response = this.http.getWithToken("/organizations/org_acme/notes",
				TestToken.validAt(TestApi.NOW).signed());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
		assertThat(response.headers().firstValue("X-Own")).contains("written");
	}

	/**
	 * An API that adds to the chain.
	 */
	@Import(TestApi.class)
	static class Api {

		@Bean
		Customizer<HttpSecurity> ownFilter() {
			return (http) -> http.addFilterBefore(new HeaderWriterFilter(), AuthorizationFilter.class);
		}

	}

	/**
	 * Has the simple name of Spring Security's own.
	 */
	private static final class HeaderWriterFilter extends OncePerRequestFilter {

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			response.setHeader("X-Own", "written");
			chain.doFilter(request, response);
		}

	}

}
