package dev.authstarter.test.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.authstarter.CallerType;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Demands;
import dev.authstarter.access.HandlerDescription.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AccessMatrixTests {

	private static final Demands NOTHING = new Demands(List.of(), List.of(), List.of(),
			EnumSet.allOf(CallerType.class));

	private static final HandlerDescription LIST = new HandlerDescription(Kind.CONTROLLER, Set.of("GET"),
			Set.of("/organizations/{organizationId}/notes"), "Notes#list", "scope read:notes", false, true, false, true,
			NOTHING);

	private static final HandlerDescription ME = new HandlerDescription(Kind.CONTROLLER, Set.of("GET", "HEAD"),
			Set.of("/me", "/you"), "Me#me", "", true, false, false, true, NOTHING);

	@TempDir
	private Path folder;

	@AfterEach
	void forgetUpdate() {
		System.clearProperty("access-matrix.update");
	}

	@Test
	void readsLikeThis() {
		assertThat(matrix(ME, LIST)).hasToString("""
				# Who may call what. Do not edit: run the test with -Daccess-matrix.update.

				GET,HEAD /me /you
				    is      controller Me#me
				    needs   (no rule of its own)

				GET /organizations/{organizationId}/notes
				    is      controller Notes#list
				    needs   scope read:notes
				    within  an organization of the token
				""");
	}

	@Test
	void passesWhatIsUnchanged() throws IOException {
		Path file = write(matrix(ME, LIST).toString());
		matrix(ME, LIST).isUnchanged(file);
	}

	@Test
	void passesOtherLineEnds() throws IOException {
		Path file = write(matrix(ME, LIST).toString().replace("\n", "\r\n"));
		matrix(ME, LIST).isUnchanged(file);
	}

	@Test
	void showsChangedRule() throws IOException {
		Path file = write(matrix(ME, LIST).toString());
		HandlerDescription laxer = new HandlerDescription(LIST.kind(), LIST.methods(), LIST.patterns(), LIST.name(), "",
				true, true, false, true, NOTHING);
		assertThatExceptionOfType(AssertionFailedError.class).isThrownBy(() -> matrix(ME, laxer).isUnchanged(file))
			.withMessageContaining("""
					- GET /organizations/{organizationId}/notes
					-     is      controller Notes#list
					-     needs   scope read:notes
					-     within  an organization of the token
					+ GET /organizations/{organizationId}/notes
					+     is      controller Notes#list
					+     needs   (no rule of its own)
					+     within  an organization of the token
					""")
			.withMessageContaining("-Daccess-matrix.update")
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("/me"))
			.satisfies((failure) -> assertThat(failure.isActualDefined()).isTrue());
	}

	@Test
	void showsNewAndLostHandlers() throws IOException {
		Path file = write(matrix(LIST).toString());
		assertThatExceptionOfType(AssertionFailedError.class).isThrownBy(() -> matrix(ME).isUnchanged(file))
			.withMessageContaining("+ GET,HEAD /me /you")
			.withMessageContaining("- GET /organizations/{organizationId}/notes");
	}

	@Test
	void showsThatOnlyTheNumberChanged() throws IOException {
		Path file = write(matrix(ME).toString());
		assertThatExceptionOfType(AssertionFailedError.class).isThrownBy(() -> matrix(ME, ME).isUnchanged(file))
			.withMessageContaining("in another order or number");
	}

	@Test
	void saysHowToBegin() {
		assertThatExceptionOfType(AssertionFailedError.class)
			.isThrownBy(() -> matrix(ME).isUnchanged(this.folder.resolve("missing.txt")))
			.withMessageContaining("Run this test once with -Daccess-matrix.update");
	}

	@Test
	void writesTheFileWhenAsked() {
		Path file = this.folder.resolve("new/matrix.txt");
		System.setProperty("access-matrix.update", "");
		matrix(ME).isUnchanged(file);
		assertThat(file).hasContent(matrix(ME).toString());
		System.setProperty("access-matrix.update", "true");
		matrix(LIST).isUnchanged(file);
		assertThat(file).hasContent(matrix(LIST).toString());
		System.setProperty("access-matrix.update", "false");
		assertThatExceptionOfType(AssertionFailedError.class).isThrownBy(() -> matrix(ME).isUnchanged(file));
	}

	private Path write(String text) throws IOException {
		return Files.writeString(this.folder.resolve("access-matrix.txt"), text);
	}

	private static AccessMatrix matrix(HandlerDescription... handlers) {
		return AccessMatrix.of(() -> List.of(handlers));
	}

}
