package dev.authstarter.claims;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Collects names for an immutable set. Tokens hold few names, for which comparing each
 * with the others is cheaper than a hash table.
 */
final class Names {

	private static final int FEW = 64;

	private static final String[] NONE = {};

	private String[] names = NONE;

	private int size;

	void add(String name) {
		if (this.size == this.names.length) {
			this.names = Arrays.copyOf(this.names, Math.max(8, 2 * this.size));
		}
		this.names[this.size++] = name;
	}

	void addAll(Names others) {
		expect(others.size);
		for (int i = 0; i < others.size; i++) {
			add(others.names[i]);
		}
	}

	/** Reserve capacity for further names. */
	void expect(int more) {
		if (this.size + more > this.names.length) {
			this.names = Arrays.copyOf(this.names, this.size + more);
		}
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	Set<String> toSet() {
		if (this.size == 0) {
			return Set.of();
		}
		if (this.size > FEW) {
			return Set.copyOf(List.of(Arrays.copyOf(this.names, this.size)));
		}
		int kept = 0;
		// One bit for each name, by its hash: most names differ from all others in that.
		long seen = 0;
		for (int i = 0; i < this.size; i++) {
			String name = this.names[i];
			long bit = 1L << name.hashCode();
			if ((seen & bit) == 0 || !contains(kept, name)) {
				seen |= bit;
				this.names[kept++] = name;
			}
		}
		this.size = kept;
		return Set.of((kept == this.names.length) ? this.names : Arrays.copyOf(this.names, kept));
	}

	private boolean contains(int end, String name) {
		for (int i = 0; i < end; i++) {
			if (this.names[i].equals(name)) {
				return true;
			}
		}
		return false;
	}

}
