package dev.authstarter.operations.startup;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Logs all handlers at start-up, at DEBUG.
 */
public final class InventoryReport implements ApplicationListener<ContextRefreshedEvent> {

	/**
	 * The name of the logger, which operators configure. It is part of the public
	 * contract.
	 */
	static final String NAME = "dev.authstarter.access";

	private static final Log logger = LogFactory.getLog(NAME);

	private final HandlerInventory inventory;

	public InventoryReport(HandlerInventory inventory) {
		this.inventory = inventory;
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		// The context of a management server has the same listener and other handlers.
		if (event.getApplicationContext().getParent() == null && logger.isDebugEnabled()) {
			logger.debug(all(this.inventory.handlers()));
		}
	}

	static String all(List<HandlerDescription> handlers) {
		return handlers.stream()
			.map((handler) -> "%n  %-10s %s | %s%s".formatted(handler.kind().name().toLowerCase(Locale.ROOT),
					line(handler), handler.rule().isEmpty() ? "-" : handler.rule(),
					handler.organizationScoped() ? " | scoped to an organization" : ""))
			.collect(Collectors.joining("", "All handlers:", ""));
	}

	private static String line(HandlerDescription handler) {
		return "%s %s %s".formatted(handler.methods().isEmpty() ? "ANY" : String.join(",", handler.methods()),
				String.join(",", handler.patterns()), handler.name());
	}

}
