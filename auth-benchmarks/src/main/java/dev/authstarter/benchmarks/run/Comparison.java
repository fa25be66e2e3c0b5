package dev.authstarter.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Two benchmarks of one run, side by side.
 *
 * @param what a description of the comparison
 * @param one the first benchmark
 * @param other the second benchmark
 * @param shared a benchmark of the part that both share, which is subtracted; may be
 * empty
 * @param kind how they are compared
 * @param goal a description of the goal
 */
record Comparison(String what, String one, String other, String shared, Kind kind, String goal) {

	private static final String REQUEST = "Request.requestAlone";

	static final List<Comparison> GOALS = List.of(
			ratio("G1 known token, header to authentication: ours to stock", "Request.headerToAuthentication OURS",
					"Request.headerToAuthentication STOCK", REQUEST, "at most 0.025"),
			difference("G1 the same, in µs", "Request.headerToAuthentication OURS", REQUEST, "at most 2.3"),
			ratio("G2 known token, filter chain: ours to stock", "Request.chain OURS false",
					"Request.chain STOCK false", REQUEST, "at most 0.033"),
			ratio("G2 the same with all filters and headers", "Request.chain OURS_IN_ALL_FILTERS false",
					"Request.chain STOCK false", REQUEST, "at most 0.1"),
			ratio("S8 known token on WebFlux, chain and guard: ours to stock", "ReactiveRequest.request OURS",
					"ReactiveRequest.request STOCK", "ReactiveRequest.request OPEN", "at most 0.05"),
			difference("S8 the same, above stock without decoding, in µs", "ReactiveRequest.request OURS",
					"ReactiveRequest.request STOCK_WITHOUT_DECODING", ""),
			ratio("G4 new token: ours to raw", "Validation.ours RS256 JDK", "Validation.raw RS256 JDK", "",
					"at most 1.25"),
			ratio("G4 new token: ours to stock", "Validation.ours RS256 JDK", "Validation.stock RS256 JDK", "",
					"at most 0.625"),
			peer("FUSION_AUTH"), peer("JAVA_JWT"), peer("JJWT"), peer("JOSE4J"), peer("NIMBUS"), peer("SMALLRYE"),
			peer("VERTX"), refusal("EXPIRED", "at most 0.05"), refusal("WRONG_ISSUER", "at most 0.05"),
			refusal("WRONG_AUDIENCE", "at most 0.05"), refusal("BAD_SIGNATURE", ""), refusal("GARBAGE", ""),
			difference("G9 metrics and observations, filter chain, ours, in µs", "Request.chain OURS true",
					"Request.chain OURS false", "at most 2"),
			difference("G9 the same, stock, in µs", "Request.chain STOCK true", "Request.chain STOCK false", ""),
			known("ES256"), known("Ed25519"),
			ratio("G11 new token ES256: ours to stock", "Validation.ours ES256 JDK", "Validation.stock ES256 JDK", "",
					""),
			raw("ES256"), raw("Ed25519"), nativeProvider("raw", "RS256"), nativeProvider("raw", "ES256"),
			nativeProvider("raw", "Ed25519"), nativeProvider("ours", "RS256"), nativeProvider("ours", "ES256"),
			nativeProvider("ours", "Ed25519"), nativeProvider("stock", "RS256"), nativeProvider("stock", "ES256"));

	private static Comparison ratio(String what, String one, String other, String shared, String goal) {
		return new Comparison(what, one, other, shared, Kind.RATIO, goal);
	}

	private static Comparison difference(String what, String one, String other, String goal) {
		return new Comparison(what, one, other, "", Kind.DIFFERENCE, goal);
	}

	private static Comparison peer(String peer) {
		return ratio("G4 new token: ours to " + peer, "Validation.ours RS256 JDK", "Peers.validate " + peer, "",
				"at most 1.05");
	}

	private static Comparison refusal(String defect, String goal) {
		return ratio("G6 refused: " + defect + ": ours to stock", "Refusal.ours " + defect, "Refusal.stock " + defect,
				"", goal);
	}

	private static Comparison known(String algorithm) {
		return ratio("G11 known token: " + algorithm + " to RS256", "KnownToken.ours " + algorithm,
				"KnownToken.ours RS256", "", "about 1");
	}

	private static Comparison raw(String algorithm) {
		return ratio("G11 new token: " + algorithm + ": ours to raw", "Validation.ours " + algorithm + " JDK",
				"Validation.raw " + algorithm + " JDK", "", "");
	}

	private static Comparison nativeProvider(String who, String algorithm) {
		return ratio("G11 new token: " + algorithm + ": " + who + ": ACCP to JDK",
				"Validation." + who + " " + algorithm + " ACCP", "Validation." + who + " " + algorithm + " JDK", "",
				"");
	}

	/**
	 * Compare, for each round.
	 * @param costs all measurements of each round, by benchmark
	 * @return the results, empty if one of the benchmarks did not run
	 */
	List<Double> results(Map<String, List<List<Double>>> costs) {
		List<Double> ones = medians(costs, this.one);
		List<Double> others = medians(costs, this.other);
		List<Double> shares = medians(costs, this.shared);
		if (!this.shared.isEmpty() && shares.isEmpty()) {
			return List.of();
		}
		List<Double> results = new ArrayList<>();
		for (int i = 0; i < Math.min(ones.size(), others.size()); i++) {
			double share = this.shared.isEmpty() ? 0 : shares.get(i);
			results.add(this.kind.compare(ones.get(i) - share, others.get(i) - share));
		}
		return results;
	}

	private static List<Double> medians(Map<String, List<List<Double>>> costs, String benchmark) {
		return costs.getOrDefault(benchmark, List.of()).stream().map((round) -> Spread.of(round).median()).toList();
	}

	/**
	 * How two benchmarks are compared.
	 */
	enum Kind {

		RATIO {

			@Override
			double compare(double one, double other) {
				return one / other;
			}

		},

		DIFFERENCE {

			@Override
			double compare(double one, double other) {
				return one - other;
			}

		};

		abstract double compare(double one, double other);

	}

}
