package dev.authstarter;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One element of the {@code authorization_details} of a token (RFC 9396 section 2).
 *
 * @param type the type, which defines the meaning of the other members; compare it
 * exactly
 * @param members all members including {@code type}, unchanged
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9396#section-2">RFC 9396 section 2</a>
 */
public record AuthorizationDetail(String type, Map<String, Object> members) implements Serializable {

	public AuthorizationDetail {
		members = Collections.unmodifiableMap(members);
	}

	/**
	 * Return the locations at which the authorization applies.
	 * @return the strings of {@code locations}, usually URIs of resource servers; empty
	 * if there are none
	 */
	public List<String> locations() {
		return texts("locations");
	}

	/**
	 * Return the authorized actions.
	 * @return the strings of {@code actions}, empty if there are none
	 */
	public List<String> actions() {
		return texts("actions");
	}

	/**
	 * Return the kinds of data that the authorization covers.
	 * @return the strings of {@code datatypes}, empty if there are none
	 */
	public List<String> datatypes() {
		return texts("datatypes");
	}

	/**
	 * Return the resource that the authorization covers.
	 * @return the string of {@code identifier}, or {@code null} if it has none
	 */
	public @Nullable String identifier() {
		return (this.members.get("identifier") instanceof String identifier) ? identifier : null;
	}

	/**
	 * Return the authorized levels of privilege.
	 * @return the strings of {@code privileges}, empty if there are none
	 */
	public List<String> privileges() {
		return texts("privileges");
	}

	/**
	 * Elements that are not strings are skipped.
	 */
	private List<String> texts(String member) {
		return (this.members.get(member) instanceof List<?> list)
				? list.stream().filter(String.class::isInstance).map(String.class::cast).toList() : List.of();
	}

	/**
	 * Return a text without members, since such texts end up in logs.
	 */
	@Override
	public String toString() {
		return "AuthorizationDetail[]";
	}

}
