package dev.authstarter.authentication;

import java.util.Collection;
import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the heap that what was read of a token takes, in bytes. JSON objects and
 * lists become far larger than their text: an object with one member takes some 250 bytes
 * where the token has ten. The numbers are those of a 64-bit Java virtual machine with
 * compressed references; {@code TokenCacheHeapTests} holds them to the heap.
 */
final class RetainedSize {

	/** A map, its wrapper and its smallest table. */
	private static final int OBJECT = 170;

	/** An entry of a map, with its share of a larger table. */
	private static final int MEMBER = 52;

	private static final int LIST = 72;

	private static final int ELEMENT = 8;

	/** Without its characters, which are those of the token. */
	private static final int TEXT = 40;

	private static final int NUMBER = 24;

	/** A name in a set and its authority in a list. */
	private static final int GRANT = 16;

	/** A name and an authority, without characters, that no other token shares. */
	private static final int UNSHARED_GRANT = 136;

	private static final int ORGANIZATION = 160;

	private RetainedSize() {
	}

	/**
	 * Estimate the size of a token without its text.
	 * @param token the access token
	 * @param unshared how many of its authorities no other token shares
	 */
	static int of(AccessToken token, int unshared) {
		int size = ofValue(token.claims()) + UNSHARED_GRANT * unshared
				+ GRANT * (token.scopes().size() + token.roles().size() + token.permissions().size());
		for (Organization organization : token.organizations()) {
			size += ORGANIZATION + GRANT * (organization.roles().size() + organization.permissions().size());
		}
		return size;
	}

	/**
	 * Estimate the size of an introspection response, whose characters need not be in the
	 * token.
	 * @param answer its members
	 */
	static int ofAnswer(Map<String, Object> answer) {
		return ofValue(answer) + characters(answer);
	}

	private static int characters(@Nullable Object value) {
		int characters = 0;
		if (value instanceof Map<?, ?> object) {
			for (Map.Entry<?, ?> member : object.entrySet()) {
				characters += characters(member.getKey()) + characters(member.getValue());
			}
		}
		else if (value instanceof Collection<?> list) {
			for (Object element : list) {
				characters += characters(element);
			}
		}
		return (value instanceof String text) ? text.length() : characters;
	}

	private static int ofValue(@Nullable Object value) {
		if (value instanceof Map<?, ?> object) {
			int size = object.isEmpty() ? 0 : OBJECT;
			for (Map.Entry<?, ?> member : object.entrySet()) {
				size += MEMBER + TEXT + ofValue(member.getValue());
			}
			return size;
		}
		if (value instanceof Collection<?> list) {
			int size = list.isEmpty() ? 0 : LIST;
			for (Object element : list) {
				size += ELEMENT + ofValue(element);
			}
			return size;
		}
		return (value instanceof String) ? TEXT : (value instanceof Number) ? NUMBER : 0;
	}

}
