package dev.authstarter.rows;

import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * The types of an attribute with {@code @TenantId}, each with a row and two
 * organizations.
 */
enum Identifiers {

	TEXT(TextRow.class, "org_acme", "org_globex", ""),

	UNIQUE(UniqueRow.class, "0b9b7c58-6d3c-4b7e-9f0e-3f1f2b7c1a01", "0b9b7c58-6d3c-4b7e-9f0e-3f1f2b7c1a02",
			"00000000-0000-0000-0000-000000000000"),

	BOXED_LONG(BoxedLongRow.class, "41", "42", "-1"),

	LONG(LongRow.class, "41", "42", "0"),

	BOXED_INTEGER(BoxedIntegerRow.class, "41", "42", "-1"),

	INTEGER(IntegerRow.class, "41", "42", "0");

	final Class<? extends Row> row;

	final String acme;

	final String globex;

	/** The SQL values of rows without an organization. */
	final String none;

	Identifiers(Class<? extends Row> row, String acme, String globex, String none) {
		this.row = row;
		this.acme = acme;
		this.globex = globex;
		this.none = none;
	}

	/** A row of some organization. */
	@MappedSuperclass
	abstract static class Row {

		@Id
		@GeneratedValue
		@Nullable Long id;

		@Nullable String text;

	}

	@Entity(name = "OwnedRow")
	static class TextRow extends Row {

		@TenantId
		@Nullable String organization;

	}

	@Entity(name = "OwnedRow")
	static class UniqueRow extends Row {

		@TenantId
		@Nullable UUID organization;

	}

	@Entity(name = "OwnedRow")
	static class BoxedLongRow extends Row {

		@TenantId
		@Nullable Long organization;

	}

	@Entity(name = "OwnedRow")
	static class LongRow extends Row {

		@TenantId
		long organization;

	}

	@Entity(name = "OwnedRow")
	static class BoxedIntegerRow extends Row {

		@TenantId
		@Nullable Integer organization;

	}

	@Entity(name = "OwnedRow")
	static class IntegerRow extends Row {

		@TenantId
		int organization;

	}

}
