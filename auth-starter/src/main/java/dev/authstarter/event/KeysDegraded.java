package dev.authstarter.event;

/**
 * An issuer's keys could not be fetched; the last good ones are used as long as the
 * outage tolerance allows. Published as an application event when the outage begins.
 *
 * @param issuer the configured name of the issuer
 * @param cause the simple name of the exception that describes the failure
 */
public record KeysDegraded(String issuer, String cause) {

}
