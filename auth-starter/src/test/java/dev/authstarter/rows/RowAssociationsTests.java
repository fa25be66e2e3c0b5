package dev.authstarter.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.authstarter.Organizations;
import dev.authstarter.organization.rows.RowsAutoConfiguration;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityGraph;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import org.hibernate.ReplicationMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Rows of organizations that are reached from an entity that belongs to none, and objects
 * that pretend to be a row of the acting organization. Row 1 is acme's, row 2 globex's,
 * and both are in one library.
 */
class RowAssociationsTests {

	private static final ApplicationContextRunner CONTEXT = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RowsAutoConfiguration.class, DataSourceAutoConfiguration.class,
				HibernateJpaAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true", "spring.jpa.hibernate.ddl-auto=create")
		.withBean(PersistenceManagedTypes.class,
				() -> PersistenceManagedTypes.of(Note.class.getName(), Library.class.getName()));

	static Stream<Arguments> reads() {
		return Stream.of(
				read("lazy one-to-many",
						(session) -> library(session).notes.stream().map((note) -> note.text).toList()),
				read("lazy many-to-many",
						(session) -> library(session).favorites.stream().map((note) -> note.text).toList()),
				read("graph", RowAssociationsTests::byGraph),
				query("join", "select n.text from Library l join l.notes n"),
				query("join of entities", "select n.text from Library l join Note n on n.library = l"),
				query("join of favorites", "select n.text from Library l join l.favorites n"),
				query("from a row sideways", "select o.text from Note n join n.library l join l.notes o"),
				read("fetch join",
						(session) -> session.createQuery("from Library l left join fetch l.notes", Library.class)
							.getResultStream()
							.flatMap((library) -> library.notes.stream())
							.map((note) -> note.text)
							.toList()),
				read("criteria", RowAssociationsTests::byCriteria),
				query("words", "select 'acme' from Library l join l.notes n join n.words w where w = 'secret'", ""),
				query("size", "select 'acme' from Library l where size(l.notes) > 1", ""),
				query("question", "select 'acme' from Library l left join l.notes n where n.text like 'glo%'", ""),
				query("exists", "select 'acme' from Library l where exists (select 1 from l.notes n where n.id = 2)",
						""));
	}

	private static Arguments read(String name, Function<Session, List<String>> read) {
		return Arguments.of(name, read, "acme");
	}

	private static Arguments query(String name, String query) {
		return query(name, query, "acme");
	}

	private static Arguments query(String name, String query, String found) {
		Function<Session, List<String>> read = (session) -> session.createQuery(query, String.class).getResultList();
		return Arguments.of(name, read, found);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("reads")
	void findsRowsOfTheActingOrganizationAlone(String name, Function<Session, List<String>> read, String found) {
		run((started) -> {
			List<String> texts = new ArrayList<>();
			started.getBean(Organizations.class)
				.runAs("acme", "test", () -> inSession(started, (session) -> texts.addAll(read.apply(session))));
			assertThat(String.join(",", texts)).isEqualTo(found);
			inSession(started, (session) -> assertThat(read.apply(session)).as("where none acts").isEmpty());
		});
	}

	@Test
	void changesNoRowOfAnotherThatIsReachedByAJoin() {
		run((started) -> {
			started.getBean(Organizations.class)
				.runAs("acme", "test",
						() -> inSession(started,
								(session) -> session.createQuery("select n from Library l join l.notes n", Note.class)
									.getResultList()
									.forEach((note) -> note.text = "changed")));
			assertThat(texts(started)).containsExactly("changed", "globex");
		});
	}

	@SuppressWarnings("deprecation") // Replication is still there.
	static Stream<Arguments> writes() {
		return Stream.of(stateless("update", (session) -> session.update(claimed())),
				stateless("upsert", (session) -> session.upsert(claimed())),
				stateless("delete", (session) -> session.delete(claimed())),
				stateless("update of several", (session) -> session.updateMultiple(List.of(claimed()))),
				stateful("replication", (session) -> session.replicate(claimed(), ReplicationMode.OVERWRITE)),
				stateful("insert that updates",
						(session) -> session
							.createMutationQuery("insert into Note (id, text) values (2, 'changed') "
									+ "on conflict(id) do update set text = excluded.text")
							.executeUpdate()));
	}

	private static Arguments stateless(String name, Consumer<StatelessSession> write) {
		Consumer<SessionFactory> work = (sessions) -> sessions.inStatelessTransaction(write);
		return Arguments.of(name, work);
	}

	private static Arguments stateful(String name, Consumer<Session> write) {
		Consumer<SessionFactory> work = (sessions) -> sessions.inTransaction(write);
		return Arguments.of(name, work);
	}

	/** The row of another organization, made by a caller that knows its id. */
	private static Note claimed() {
		Note note = new Note();
		note.id = 2L;
		note.text = "changed";
		note.organization = "acme";
		return note;
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("writes")
	void writesNoRowOfAnotherThatIsClaimed(String name, Consumer<SessionFactory> write) {
		run((started) -> {
			Throwable refused = catchThrowable(() -> started.getBean(Organizations.class)
				.runAs("acme", "test", () -> write.accept(sessions(started))));
			assertThat(refused).isNotNull();
			assertThat(refused)
				.hasStackTraceContaining("does not state that the row belongs to the acting " + "organization");
			assertThat(texts(started)).containsExactly("acme", "globex");
			assertThat(database(started).queryForList("select words from note_words", String.class))
				.containsExactly("secret");
		});
	}

	private static void run(Consumer<ApplicationContext> work) {
		CONTEXT.run((started) -> {
			JdbcTemplate database = database(started);
			database.update("insert into library (id) values (9)");
			String insert = "insert into note (id, text, organization, library_id) values (?, ?, ?, 9)";
			database.update(insert, 1, "acme", "acme");
			database.update(insert, 2, "globex", "globex");
			database.update("insert into library_favorites (library_id, favorites_id) values (9, 1), (9, 2)");
			database.update("insert into note_words (note_id, words) values (2, 'secret')");
			work.accept(started);
		});
	}

	private static List<@Nullable String> texts(ApplicationContext started) {
		return database(started).queryForList("select text from note order by id", String.class);
	}

	private static JdbcTemplate database(ApplicationContext started) {
		return new JdbcTemplate(started.getBean(DataSource.class));
	}

	private static SessionFactory sessions(ApplicationContext started) {
		return started.getBean(EntityManagerFactory.class).unwrap(SessionFactory.class);
	}

	private static void inSession(ApplicationContext started, Consumer<Session> work) {
		sessions(started).inTransaction(work);
	}

	private static Library library(Session session) {
		return session.find(Library.class, 9L);
	}

	private static List<String> byGraph(Session session) {
		EntityGraph<Library> graph = session.createEntityGraph(Library.class);
		graph.addAttributeNodes("notes");
		return session.createQuery("from Library", Library.class)
			.setHint("jakarta.persistence.fetchgraph", graph)
			.getResultStream()
			.flatMap((library) -> library.notes.stream())
			.map((note) -> note.text)
			.toList();
	}

	private static List<String> byCriteria(Session session) {
		CriteriaBuilder criteria = session.getCriteriaBuilder();
		CriteriaQuery<String> query = criteria.createQuery(String.class);
		query.select(query.from(Library.class).join("notes").get("text"));
		return session.createQuery(query).getResultList();
	}

	@Entity(name = "Note")
	static class Note {

		@Id
		@Nullable Long id;

		String text = "";

		@TenantId
		@Nullable String organization;

		@ManyToOne(fetch = FetchType.LAZY)
		@Nullable Library library;

		@ElementCollection
		List<String> words = new ArrayList<>();

	}

	@Entity(name = "Library")
	static class Library {

		@Id
		@Nullable Long id;

		@OneToMany(mappedBy = "library")
		List<Note> notes = new ArrayList<>();

		@ManyToMany
		List<Note> favorites = new ArrayList<>();

	}

}
