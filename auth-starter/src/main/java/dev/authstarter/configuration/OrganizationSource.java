package dev.authstarter.configuration;

/**
 * A source of the organization that a request acts in.
 */
public enum OrganizationSource {

	/** A variable of the handler's path. */
	PATH,

	/** A request header. */
	HEADER,

	/** The subdomain of the request's host. */
	SUBDOMAIN,

	/** The token, if it names exactly one and no other source does. */
	TOKEN

}
