package dev.authstarter.test.attack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import dev.authstarter.test.attack.DataSession.Situation;
import dev.authstarter.test.attack.catalogue.AttackRequest;
import dev.authstarter.test.attack.data.Party;
import dev.authstarter.test.attack.data.Pick;
import dev.authstarter.test.attack.data.RequestTemplate;
import dev.authstarter.test.attack.data.Slot;
import dev.authstarter.test.attack.data.Traces;
import dev.authstarter.test.attack.data.Variant;
import dev.authstarter.test.attack.data.Variants;
import org.jspecify.annotations.Nullable;

/**
 * Determines the effect of an organization's own requests. A refused attack is proof only
 * if the owner's own request shows or changes the owner's data.
 */
final class DataTrials {

	/**
	 * A limit, because otherwise the run time grows with the square of the number of
	 * endpoints.
	 */
	private static final int MOST_WITNESSES = 20;

	private final DataSession session;

	private final List<RequestTemplate> templates;

	private final Map<String, Trial> trials = new HashMap<>();

	private final Map<String, List<Reading>> readings = new HashMap<>();

	DataTrials(DataSession session, List<RequestTemplate> templates) {
		this.session = session;
		this.templates = templates;
	}

	/** Find the owner's own request to an endpoint. */
	Trial of(RequestTemplate template, String owner) {
		String key = template.endpoint().name() + " " + owner;
		Trial known = this.trials.get(key);
		if (known == null) {
			known = template.isRead() ? read(template, owner) : write(template, owner);
			this.trials.put(key, known);
		}
		return known;
	}

	private Trial read(RequestTemplate template, String owner) {
		Party party = this.session.seed(owner).owner();
		Trial first = null;
		Exchange refused = null;
		for (Map<Slot, Pick> picks : template.fillings(party)) {
			Exchange exchange = own(template, party, picks);
			if (exchange == null) {
				continue;
			}
			if (!exchange.isSuccess()) {
				refused = (refused != null) ? refused : exchange;
			}
			else if (shows(exchange, party, sent(picks, party)) || dependsOnIdentifiers(template, party, picks)) {
				return new Trial(picks, true, witnesses(Map.of(), Map.of()), null);
			}
			else if (first == null) {
				first = new Trial(picks, true, witnesses(Map.of(), Map.of()),
						"the answer to %s's own request shows nothing of its data: %s".formatted(owner,
								exchange.requestLine()));
			}
		}
		return (first != null) ? first : failed(template, party, refused);
	}

	private Trial write(RequestTemplate template, String owner) {
		Situation situation = this.session.seed(owner);
		Map<String, String> before = contents(situation.owner(), this.templates);
		Trial first = null;
		Exchange refused = null;
		for (Map<Slot, Pick> picks : template.fillings(situation.owner())) {
			Exchange exchange = own(template, situation.owner(), picks);
			if (exchange == null) {
				continue;
			}
			if (!exchange.isSuccess()) {
				refused = (refused != null) ? refused : exchange;
				continue;
			}
			Map<String, String> after = contents(situation.owner(), this.templates);
			if (!after.equals(before)) {
				return new Trial(picks, true, witnesses(before, after), null);
			}
			if (first == null) {
				first = new Trial(picks, true, witnesses(before, after),
						before.isEmpty() ? "no GET endpoint shows whether the data of %s has changed".formatted(owner)
								: "%s's own request changes nothing that a GET endpoint shows: %s".formatted(owner,
										exchange.requestLine()));
			}
			situation = this.session.seed(owner);
			before = contents(situation.owner(), this.templates);
		}
		return (first != null) ? first : failed(template, situation.owner(), refused);
	}

	/**
	 * The requests whose result the owner's own request changes, then other reading
	 * requests.
	 */
	private List<RequestTemplate> witnesses(Map<String, String> before, Map<String, String> after) {
		Stream<RequestTemplate> changed = this.templates.stream()
			.filter((template) -> !Objects.equals(before.get(template.endpoint().name()),
					after.get(template.endpoint().name())));
		return Stream.concat(changed, this.templates.stream().filter(RequestTemplate::isRead))
			.distinct()
			.limit(MOST_WITNESSES)
			.toList();
	}

	private Trial failed(RequestTemplate template, Party party, @Nullable Exchange refused) {
		Map<Slot, Pick> picks = template.fillings(party).get(0);
		return new Trial(picks, false, witnesses(Map.of(), Map.of()),
				(refused != null)
						? "%s's own request is answered %s: %s".formatted(party.organization(), refused.status(),
								refused.requestLine())
						: "no identifier of %s fits the path".formatted(party.organization()));
	}

	private @Nullable Exchange own(RequestTemplate template, Party party, Map<Slot, Pick> picks) {
		AttackRequest request = template.request(this.session.token(template.endpoint(), party.organization()), party,
				party, picks, Variant.OWN);
		return (request != null) ? this.session.send(request) : null;
	}

	private static List<String> sent(Map<Slot, Pick> picks, Party party) {
		return new Variant(picks, List.of()).values(party);
	}

	private static boolean shows(Exchange exchange, Party party, List<String> sent) {
		Traces traces = new Traces(party, sent);
		return exchange.texts().stream().anyMatch((text) -> !traces.in(text).isEmpty());
	}

	/** Whether identifiers that do not exist are answered differently. */
	private boolean dependsOnIdentifiers(RequestTemplate template, Party party, Map<Slot, Pick> picks) {
		Variant variant = Variants.butOrganization(picks);
		Party invented = party.invented();
		AttackRequest request = template.request(this.session.token(template.endpoint(), party.organization()), party,
				invented, picks, variant);
		if (!variant.isForeign() || request == null) {
			return false;
		}
		Exchange first = own(template, party, picks);
		Exchange second = own(template, party, picks);
		if (first == null || second == null || !isSame(first, second)) {
			return false;
		}
		Set<String> sent = new HashSet<>(variant.values(party));
		sent.addAll(variant.values(invented));
		Exchange third = this.session.send(request);
		return third.isComplete() && !third.contentWithout(sent).equals(first.contentWithout(sent));
	}

	private static boolean isSame(Exchange first, Exchange second) {
		return first.isComplete() && second.isComplete() && first.content().equals(second.content());
	}

	/**
	 * Find the requests that read data, before data is seeded that an attack depends on.
	 */
	void findReadings() {
		this.session.organizations().forEach(this::readings);
	}

	/**
	 * Return what an organization can read with GET, limited to content that stays the
	 * same unless it is changed.
	 * @return contents by the name of the endpoint
	 */
	Map<String, String> contents(Party party, List<RequestTemplate> templates) {
		Map<String, String> contents = new LinkedHashMap<>();
		for (Reading reading : readings(party.organization())) {
			Exchange exchange = templates.contains(reading.template()) ? own(reading.template(), party, reading.picks())
					: null;
			if (exchange != null) {
				contents.put(reading.template().endpoint().name(), exchange.content());
			}
		}
		return contents;
	}

	private List<Reading> readings(String organization) {
		List<Reading> known = this.readings.get(organization);
		if (known == null) {
			known = new ArrayList<>();
			for (RequestTemplate template : this.templates) {
				Trial trial = template.isRead() ? of(template, organization) : null;
				if (trial != null && trial.succeeds() && isReliable(template, trial, this.session.seed(organization))) {
					known.add(new Reading(template, trial.picks()));
				}
			}
			this.readings.put(organization, known);
		}
		return known;
	}

	/**
	 * Exclude a reading that varies, or that shows the other organization's data: it can
	 * change for reasons other than an attack.
	 */
	private boolean isReliable(RequestTemplate template, Trial trial, Situation situation) {
		Exchange first = own(template, situation.owner(), trial.picks());
		Exchange second = own(template, situation.owner(), trial.picks());
		return first != null && second != null && isSame(first, second)
				&& !shows(first, situation.attacker(), List.of());
	}

	/**
	 * The outcome of the owner's own request.
	 *
	 * @param picks the value in each slot of the request
	 * @param succeeds whether it was answered as expected
	 * @param witnesses the requests that read the owner's data after an attack
	 * @param unproven why an attack by the same request proves nothing, or {@code null}
	 */
	record Trial(Map<Slot, Pick> picks, boolean succeeds, List<RequestTemplate> witnesses, @Nullable String unproven) {

	}

	/**
	 * A request that reads data.
	 *
	 * @param template the endpoint
	 * @param picks the value in each slot of the request
	 */
	private record Reading(RequestTemplate template, Map<Slot, Pick> picks) {

	}

}
