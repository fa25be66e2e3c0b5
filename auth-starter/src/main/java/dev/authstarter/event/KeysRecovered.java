package dev.authstarter.event;

import java.time.Duration;

/**
 * An issuer's keys could be fetched again. Published as an application event when the
 * outage ends.
 *
 * @param issuer the configured name of the issuer
 * @param outage the duration of the outage
 */
public record KeysRecovered(String issuer, Duration outage) {

}
