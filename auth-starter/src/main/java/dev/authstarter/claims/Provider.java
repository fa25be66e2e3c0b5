package dev.authstarter.claims;

import java.util.Collection;
import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How one issuer's provider spells its tokens. Claims and header values are as JSON has
 * them: strings, numbers, booleans, lists, maps and {@code null}.
 */
public interface Provider {

	/**
	 * Tell whether a token is an access token, by its shape alone.
	 * @param header the JOSE header, empty for an opaque token
	 * @param claims the claims
	 * @return {@code null} for an access token, otherwise why it is none
	 */
	@Nullable Reason refuseType(Map<String, Object> header, Map<String, Object> claims);

	/**
	 * Return the audiences that a token names. Where a provider's tokens name none and
	 * that is configured, this API's own.
	 * @param claims the claims
	 * @return the audiences, empty if the token names none
	 */
	Collection<String> audiences(Map<String, Object> claims);

	/**
	 * Read a token. No value of any JSON type makes this fail: what is not understood
	 * grants nothing. Without {@code iss} the issuer is empty, without {@code exp} the
	 * token never expires: {@code token} accepts neither.
	 * @param header the JOSE header
	 * @param claims the claims
	 * @return what the token says, or {@code null} if it names neither subject nor client
	 */
	@Nullable AccessToken read(Map<String, Object> header, Map<String, Object> claims);

	/**
	 * Tell whether a token is of an organization that may call at all, and grants
	 * anything at all.
	 * @param token what the token says
	 * @return {@code null} if it does, otherwise what is missing
	 */
	@Nullable Reason refuseGrants(AccessToken token);

	/**
	 * Return what is configured, for whoever writes tokens that this provider reads.
	 * @return selectors and predicates as they were written
	 */
	Spelling spelling();

}
