package dev.authstarter.test.attack.catalogue;

import java.util.ArrayList;
import java.util.List;

/**
 * All attacks, in the order of the checks that refuse them.
 */
public final class Catalogue {

	private static final List<Attack> ALL = collect();

	private Catalogue() {
	}

	public static List<Attack> all() {
		return ALL;
	}

	private static List<Attack> collect() {
		List<Attack> attacks = new ArrayList<>();
		attacks.addAll(CredentialAttacks.all());
		attacks.addAll(FormAttacks.all());
		attacks.addAll(SignatureAttacks.all());
		attacks.addAll(KeyAttacks.all());
		attacks.addAll(TimeAttacks.all());
		attacks.addAll(TrustAttacks.all());
		attacks.addAll(KindAttacks.all());
		attacks.addAll(RuleAttacks.all());
		attacks.addAll(ArgumentAttacks.all());
		return List.copyOf(attacks);
	}

}
