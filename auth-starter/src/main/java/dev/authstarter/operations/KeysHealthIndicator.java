package dev.authstarter.operations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.keys.JwkSetMonitor;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Reports whether tokens can be verified. A health check also fetches keys that are
 * missing or due, so an instance that gets no requests because it is unhealthy can
 * recover.
 */
final class KeysHealthIndicator implements HealthIndicator {

	/**
	 * The keys of some issuers cannot be fetched, but tokens of at least one issuer can
	 * be verified.
	 */
	static final Status DEGRADED = new Status("DEGRADED");

	private final JwkSetMonitor keySets;

	KeysHealthIndicator(JwkSetMonitor keySets) {
		this.keySets = keySets;
	}

	@Override
	public Health health() {
		this.keySets.refresh().join();
		List<JwkSetMonitor.Status> all = this.keySets.status();
		Health.Builder health = Health.status(status(all));
		all.forEach((status) -> health.withDetail(status.issuer(), details(status)));
		return health.build();
	}

	/** Down only if no token of any issuer can be verified. */
	private static Status status(List<JwkSetMonitor.Status> all) {
		if (all.stream().noneMatch(JwkSetMonitor.Status::usable)) {
			return Status.DOWN;
		}
		return all.stream().allMatch((status) -> status.usable() && !status.degraded()) ? Status.UP : DEGRADED;
	}

	private static Map<String, Object> details(JwkSetMonitor.Status status) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("usable", status.usable());
		details.put("degraded", status.degraded());
		details.put("keys", status.keys());
		if (status.age() != null) {
			details.put("age", status.age());
		}
		if (status.degraded() && status.lastError() != null) {
			details.put("error", status.lastError());
		}
		return details;
	}

}
