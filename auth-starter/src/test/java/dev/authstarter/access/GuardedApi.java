package dev.authstarter.access;

import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.RequiresCaller;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresPermission;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.servlet.inventory.RouteRule;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

import static org.springframework.web.servlet.function.RequestPredicates.path;
import static org.springframework.web.servlet.function.RouterFunctions.nest;
import static org.springframework.web.servlet.function.RouterFunctions.route;

/**
 * An API with every kind of rule and every kind of handler.
 */
@Import({ TestApi.class, GuardedApi.Rooms.class, GuardedApi.Keys.class, GuardedApi.CatchAll.class })
class GuardedApi {

	@Bean
	Vault vault() {
		return new Vault();
	}

	@Bean
	StockVault stockVault() {
		return new StockVault();
	}

	@Bean
	RouterFunction<ServerResponse> closedRoutes() {
		return RouteRule.scopes("read:routes")
			.and(RouteRule.callers(CallerType.USER))
			.around(nest(path("/routes"),
					route().GET("/closed", (request) -> ServerResponse.ok().body("closed"))
						.POST("/closed", (request) -> ServerResponse.ok().body(request.body(String.class)))
						.build()));
	}

	@Bean
	RouterFunction<ServerResponse> silentRoutes() {
		return route().GET("/routes/silent", (request) -> ServerResponse.ok().body("silent"))
			.GET("/organizations/{organizationId}/route", (request) -> ServerResponse.ok().body("route"))
			.build();
	}

	@Bean("/handlers/bean")
	HttpRequestHandler requestHandler() {
		return (request, response) -> response.getWriter().write("bean");
	}

	/** What a controller promises. */
	interface RoomApi {

		@GetMapping("/rooms")
		@RequiresScope("read:rooms")
		String list();

	}

	@RestController
	static final class Rooms implements RoomApi {

		private final Vault vault;

		Rooms(Vault vault) {
			this.vault = vault;
		}

		@Override
		public String list() {
			return "rooms";
		}

		@PostMapping("/rooms")
		@RequiresScope("write:rooms")
		int create(@RequestBody byte[] body) {
			return body.length;
		}

		@DeleteMapping("/rooms/{id}")
		@RequiresScope(anyOf = { "write:rooms", "admin" })
		@RequiresRole("editor")
		void delete(@PathVariable int id) {
		}

		@GetMapping("/rooms/permission")
		@RequiresPermission("rooms:count")
		String permission() {
			return "counted";
		}

		@GetMapping("/rooms/machine")
		@RequiresCaller(CallerType.MACHINE)
		String machine() {
			return "machine";
		}

		@GetMapping("/rooms/anyone")
		@RequiresCaller({ CallerType.USER, CallerType.MACHINE })
		String anyone() {
			return "anyone";
		}

		@GetMapping("/rooms/organization")
		@RequiresOrganization
		String organization(Organization organization) {
			return organization.id();
		}

		@GetMapping("/rooms/private")
		@RequiresScope("read:rooms")
		@SuppressWarnings("UnusedMethod")
		private String hidden() {
			return "hidden";
		}

		@GetMapping("/rooms/silent")
		Map<String, Object> silent(AccessToken caller, @Nullable Organization organization) {
			return Map.of("subject", caller.subject(), "organization", String.valueOf(organization));
		}

		@GetMapping("/vault")
		@RequiresScope("read:notes")
		String vault() {
			return this.vault.open();
		}

	}

	@RestController
	@RequestMapping("/keys")
	static class Keys {

		private final StockVault vault;

		Keys(StockVault vault) {
			this.vault = vault;
		}

		@GetMapping
		@PreAuthorize("hasAuthority('SCOPE_read:keys') and hasAuthority('SCOPE_see:keys')")
		public String list() {
			return "keys";
		}

		@GetMapping("/vault")
		@RequiresScope("read:notes")
		public String vault() {
			return this.vault.open();
		}

	}

	/** No web handler. */
	static class Vault {

		@RequiresScope("open:vault")
		@RequiresRole("owner")
		public String open() {
			return "gold";
		}

	}

	/** No web handler, closed with Spring Security's own words. */
	static class StockVault {

		@PreAuthorize("hasRole('keeper') or hasAuthority('SCOPE_open:vault')")
		public String open() {
			return "silver";
		}

	}

	/** Turns every exception into a failure, as many applications do. */
	@RestControllerAdvice(assignableTypes = Rooms.class)
	static class CatchAll {

		@ExceptionHandler(RuntimeException.class)
		@ResponseStatus(HttpStatus.INTERNAL_SERVER_ERROR)
		String failed() {
			return "failed";
		}

	}

}
