package dev.authstarter.test.attack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.authstarter.test.attack.DataSession.Situation;
import dev.authstarter.test.attack.DataTrials.Trial;
import dev.authstarter.test.attack.catalogue.AttackRequest;
import dev.authstarter.test.attack.data.Party;
import dev.authstarter.test.attack.data.RequestTemplate;
import dev.authstarter.test.attack.data.Traces;
import dev.authstarter.test.attack.data.Variant;
import dev.authstarter.test.attack.data.Variants;
import org.jspecify.annotations.Nullable;

/**
 * All attacks of one organization's token on another organization's data at one endpoint.
 */
final class DataAttack {

	private final DataSession session;

	private final DataTrials trials;

	private final RequestTemplate template;

	private final String owner;

	private final String attacker;

	private final Set<String> findings = new LinkedHashSet<>();

	private final Set<String> unproven = new LinkedHashSet<>();

	DataAttack(DataSession session, DataTrials trials, RequestTemplate template, String owner) {
		this.session = session;
		this.trials = trials;
		this.template = template;
		this.owner = owner;
		this.attacker = session.otherThan(owner);
	}

	/** Return the findings, each with the request that found it. */
	Set<String> findings() {
		return this.findings;
	}

	/**
	 * Return the reasons why an absence of findings proves nothing; empty if it is proof.
	 */
	Set<String> unproven() {
		return this.unproven;
	}

	void run() {
		this.session.forgetTokens();
		this.trials.findReadings();
		Trial trial = this.trials.of(this.template, this.owner);
		if (trial.unproven() != null) {
			this.unproven.add(trial.unproven());
		}
		List<Variant> variants = Variants.of(this.template, trial.picks(), this.session.seed(this.owner).owner());
		if (!this.template.isRead() || changesByReading(trial, variants)) {
			this.findings.clear();
			for (Variant variant : variants) {
				Situation situation = this.session.seed(this.owner);
				attack(situation, state(situation), trial, variant);
			}
		}
	}

	/**
	 * Send all attacks and compare the data only before and after all of them, because
	 * reading the data takes most of the time.
	 */
	private boolean changesByReading(Trial trial, List<Variant> variants) {
		Situation situation = this.session.seed(this.owner);
		State before = state(situation);
		variants.forEach((variant) -> attack(situation, null, trial, variant));
		return !state(situation).equals(before);
	}

	private void attack(Situation situation, @Nullable State before, Trial trial, Variant variant) {
		Exchange exchange = send(situation, situation.owner(), trial, variant);
		if (exchange == null) {
			return;
		}
		Probe probe = new Probe(situation, variant, exchange);
		findContent(probe);
		if (before != null) {
			findChange(probe, before);
		}
		if (variant.isForeign() && !variant.isAmbiguous(situation.owner())) {
			compareWithInvented(probe, trial);
		}
		else if (!variant.isForeign() && !exchange.isSuccess()) {
			this.unproven.add("%s's own request is answered %s: %s".formatted(this.attacker, exchange.status(),
					exchange.requestLine()));
		}
		if (!exchange.isSuccess() && this.unproven.isEmpty()) {
			attackWithLess(situation, before, trial, variant);
		}
	}

	/** One value for which a request is refused hides the effect of the others. */
	private void attackWithLess(Situation situation, @Nullable State before, Trial trial, Variant variant) {
		for (Variant half : variant.halves()) {
			Situation next = (before != null) ? this.session.seed(this.owner) : situation;
			attack(next, (before != null) ? state(next) : null, trial, half);
		}
	}

	private @Nullable Exchange send(Situation situation, Party foreign, Trial trial, Variant variant) {
		AttackRequest request = this.template.request(this.session.token(this.template.endpoint(), this.attacker),
				situation.attacker(), foreign, trial.picks(), variant);
		return (request != null) ? this.session.send(request) : null;
	}

	private void findContent(Probe probe) {
		Traces traces = new Traces(probe.situation().owner(), probe.sent());
		for (String text : probe.exchange().texts()) {
			traces.in(text).forEach((found) -> find("the answer contains data of " + this.owner, found, probe));
		}
	}

	private void findChange(Probe probe, State before) {
		State after = state(probe.situation());
		before.owners().forEach((request, content) -> {
			String now = after.owners().get(request);
			if (!content.equals(now)) {
				find("data of %s has changed".formatted(this.owner),
						"%s of %s was%n             %s%n           and is%n             %s".formatted(request,
								this.owner, shortened(content), shortened(String.valueOf(now))),
						probe);
			}
		});
		if (!after.attackers().equals(before.attackers())) {
			Set<String> stored = new LinkedHashSet<>(traces(after, probe.situation()));
			stored.removeAll(traces(before, probe.situation()));
			stored.forEach((trace) -> find("%s can read data of %s afterwards".formatted(this.attacker, this.owner),
					trace, probe));
		}
	}

	/** Find the owner's data in the data that the attacker reads. */
	private static List<String> traces(State state, Situation situation) {
		Traces traces = new Traces(situation.owner(), List.of());
		List<String> found = new ArrayList<>();
		state.attackers()
			.forEach((request, content) -> traces.in(content)
				.forEach((trace) -> found.add("%s: %s".formatted(request, trace))));
		return found;
	}

	/**
	 * Compare with identifiers that do not exist: identifiers of another organization
	 * must have the same effect.
	 */
	private void compareWithInvented(Probe probe, Trial trial) {
		Exchange exchange = probe.exchange();
		if (!exchange.isSuccess() && !exchange.answer().isFailure()) {
			return;
		}
		Set<String> sent = new HashSet<>(probe.sent());
		Exchange one = invented(probe, trial, sent);
		Exchange other = invented(probe, trial, sent);
		if (one == null || other == null) {
			return;
		}
		if (exchange.answer().isFailure()) {
			if (one.answer().isFailure()) {
				this.unproven
					.add("%s is answered %s for all identifiers".formatted(exchange.requestLine(), exchange.status()));
			}
			else {
				find("identifiers of %s make the application fail, so it looked them up".formatted(this.owner),
						"%s for identifiers that do not exist".formatted(one.status()), probe);
			}
		}
		else if (!one.isSuccess() && !other.isSuccess()) {
			find("identifiers of %s are accepted".formatted(this.owner),
					"%s for identifiers that do not exist: %s".formatted(one.status(), one.requestLine()), probe);
		}
		else if (Stream.of(exchange, one, other).allMatch(Exchange::isComplete)
				&& one.contentWithout(sent).equals(other.contentWithout(sent))
				&& !exchange.contentWithout(sent).equals(one.contentWithout(sent))) {
			find("the answer depends on data of " + this.owner,
					"identifiers that do not exist are answered %s".formatted(shortened(one.content())), probe);
		}
	}

	/**
	 * Send the same attack with identifiers that do not exist, and add them to
	 * {@code sent}.
	 */
	private @Nullable Exchange invented(Probe probe, Trial trial, Set<String> sent) {
		Situation now = this.template.isRead() ? probe.situation() : this.session.seed(this.owner);
		Party invented = now.owner().invented();
		sent.addAll(probe.variant().values(invented));
		return send(now, invented, trial, probe.variant());
	}

	private State state(Situation situation) {
		List<RequestTemplate> witnesses = this.trials.of(this.template, this.owner).witnesses();
		return new State(this.trials.contents(situation.owner(), witnesses),
				this.trials.contents(situation.attacker(), witnesses));
	}

	private void find(String what, String found, Probe probe) {
		this.findings.add("""
				%s
				  request: %s
				  token:   of %s, with all rights that the endpoint requires
				  sent:    %s of %s
				  found:   %s
				%s""".formatted(what, probe.exchange().requestLine(), this.attacker,
				probe.variant().describe(probe.situation().owner()), this.owner, found,
				probe.exchange().answer().toString().indent(2).stripTrailing()));
	}

	private static String shortened(String text) {
		return (text.length() > 300) ? text.substring(0, 300) + "…" : text;
	}

	/**
	 * One attack.
	 *
	 * @param situation the data before it
	 * @param variant the foreign values of the request
	 * @param exchange the request and its answer
	 */
	private record Probe(Situation situation, Variant variant, Exchange exchange) {

		List<String> sent() {
			return this.variant.values(this.situation.owner());
		}

	}

	/**
	 * The data that can be read at a certain time.
	 *
	 * @param owners what the owner reads, by endpoint
	 * @param attackers what the attacker reads, by endpoint
	 */
	private record State(Map<String, String> owners, Map<String, String> attackers) {

	}

}
