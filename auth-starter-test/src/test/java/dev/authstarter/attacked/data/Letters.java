package dev.authstarter.attacked.data;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import dev.authstarter.test.attack.data.OrganizationData;

/**
 * The letters of all organizations.
 */
public final class Letters {

	private final List<Letter> all = new CopyOnWriteArrayList<>();

	/** Make the letters of an organization anew, under identifiers that are new, too. */
	public OrganizationData seed(String organization) {
		this.all.removeIf((letter) -> letter.organization().equals(organization));
		Letter letter = new Letter(UUID.randomUUID(), organization, UUID.randomUUID(), addressee(organization));
		save(letter);
		return OrganizationData.markedBy(letter.addressee())
			.identifiedBy("id", letter.id())
			.identifiedBy("folder", letter.folder());
	}

	private static String addressee(String organization) {
		return organization.equals("org_acme") ? "Zoë \"Ada\" Lovelace" : "Grace Hopper";
	}

	List<Letter> where(Predicate<Letter> condition) {
		return this.all.stream().filter(condition).toList();
	}

	void save(Letter letter) {
		this.all.removeIf((other) -> other.id().equals(letter.id()));
		this.all.add(letter);
	}

	void remove(Letter letter) {
		this.all.remove(letter);
	}

}
