package dev.authstarter.servlet;

import dev.authstarter.RequiresScope;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Handlers of each kind below {@code /api} and below {@code /pages}.
 */
final class ChainHandlers {

	private ChainHandlers() {
	}

	/**
	 * A kind of handler.
	 */
	enum Kind {

		API_RULE(ApiRule.class, "/api/rule"), API_SILENT(ApiSilent.class, "/api/silent"),
		API_ORGANIZATION(ApiOrganization.class, "/api/organizations/org_acme"),
		PAGE_RULE(PageRule.class, "/pages/rule"), PAGE_SILENT(PageSilent.class, "/pages/silent"),
		PAGE_ORGANIZATION(PageOrganization.class, "/pages/organizations/org_acme");

		private final Class<?> controller;

		private final String path;

		Kind(Class<?> controller, String path) {
			this.controller = controller;
			this.path = path;
		}

		Class<?> controller() {
			return this.controller;
		}

		String path() {
			return this.path;
		}

	}

	@RestController
	static class ApiRule {

		@GetMapping("/api/rule")
		@RequiresScope("read:notes")
		String get() {
			return "rule";
		}

	}

	@RestController
	static class ApiSilent {

		@GetMapping("/api/silent")
		String get() {
			return "silent";
		}

	}

	@RestController
	static class ApiOrganization {

		@GetMapping("/api/organizations/{organizationId}")
		String get(@PathVariable String organizationId) {
			return organizationId;
		}

	}

	@RestController
	static class PageRule {

		@GetMapping("/pages/rule")
		@RequiresScope("read:notes")
		String get() {
			return "rule";
		}

	}

	@RestController
	static class PageSilent {

		@GetMapping("/pages/silent")
		String get() {
			return "silent";
		}

	}

	@RestController
	static class PageOrganization {

		@GetMapping("/pages/organizations/{organizationId}")
		String get(@PathVariable String organizationId) {
			return organizationId;
		}

	}

	/** Its patterns and methods may be taken by several chains. */
	@RestController
	static class Everywhere {

		@RequestMapping({ "/api/everywhere", "/pages/everywhere" })
		@RequiresScope("read:notes")
		String any() {
			return "everywhere";
		}

	}

	@RestController
	static class Posts {

		@PostMapping("/api/posts")
		@RequiresScope("read:notes")
		String post() {
			return "posted";
		}

	}

}
