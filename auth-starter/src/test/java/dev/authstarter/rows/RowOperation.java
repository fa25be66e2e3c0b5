package dev.authstarter.rows;

import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import dev.authstarter.rows.Identifiers.Row;
import jakarta.persistence.EntityManager;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;

/**
 * Operations on rows by code that does not mention organizations.
 */
enum RowOperation {

	READ(false) {

		@Override
		String on(EntityManager rows, Class<? extends Row> type) {
			return rows.createQuery("select row.text from OwnedRow row order by row.text", String.class)
				.getResultStream()
				.collect(Collectors.joining(","));
		}

	},

	FIND(false) {

		@Override
		String on(EntityManager rows, Class<? extends Row> type) {
			Row row = rows.find(type, RowApi.OF_ACME);
			return (row != null) ? String.valueOf(row.text) : "";
		}

	},

	INSERT(true) {

		@Override
		String on(EntityManager rows, Class<? extends Row> type) {
			rows.persist(row(type, null));
			return "done";
		}

	},

	UPDATE(true) {

		@Override
		String on(EntityManager rows, Class<? extends Row> type) {
			rows.merge(row(type, RowApi.OF_ACME));
			return "done";
		}

	},

	UPDATE_ALL(true) {

		@Override
		String on(EntityManager rows, Class<? extends Row> type) {
			return done(rows.createQuery("update OwnedRow row set row.text = 'changed'").executeUpdate());
		}

	},

	DELETE(true) {

		@Override
		String on(EntityManager rows, Class<? extends Row> type) {
			try (StatelessSession session = stateless(rows)) {
				Row row = session.get(type, RowApi.OF_ACME);
				session.delete((row != null) ? row : row(type, RowApi.OF_ACME));
				return "done";
			}
		}

	},

	DELETE_ALL(true) {

		@Override
		String on(EntityManager rows, Class<? extends Row> type) {
			return done(rows.createQuery("delete from OwnedRow").executeUpdate());
		}

	},

	UPDATE_STATELESS(true) {

		@Override
		String on(EntityManager rows, Class<? extends Row> type) {
			return changed(rows, type, StatelessSession::update);
		}

	},

	UPSERT(true) {

		@Override
		String on(EntityManager rows, Class<? extends Row> type) {
			return changed(rows, type, StatelessSession::upsert);
		}

	},

	INSERT_STATELESS(true) {

		@Override
		String on(EntityManager rows, Class<? extends Row> type) {
			try (StatelessSession session = stateless(rows)) {
				session.insert(row(type, null));
				return "done";
			}
		}

	};

	private final boolean writes;

	RowOperation(boolean writes) {
		this.writes = writes;
	}

	abstract String on(EntityManager rows, Class<? extends Row> type);

	/** What happens where an organization acts that has one row. */
	String own() {
		return this.writes ? "done" : "acme's";
	}

	boolean writes() {
		return this.writes;
	}

	private static String done(int count) {
		return (count == 1) ? "done" : "wrote " + count;
	}

	/** What was read, or where nothing was found a row that was never read. */
	private static String changed(EntityManager rows, Class<? extends Row> type,
			BiConsumer<StatelessSession, Row> change) {
		try (StatelessSession session = stateless(rows)) {
			Row row = session.get(type, RowApi.OF_ACME);
			if (row != null) {
				row.text = "written";
			}
			change.accept(session, (row != null) ? row : row(type, RowApi.OF_ACME));
			return "done";
		}
	}

	private static StatelessSession stateless(EntityManager rows) {
		return rows.getEntityManagerFactory().unwrap(SessionFactory.class).openStatelessSession();
	}

	static Row row(Class<? extends Row> type, @Nullable Long id) {
		Row row = BeanUtils.instantiateClass(type);
		row.id = id;
		row.text = "written";
		return row;
	}

}
