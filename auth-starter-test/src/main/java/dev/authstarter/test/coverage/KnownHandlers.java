package dev.authstarter.test.coverage;

import dev.authstarter.access.inventory.HandlerInventory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Records the handlers of a context that has started. The context of a slice has only
 * some of the application's handlers.
 */
final class KnownHandlers implements ApplicationListener<ContextRefreshedEvent> {

	private final ObjectProvider<HandlerInventory> inventory;

	private final Tries tries;

	KnownHandlers(ObjectProvider<HandlerInventory> inventory, Tries tries) {
		this.inventory = inventory;
		this.tries = tries;
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		// The context of a management server has a parent, and handlers of its own.
		if (event.getApplicationContext().getParent() == null) {
			this.inventory.ifAvailable((inventory) -> this.tries.know(inventory.handlers()));
		}
	}

}
