package dev.authstarter.attacked;

import java.io.IOException;
import java.util.List;

import dev.authstarter.Organization;
import dev.authstarter.RequiresScope;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Mistakes of applications, each to be added to {@link NoteApplication}, and the attacks
 * on an application with the mistake.
 */
public final class PlantedHoles {

	private PlantedHoles() {
	}

	/** Callers choose their organization in the query. */
	@RestController
	public static class BoundFromQuery {

		@GetMapping("/hole")
		@RequiresScope("read:notes")
		String hole(List<Organization> organizations) {
			return organizations.toString();
		}

	}

	/** Callers choose their organization in a path or a parameter. */
	@RestController
	public static class BoundFromText {

		@GetMapping("/hole")
		@RequiresScope("read:notes")
		String hole(@RequestParam Organization organization) {
			return organization.id();
		}

	}

	/** Callers choose their organization in a body. */
	@RestController
	public static class BoundFromBody {

		@PostMapping("/hole")
		@RequiresScope("read:notes")
		String hole(@RequestBody Draft draft) {
			return draft.owner().id();
		}

		record Draft(String title, Organization owner) {

		}

	}

	/** The owner of the library is not compared with the token. */
	@RestController
	public static class OtherVariable {

		@GetMapping("/libraries/{libraryId}/books")
		@RequiresScope("read:notes")
		String hole(@PathVariable String libraryId, Organization organization) {
			return libraryId;
		}

	}

	/** Has no rule. */
	@RestController
	public static class ForgottenRule {

		@GetMapping("/hole")
		String hole() {
			return "hole";
		}

	}

	/** Calls a refusal a success. */
	@RestController
	@RestControllerAdvice
	public static class FriendlyAdvice {

		@GetMapping("/hole")
		@PreAuthorize("hasAuthority('SCOPE_read:notes')")
		public String hole() {
			return "hole";
		}

		@ExceptionHandler
		public String sorry(AccessDeniedException refusal) {
			return "sorry";
		}

	}

	/** Serves beside Spring MVC. */
	@Configuration(proxyBeanMethods = false)
	public static class SecondServlet {

		@Bean
		ServletRegistrationBean<HttpServlet> hole() {
			return new ServletRegistrationBean<>(new HttpServlet() {

				private static final long serialVersionUID = 1L;

				@Override
				protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
					response.getWriter().write("hole");
				}

			}, "/hole/*");
		}

	}

	@Import(ForgottenRule.class)
	public static class ForgottenRuleSuite extends HoleSuite {

	}

	@Import(FriendlyAdvice.class)
	public static class FriendlyAdviceSuite extends HoleSuite {

	}

	@Import(SecondServlet.class)
	public static class SecondServletSuite extends HoleSuite {

	}

}
