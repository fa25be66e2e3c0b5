package dev.authstarter.keys;

import java.time.Duration;

/**
 * How long keys live.
 *
 * @param timeToLive how long a set is served before it must be fetched again
 * @param outageTolerance how long the last good set is served when fetching fails
 * @param fetchTimeout how long one fetch may take, discovery included
 */
record JwkSetLifetimes(Duration timeToLive, Duration outageTolerance, Duration fetchTimeout) {

}
