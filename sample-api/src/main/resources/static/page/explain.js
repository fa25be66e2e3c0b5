// Shows the API's explanation of a token. It contains strings of the token, which are inserted as text only.
import { answerLine, el } from "./view.js";

const outcome = (kind, text) => el("span", { className: "badge", data: { kind } }, text);

/** The checks with their results, or the reason why there is no explanation. */
export function explanation(answer, rule) {
	if (answer.status !== 200) {
		return [ el("p", {}, ...answerLine(answer, rule)) ];
	}
	const { accepted, allowed, hence, steps } = answer.body;
	return [
		el("p", { className: "verdict" },
			accepted ? outcome("allowed", "token accepted") : outcome("refused", "token refused"),
			accepted && allowed !== null ? allowed ? outcome("allowed", "call allowed") : outcome("refused", "call refused") : null,
			hence ? el("code", { className: "reason" }, hence.reason) : null),
		hence ? el("p", { className: "title" }, hence.description) : null,
		el("dl", { className: "steps" }, steps.map(({ about, expected, found, hint }) => el("div", {},
			el("dt", {}, about),
			expected === null ? null : el("dd", {}, el("span", {}, "expected "), expected),
			found === null ? null : el("dd", {}, el("span", {}, "found "), found),
			hint === null ? null : el("dd", { className: "aside" }, hint)))),
	].filter((part) => part !== null);
}
