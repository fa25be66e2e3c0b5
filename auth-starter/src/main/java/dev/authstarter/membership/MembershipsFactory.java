package dev.authstarter.membership;

import java.time.Clock;
import java.time.Duration;

import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.Bounds;

/**
 * Creates {@link Memberships} from the configuration.
 */
public final class MembershipsFactory {

	private static final String PREFIX = "auth-starter.organization.";

	/** Bounds how long a revoked role stays effective. */
	private static final Duration LONGEST_TIME_TO_LIVE = Duration.ofHours(1);

	/** Requests wait for the store up to this long. */
	private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);

	private final AuthStarterProperties.Organization properties;

	public MembershipsFactory(AuthStarterProperties.Organization properties) {
		this.properties = properties;
	}

	/**
	 * Create the look-up of memberships.
	 * @param store the application's store
	 * @param maximumWaiting how many requests may wait for it at a time
	 * @param clock the clock by which cached results expire
	 * @return the look-up
	 * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException
	 * if a duration is out of bounds
	 */
	public Memberships create(OrganizationMemberships store, int maximumWaiting, Clock clock) {
		Duration timeToLive = Bounds.require(PREFIX + "memberships-time-to-live",
				this.properties.membershipsTimeToLive(), Duration.ZERO, LONGEST_TIME_TO_LIVE,
				"It must be between 0 and one hour.");
		Duration timeout = Bounds.require(PREFIX + "memberships-timeout", this.properties.membershipsTimeout(),
				Duration.ofMillis(1), LONGEST_TIMEOUT, "It must be between 1 millisecond and 30 seconds.");
		return new Memberships(store, new Memberships.Settings(this.properties.memberships(), timeToLive, timeout),
				maximumWaiting, clock);
	}

}
