package dev.authstarter;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One of the {@code authorization_details} of a token: what exactly was authorized (RFC
 * 9396 section 2).
 *
 * @param type the type, which says what the other members mean; compare it exactly
 * @param members all members, {@code type} among them, as the issuer wrote them
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9396#section-2">RFC 9396 section 2</a>
 */
public record AuthorizationDetail(String type, Map<String, Object> members) implements Serializable {

	/**
	 * Keep the members.
	 */
	public AuthorizationDetail {
		members = Collections.unmodifiableMap(members);
	}

	/**
	 * Return where the authorization holds.
	 * @return the strings of {@code locations}, usually URIs of resource servers
	 */
	public List<String> locations() {
		return texts("locations");
	}

	/**
	 * Return what may be done.
	 * @return the strings of {@code actions}
	 */
	public List<String> actions() {
		return texts("actions");
	}

	/**
	 * Return which kinds of data are meant.
	 * @return the strings of {@code datatypes}
	 */
	public List<String> datatypes() {
		return texts("datatypes");
	}

	/**
	 * Return which resource is meant.
	 * @return the string of {@code identifier}, or {@code null} if it has none
	 */
	public @Nullable String identifier() {
		return (this.members.get("identifier") instanceof String identifier) ? identifier : null;
	}

	/**
	 * Return at which levels of privilege.
	 * @return the strings of {@code privileges}
	 */
	public List<String> privileges() {
		return texts("privileges");
	}

	/**
	 * What is no string is left out: it authorizes nothing that anything could compare.
	 */
	private List<String> texts(String member) {
		return (this.members.get(member) instanceof List<?> list)
				? list.stream().filter(String.class::isInstance).map(String.class::cast).toList() : List.of();
	}

	/**
	 * Say nothing of the members: texts like this one end up in logs.
	 */
	@Override
	public String toString() {
		return "AuthorizationDetail[]";
	}

}
