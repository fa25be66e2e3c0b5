package dev.authstarter.operations;

import java.util.List;
import java.util.Map;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The endpoint {@code authrules}: all handlers with their rules.
 */
@Endpoint(id = "authrules", defaultAccess = Access.NONE)
final class RulesEndpoint {

	private final HandlerInventory inventory;

	private final OperatorAccess operators;

	RulesEndpoint(HandlerInventory inventory, OperatorAccess operators) {
		this.inventory = inventory;
		this.operators = operators;
	}

	@ReadOperation
	Map<String, List<HandlerDescription>> rules(SecurityContext operator) {
		this.operators.require(operator);
		return Map.of("handlers", this.inventory.handlers());
	}

}
