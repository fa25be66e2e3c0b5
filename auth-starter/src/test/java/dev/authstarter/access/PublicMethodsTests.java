package dev.authstarter.access;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Paths that are open for one HTTP method, over HTTP.
 */
@ApiTest(value = PublicMethodsTests.Api.class,
		properties = { "auth-starter.public-paths=GET /catalog/**", "auth-starter.undeclared-handlers=deny" })
class PublicMethodsTests {

	@Autowired
	HttpCalls http;

	@Autowired
	HandlerInventory inventory;

	@ParameterizedTest
	@CsvSource({ "GET, /catalog/1, false, 200", "HEAD, /catalog/1, false, 200", "POST, /catalog/1, false, 401",
			"DELETE, /catalog/1, false, 401", "PUT, /catalog/1, false, 401", "OPTIONS, /catalog/1, false, 401",
			"GET, /catalog/1, true, 200", "POST, /catalog/1, true, 403", "GET, /catalog/any, false, 200",
			"POST, /catalog/any, false, 401", "GET, /catalog/any, true, 200", "POST, /catalog/any, true, 403",
			"GET, /catalogs, false, 401" })
	void areOpenForThatMethodAlone(String method, String path, boolean token, int status) {
		var request = this.http.request(path).method(method, BodyPublishers.noBody());
		if (token) {
			request.header("Authorization", "Bearer " + TestToken.validAt(TestApi.NOW).signed());
		}
		HttpResponse<String> response = this.http.send(request);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
	}

	@Test
	void standInTheInventory() {
		assertThat(this.inventory.handlers()).filteredOn(HandlerDescription::open)
			.extracting((handler) -> handler.methods() + " " + handler.patterns())
			.contains("[GET] [/catalog/{id}]")
			.doesNotContain("[POST] [/catalog/{id}]", "[] [/catalog/any]");
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ TestApi.class, Catalog.class })
	static class Api {

	}

	@RestController
	static class Catalog {

		@GetMapping("/catalog/{id}")
		String read() {
			return "read";
		}

		@PostMapping("/catalog/{id}")
		String write() {
			return "written";
		}

		@RequestMapping("/catalog/any")
		String any() {
			return "any";
		}

	}

}
