package dev.authstarter.test.attack;

import java.util.List;

import dev.authstarter.test.attack.catalogue.AttackRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class ExchangeTests {

	@Test
	void comparesWithoutIdentifiersThatStandAlone() {
		assertThat(exchange(200, "{\"id\":1,\"size\":10,\"name\":\"a1\",\"Path\":\"/x/ABC/1\"}")
			.contentWithout(List.of("1", "abc")))
			.isEqualTo("200 {\"id\":…,\"size\":10,\"name\":\"a1\",\"Path\":\"/x/…/…\"}");
	}

	@ParameterizedTest
	@CsvSource({ "200, true, false", "303, true, false", "404, false, false", "429, false, true", "500, false, true",
			"0, false, true", "-1, false, true" })
	void distinguishesSuccessAndFailure(int status, boolean success, boolean failure) {
		assertThat(exchange(status, "").isSuccess()).isEqualTo(success);
		assertThat(exchange(status, "").answer().isFailure()).isEqualTo(failure);
	}

	@Test
	void saysWhatHasHappened() {
		assertThat(exchange(403, "{\"reason\":\"insufficient_scope\"}").status()).isEqualTo("403 insufficient_scope");
		assertThat(exchange(0, "").status()).isEqualTo("nothing: the connection was closed without an answer");
		assertThat(exchange(-1, "").status()).isEqualTo("nothing: there was no answer in time");
		assertThat(exchange(200, "").requestLine()).isEqualTo("PUT /a?b=c\n           {}");
	}

	private static Exchange exchange(int status, String body) {
		return new Exchange(new AttackRequest("PUT", "/a", "b=c", new HttpHeaders(), "{}", List.of()),
				List.of(new Answer(status, new HttpHeaders(), body)));
	}

}
