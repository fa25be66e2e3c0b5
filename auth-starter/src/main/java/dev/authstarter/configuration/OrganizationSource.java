package dev.authstarter.configuration;

/**
 * Where a request names the organization it acts in.
 */
public enum OrganizationSource {

	/** A variable of the handler's path. */
	PATH,

	/** A request header. */
	HEADER,

	/** The subdomain of the request's host. */
	SUBDOMAIN,

	/** The token, where it names exactly one and nothing else speaks. */
	TOKEN

}
