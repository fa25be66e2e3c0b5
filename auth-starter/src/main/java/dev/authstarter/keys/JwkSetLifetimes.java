package dev.authstarter.keys;

import java.time.Duration;

/**
 * Lifetimes of key sets.
 *
 * @param timeToLive how long a set is used before it must be fetched again
 * @param outageTolerance how long the last valid set is used while fetching fails
 * @param fetchTimeout how long one fetch may take, discovery included
 */
record JwkSetLifetimes(Duration timeToLive, Duration outageTolerance, Duration fetchTimeout) {

}
