package dev.authstarter.organization.rows;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.authstarter.configuration.AccessRuleException;
import org.jspecify.annotations.Nullable;

/**
 * The types that an attribute with {@code @TenantId} may have. Each converts identifiers
 * of organizations so that no two of them become the same.
 */
enum RowIdentifier {

	/** The identifier itself. */
	TEXT(String.class) {

		@Override
		Object none(SecureRandom random) {
			return "none-" + new UUID(random.nextLong(), random.nextLong());
		}

		/** Older versions wrote the empty text if no organization acted. */
		@Override
		@Nullable Object convert(String id) {
			return id.isBlank() ? null : id;
		}

	},

	/** In the form of RFC 9562, which is not case-sensitive. */
	UNIQUE(UUID.class) {

		private final Pattern form = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

		@Override
		Object none(SecureRandom random) {
			return new UUID(random.nextLong(), random.nextLong());
		}

		@Override
		@Nullable Object convert(String id) {
			return this.form.matcher(id).matches() ? UUID.fromString(id) : null;
		}

	},

	/** Positive numbers. */
	LONG(Long.class) {

		@Override
		Object none(SecureRandom random) {
			return Long.MIN_VALUE + (random.nextLong() >>> 2);
		}

		@Override
		@Nullable Object convert(String id) {
			return isDecimal(id) ? number(id) : null;
		}

		private static @Nullable Object number(String id) {
			try {
				return Long.valueOf(id);
			}
			catch (NumberFormatException ex) {
				// Too large.
				return null;
			}
		}

	},

	/** Positive numbers. */
	INTEGER(Integer.class) {

		@Override
		Object none(SecureRandom random) {
			return Integer.MIN_VALUE + (random.nextInt() >>> 2);
		}

		@Override
		@Nullable Object convert(String id) {
			return (LONG.convert(id) instanceof Long number && number <= Integer.MAX_VALUE) ? number.intValue() : null;
		}

	};

	private static final Pattern DECIMAL = Pattern.compile("[1-9][0-9]{0,18}");

	private final Class<?> type;

	RowIdentifier(Class<?> type) {
		this.type = type;
	}

	/**
	 * Create a random identifier that no organization and no row has.
	 * @param random where it comes from
	 * @return a value of the type
	 */
	abstract Object none(SecureRandom random);

	/**
	 * Convert the identifier of an organization.
	 * @param id the identifier
	 * @return a value of the type, or {@code null} if it is not written as one
	 */
	abstract @Nullable Object convert(String id);

	/**
	 * Whether a number is positive and written in the one way without sign and leading
	 * zeros.
	 */
	private static boolean isDecimal(String id) {
		return DECIMAL.matcher(id).matches();
	}

	/**
	 * Find what converts to a type.
	 * @param type the type, boxed
	 * @return what converts to it, or {@code null} if nothing does
	 */
	static @Nullable RowIdentifier of(Class<?> type) {
		return Arrays.stream(values()).filter((identifier) -> identifier.type == type).findFirst().orElse(null);
	}

	/**
	 * Create the exception for a type to which identifiers are not converted.
	 * @param attribute the attribute with the type, for the message
	 * @param type the type
	 * @return the exception that makes start-up fail
	 */
	static AccessRuleException unknown(String attribute, Class<?> type) {
		return new AccessRuleException(
				"%s with @TenantId is of the type '%s', and identifiers of organizations cannot be converted to it."
					.formatted(attribute, type.getTypeName()),
				"Give it one of the types %s, or declare a CurrentTenantIdentifierResolver of your own."
					.formatted(Arrays.stream(values()).map(RowIdentifier::toString).collect(Collectors.joining(", "))));
	}

	@Override
	public String toString() {
		return this.type.getSimpleName();
	}

}
