package dev.authstarter.operations;

import java.util.List;
import java.util.Map;

import dev.authstarter.keys.JwkSetMonitor;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The endpoint {@code authkeys}: the status of the issuers' key sets, without the keys.
 */
@Endpoint(id = "authkeys", defaultAccess = Access.NONE)
final class KeysEndpoint {

	private final JwkSetMonitor keySets;

	private final OperatorAccess operators;

	KeysEndpoint(JwkSetMonitor keySets, OperatorAccess operators) {
		this.keySets = keySets;
		this.operators = operators;
	}

	@ReadOperation
	Map<String, List<JwkSetMonitor.Status>> keys(SecurityContext operator) {
		this.operators.require(operator);
		return Map.of("issuers", this.keySets.status());
	}

}
