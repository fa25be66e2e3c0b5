package dev.authstarter.test.attack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import dev.authstarter.test.attack.catalogue.Attack;
import org.opentest4j.TestAbortedException;

/**
 * The result of every attack on every endpoint, as a table.
 */
final class AttackReport {

	private static final String NOT_EXERCISED = "?";

	private static final String REFUSED = "+";

	private static final String HOLE = "HOLE";

	private static final String LEFT_OUT = "-";

	private final Map<String, Map<Integer, String>> cells = new LinkedHashMap<>();

	private final List<String> endpoints = new ArrayList<>();

	private final Map<String, Integer> leftOut = new TreeMap<>();

	private int planned;

	/** Begin a column. */
	void endpoint(String name) {
		this.endpoints.add(name);
	}

	int column() {
		return this.endpoints.size();
	}

	/** Plan an attack on the endpoint of the last column. */
	void plan(Attack attack) {
		this.planned++;
		row(attack).put(this.endpoints.size(), NOT_EXERCISED);
	}

	/** Leave out an attack on the endpoint of the last column. */
	void leaveOut(Attack attack, String reason) {
		row(attack).put(this.endpoints.size(), LEFT_OUT);
		this.leftOut.merge(reason, 1, Integer::sum);
	}

	/** Run a planned attack. The test throws unless the attack is refused as expected. */
	void run(Attack attack, int column, Runnable test) {
		row(attack).put(column, HOLE);
		try {
			test.run();
		}
		catch (TestAbortedException ex) {
			row(attack).put(column, NOT_EXERCISED);
			throw ex;
		}
		row(attack).put(column, REFUSED);
	}

	private Map<Integer, String> row(Attack attack) {
		return this.cells.computeIfAbsent(attack.name(), (name) -> new ConcurrentHashMap<>());
	}

	int planned() {
		return this.planned;
	}

	String summary() {
		return "%d attacks × %d endpoints: %d sent, %d left out".formatted(this.cells.size(), this.endpoints.size(),
				this.planned, this.leftOut.values().stream().mapToInt(Integer::intValue).sum());
	}

	private long count(String outcome) {
		return this.cells.values()
			.stream()
			.map(Map::values)
			.flatMap(Collection::stream)
			.filter(outcome::equals)
			.count();
	}

	/** The table. */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("%s. %d refused as expected, %d answered otherwise.%n"
			.formatted(summary(), count(REFUSED), count(HOLE)));
		for (int column = 1; column <= this.endpoints.size(); column++) {
			text.append("%n  [%d] %s".formatted(column, this.endpoints.get(column - 1)));
		}
		text.append("%n%n  %-28s".formatted("attack"));
		for (int column = 1; column <= this.endpoints.size(); column++) {
			text.append("%5s".formatted("[" + column + "]"));
		}
		this.cells.forEach((attack, row) -> {
			text.append("%n  %-28s".formatted(attack));
			for (int column = 1; column <= this.endpoints.size(); column++) {
				text.append("%5s".formatted(row.getOrDefault(column, LEFT_OUT)));
			}
		});
		text.append(
				"%n%n  + refused as expected   HOLE answered otherwise   - left out   ? not exercised%n".formatted());
		this.leftOut.forEach((reason, count) -> text.append("%n  %4d left out: %s".formatted(count, reason)));
		return text.toString();
	}

}
