package dev.authstarter.access.interception;

import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;

/**
 * Test doubles of beans with rules are not checked, but spies are.
 */
class TestDoublesTests {

	private static final String ISSUER = "auth-starter.issuer=" + TestToken.ISSUER;

	private static final String AUDIENCE = "auth-starter.audience=" + TestToken.AUDIENCE;

	@Nested
	@SpringBootTest(classes = NotesApi.class, webEnvironment = WebEnvironment.MOCK, properties = { ISSUER, AUDIENCE })
	class Replaced {

		@MockitoBean
		Notes mock;

		@MockitoBean
		FinalNotes mockOfFinalClass;

		@TestBean
		@Nullable Letters fake;

		@MockitoSpyBean
		Memos spy;

		static Letters fake() {
			return new Letters();
		}

		@Test
		void mocksAnswerAndSpiesAreGuarded(@Autowired Notes notes, @Autowired FinalNotes finalNotes,
				@Autowired Letters letters, @Autowired Memos memos) {
			given(this.mock.read()).willReturn("mocked");
			given(this.mockOfFinalClass.read()).willReturn("mocked");
			assertThat(notes.read()).isEqualTo("mocked");
			assertThat(finalNotes.read()).isEqualTo("mocked");
			assertThat(letters.read()).isEqualTo("letter");
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(memos::read);
		}

	}

	@Nested
	@MockitoBean(types = { Notes.class, FinalNotes.class, Letters.class })
	@SpringBootTest(classes = NotesApi.class, webEnvironment = WebEnvironment.MOCK, properties = { ISSUER, AUDIENCE })
	class ReplacedByType {

		@Test
		void mocksAnswer(@Autowired Notes notes) {
			given(notes.read()).willReturn("mocked");
			assertThat(notes.read()).isEqualTo("mocked");
		}

	}

	@Nested
	@WebMvcTest(properties = { ISSUER, AUDIENCE })
	@ContextConfiguration(classes = TestApi.class)
	class Slice {

		@MockitoBean
		Notes mock;

		@MockitoBean
		FinalNotes mockOfFinalClass;

		@Test
		void starts(@Autowired Notes notes) {
			given(this.mock.read()).willReturn("mocked");
			assertThat(notes.read()).isEqualTo("mocked");
		}

	}

	@Nested
	@SpringBootTest(classes = { NotesApi.class, MadeByHand.MocksAndSpies.class }, webEnvironment = WebEnvironment.MOCK,
			properties = { ISSUER, AUDIENCE })
	class MadeByHand {

		@MockitoBean
		FinalNotes mockOfFinalClass;

		@MockitoBean
		Letters mockWithFinalMethod;

		@Test
		void mocksAnswerAndSpiesAreGuarded(@Autowired Notes notes, @Autowired @Qualifier("spied") Memos memos) {
			given(notes.read()).willReturn("mocked");
			assertThat(notes.read()).isEqualTo("mocked");
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(memos::read);
		}

		@TestConfiguration(proxyBeanMethods = false)
		static class MocksAndSpies {

			@Bean
			@Primary
			Notes mocked() {
				return Mockito.mock();
			}

			@Bean
			Memos spied() {
				return Mockito.spy(new Memos());
			}

		}

	}

	@Import({ TestApi.class, Notes.class, FinalNotes.class, Letters.class, Memos.class })
	static class NotesApi {

	}

	static class Notes {

		@RequiresScope("read")
		public String read() {
			return "note";
		}

	}

	@RequiresScope("read")
	static final class FinalNotes {

		String read() {
			return "final";
		}

	}

	static class Letters {

		@RequiresScope("read")
		public final String read() {
			return "letter";
		}

	}

	static class Memos {

		@RequiresScope("read")
		public String read() {
			return "memo";
		}

	}

}
