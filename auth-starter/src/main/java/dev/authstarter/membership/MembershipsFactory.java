package dev.authstarter.membership;

import java.time.Clock;
import java.time.Duration;

import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.Bounds;

/**
 * Creates what finds memberships, by what is configured.
 */
public final class MembershipsFactory {

	private static final String PREFIX = "auth-starter.organization.";

	/** A role that is taken away has to count for nothing some day. */
	private static final Duration LONGEST_TIME_TO_LIVE = Duration.ofHours(1);

	/** Requests wait for it. */
	private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);

	private final AuthStarterProperties.Organization properties;

	/**
	 * Create by these properties.
	 * @param properties those below {@code auth-starter.organization}
	 */
	public MembershipsFactory(AuthStarterProperties.Organization properties) {
		this.properties = properties;
	}

	/**
	 * Create what finds memberships.
	 * @param store the application's store
	 * @param maximumWaiting how many requests may wait for it at a time
	 * @param clock the time
	 * @return what finds them
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
