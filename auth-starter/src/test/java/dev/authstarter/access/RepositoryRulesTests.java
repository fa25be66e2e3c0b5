package dev.authstarter.access;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.rest.core.annotation.RepositoryRestResource;
import org.springframework.data.rest.webmvc.config.RepositoryRestMvcConfiguration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules on repositories, called by a controller and over HTTP by Spring Data REST.
 */
@ApiTest(value = RepositoryRulesTests.DataRestApi.class,
		properties = { "auth-starter.public-paths=/**", "spring.jpa.hibernate.ddl-auto=create-drop" })
class RepositoryRulesTests {

	@Autowired
	HttpCalls http;

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	EntityManager rows;

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	@BeforeEach
	void putARowInEachTable() {
		for (Item item : List.of(new TypedItem(), new OverridingItem(), new InheritingItem(), new StockItem())) {
			item.id = 1L;
			this.transaction.executeWithoutResult((status) -> this.rows.merge(item));
		}
	}

	static Stream<Arguments> calls() {
		return Stream.of(Arguments.of("DELETE", "/typed/1"), Arguments.of("GET", "/typed"),
				Arguments.of("PUT", "/typed/1"), Arguments.of("GET", "/typed/search/findByText?text=x"),
				Arguments.of("DELETE", "/overriding/1"), Arguments.of("GET", "/overriding/search/findByText?text=x"),
				Arguments.of("DELETE", "/inheriting/1"), Arguments.of("GET", "/desk/typed"),
				Arguments.of("GET", "/desk/overriding"), Arguments.of("GET", "/desk/inheriting"));
	}

	@ParameterizedTest
	@MethodSource("calls")
	void letsOnlyThoseInWhoHaveTheScope(String method, String path) {
		HttpResponse<String> unauthenticated = send(method, path, null);
		assertThat(unauthenticated.statusCode()).as(unauthenticated.body()).isEqualTo(401);
		assertThat(HttpCalls.json(unauthenticated)).containsEntry("reason", "missing_token");
		HttpResponse<String> without = send(method, path, this.valid);
		assertThat(without.statusCode()).as(without.body()).isEqualTo(403);
		assertThat(HttpCalls.json(without)).containsEntry("reason", "insufficient_scope");
		HttpResponse<String> with = send(method, path, this.valid.with("scope", "items"));
		assertThat(with.statusCode()).as(with.body()).isIn(200, 201, 204);
	}

	@ParameterizedTest
	@MethodSource("stockCalls")
	void enforcesStockAnnotationsToo(String method, String path) {
		HttpResponse<String> without = send(method, path, this.valid);
		assertThat(without.statusCode()).as(without.body()).isEqualTo(403);
		assertThat(send(method, path, this.valid.with("scope", "items")).statusCode()).isIn(200, 204);
	}

	static Stream<Arguments> stockCalls() {
		return Stream.of(Arguments.of("DELETE", "/stock/1"), Arguments.of("GET", "/stock"),
				Arguments.of("GET", "/stock/search/findByText?text=x"));
	}

	private HttpResponse<String> send(String method, String path, @Nullable TestToken token) {
		var request = this.http.request(path).header("Content-Type", "application/json");
		if (token != null) {
			request.header("Authorization", "Bearer " + token.signed());
		}
		return this.http.send(request.method(method,
				"PUT".equals(method) ? BodyPublishers.ofString("{\"text\":\"x\"}") : BodyPublishers.noBody()));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EntityScan(basePackageClasses = RepositoryRulesTests.class)
	@EnableJpaRepositories(considerNestedRepositories = true)
	@Import({ TestTrust.class, Desk.class, RepositoryRestMvcConfiguration.class })
	static class DataRestApi {

	}

	/** Demands nothing itself. */
	@RestController
	static final class Desk {

		private final Typed typed;

		private final Overriding overriding;

		private final Inheriting inheriting;

		@Autowired
		Desk(Typed typed, Overriding overriding, Inheriting inheriting) {
			this.typed = typed;
			this.overriding = overriding;
			this.inheriting = inheriting;
		}

		@GetMapping("/desk/typed")
		long typed() {
			return this.typed.count();
		}

		@GetMapping("/desk/overriding")
		int overriding() {
			return this.overriding.findByText("x").size();
		}

		@GetMapping("/desk/inheriting")
		void inheriting() {
			this.inheriting.deleteById(4711L);
		}

	}

	/** What repositories are about: Spring Data REST exports one for each entity. */
	@MappedSuperclass
	abstract static class Item {

		@Id
		@Nullable Long id;

		public @Nullable String text;

	}

	@Entity(name = "TypedItem")
	static class TypedItem extends Item {

	}

	@Entity(name = "OverridingItem")
	static class OverridingItem extends Item {

	}

	@Entity(name = "InheritingItem")
	static class InheritingItem extends Item {

	}

	@Entity(name = "StockItem")
	static class StockItem extends Item {

	}

	@RequiresScope("items")
	@RepositoryRestResource(path = "typed")
	interface Typed extends CrudRepository<TypedItem, Long> {

		List<TypedItem> findByText(String text);

	}

	@RepositoryRestResource(path = "overriding")
	interface Overriding extends CrudRepository<OverridingItem, Long> {

		@RequiresScope("items")
		List<OverridingItem> findByText(String text);

		@Override
		@RequiresScope("items")
		void deleteById(Long id);

		@Override
		@RequiresScope("items")
		void delete(OverridingItem item);

	}

	/** Declares for generic types what a repository inherits. */
	interface Deletes<T, I> {

		@RequiresScope("items")
		void deleteById(I id);

		@RequiresScope("items")
		void delete(T item);

	}

	@RepositoryRestResource(path = "inheriting")
	interface Inheriting extends CrudRepository<InheritingItem, Long>, Deletes<InheritingItem, Long> {

	}

	@PreAuthorize("hasAuthority('SCOPE_items')")
	@RepositoryRestResource(path = "stock")
	interface Stock extends CrudRepository<StockItem, Long> {

		List<StockItem> findByText(String text);

	}

}
