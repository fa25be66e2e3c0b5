package dev.authstarter.operations.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.access.HandlerDescription.Demands;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.provider.ProviderSettings;

/**
 * Finds rules that no caller can satisfy, because no issuer's tokens have a claim from
 * which the required right is read.
 */
public final class RuleLint implements Lint {

	private final Map<String, Demands> declared;

	private final HandlerInventory inventory;

	private final TrustedIssuers issuers;

	private final ClaimReaders providers;

	/**
	 * Create the check.
	 * @param declared the requirements of annotations, by method
	 * @param inventory the requirements of handlers, including those without a method
	 * @param issuers the issuers
	 * @param providers how their tokens are read
	 */
	public RuleLint(Map<String, Demands> declared, HandlerInventory inventory, TrustedIssuers issuers,
			ClaimReaders providers) {
		this.declared = declared;
		this.inventory = inventory;
		this.issuers = issuers;
		this.providers = providers;
	}

	@Override
	public List<String> findings() {
		Map<String, Demands> rules = new TreeMap<>(this.declared);
		this.inventory.handlers().forEach((handler) -> rules.putIfAbsent(handler.name(), handler.demands()));
		List<String> findings = new ArrayList<>();
		find(rules, "scope", Demands::scopes, findings);
		find(rules, "role", Demands::roles, findings);
		find(rules, "permission", Demands::permissions, findings);
		return findings;
	}

	private void find(Map<String, Demands> rules, String kind, Function<Demands, List<List<String>>> demanded,
			List<String> findings) {
		String property = "claims.%ss".formatted(kind);
		if (issuers((spelling) -> !spelling.list(property).isEmpty(), TrustedIssuer::name).isEmpty()) {
			String unmet = rules.entrySet()
				.stream()
				.filter((rule) -> !demanded.apply(rule.getValue()).isEmpty())
				.map((rule) -> "%s (%s)".formatted(rule.getKey(), names(demanded.apply(rule.getValue()))))
				.collect(Collectors.joining(", "));
			if (!unmet.isEmpty()) {
				findings.add("No token has a %s, so no caller can call %s: %s. Set %s to the claim that has them."
					.formatted(kind, unmet, providers(kind), properties(property)));
			}
		}
	}

	private static String names(List<List<String>> choices) {
		return choices.stream().map((choice) -> String.join(" or ", choice)).collect(Collectors.joining(" and "));
	}

	private String providers(String kind) {
		return String.join(", ", issuers((spelling) -> true, (issuer) -> "provider '%s' of issuer '%s' reads no %ss"
			.formatted(this.providers.of(issuer).spelling().provider(), issuer.name(), kind)));
	}

	private String properties(String property) {
		return String.join(" or ",
				issuers((spelling) -> true, (issuer) -> "'%s%s'".formatted(issuer.propertyPrefix(), property)));
	}

	private List<String> issuers(Function<ProviderSettings, Boolean> condition, Function<TrustedIssuer, String> text) {
		return StreamSupport.stream(this.issuers.spliterator(), false)
			.filter((issuer) -> condition.apply(this.providers.of(issuer).spelling()))
			.map(text)
			.toList();
	}

}
