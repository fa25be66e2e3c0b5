package dev.authstarter.claims;

import java.util.Collection;
import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.provider.ProviderSettings;
import org.jspecify.annotations.Nullable;

/**
 * How one issuer's provider spells its tokens. Claims and header values are as JSON has
 * them: strings, numbers, booleans, lists, maps and {@code null}.
 */
public interface ClaimReader {

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
	 * @return what the token says, or {@code null} if it names nobody: it lacks a
	 * subject, unless a mark of the provider proves that it is its client's own; or it
	 * lacks a claim that every token of the provider has
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
	 * Tell whether this issuer's tokens may name an organization.
	 * @param organization its identifier
	 * @return whether it is one of those that are configured for the issuer
	 */
	boolean allowsOrganization(String organization);

	/**
	 * Say what would prove tokens such as one that {@link #refuseType} did not know. For
	 * people; decides nothing.
	 * @param header the JOSE header, empty for an opaque token
	 * @param claims the claims
	 * @return an entry of {@code token.accept-if} that lets it pass, or {@code null} if
	 * there is none that keeps ID tokens out
	 */
	@Nullable String proof(Map<String, Object> header, Map<String, Object> claims);

	/**
	 * Return what is configured, for whoever writes tokens that this provider reads.
	 * @return selectors and predicates as they were written
	 */
	ProviderSettings spelling();

}
