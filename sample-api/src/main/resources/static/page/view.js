// Creates elements. Strings are inserted as text, never as HTML.

/** An element with properties, data attributes and children. Children that are null are left out. */
export function el(name, properties = {}, ...children) {
	const element = document.createElement(name);
	for (const [key, value] of Object.entries(properties)) {
		if (key === "data") {
			Object.assign(element.dataset, value);
		}
		else if (key.includes("-") || key === "role" || key === "scope") {
			element.setAttribute(key, value);
		}
		else {
			element[key] = value;
		}
	}
	element.append(...children.flat().filter((child) => child !== null && child !== undefined));
	return element;
}

export const byId = (id) => document.getElementById(id);

/** Facts as term and description. */
export function facts(list, entries) {
	list.replaceChildren(...entries.map(([term, ...values]) => el("div", {}, el("dt", {}, term), el("dd", {}, ...values))));
}

export const chips = (values) => values.length ? values.map((value) => el("code", { className: "chip" }, value)) : [ "none" ];

/** A path in which lines may break after slashes. */
export const path = (text) => el("span", { className: "path" },
	text.split(/(?<=\/)/).flatMap((step) => [ step, document.createElement("wbr") ]));

const TIME = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

export const time = (instant) => el("time", { dateTime: instant }, TIME.format(new Date(instant)));

/** The kind and the word for a status, so that it is not shown by colour alone. */
export function verdict(status) {
	if (status === 0) {
		return { kind: "gone", word: "no answer" };
	}
	if (status < 400) {
		return { kind: "allowed", word: "allowed" };
	}
	return status === 401 || status === 403 ? { kind: "refused", word: "refused" } : { kind: "failed", word: "not done" };
}

export function badge(answer) {
	const { kind, word } = verdict(answer.status);
	return el("span", { className: "badge", data: { kind } }, `${answer.status || "–"} ${word}`);
}

/** An answer in one line, in the place of missing data. */
export const answerLine = (answer, rule) => [
	badge(answer), " ", answer.body?.reason ? el("code", { className: "reason" }, answer.body.reason) : null, " ", el("span", {}, rule),
];

/** Everything about one answer. */
export function answerCard(answer, rule) {
	const problem = answer.body && answer.body.reason ? answer.body : null;
	return [
		el("p", { className: "verdict" }, badge(answer), problem ? el("code", { className: "reason" }, problem.reason) : null),
		el("p", { className: "request" }, el("b", {}, answer.method), " ", path(answer.path)),
		el("p", { className: "aside" }, `Sent with ${answer.sent}.`),
		problem && problem.title ? el("p", { className: "title" }, problem.title) : null,
		el("h3", {}, "The rule"),
		el("p", { className: "rule" }, rule),
		answer.challenge ? [ el("h3", {}, "The challenge"), el("pre", { tabIndex: 0, "aria-label": "Challenge" }, `WWW-Authenticate: ${answer.challenge}`) ] : null,
		answer.retryAfter ? el("p", { className: "aside" }, `Retry-After: ${answer.retryAfter} seconds`) : null,
		answer.body ? [ el("h3", {}, "The body"), el("pre", { tabIndex: 0, "aria-label": "Body" }, JSON.stringify(answer.body, null, 2)) ] : null,
	].flat().filter((part) => part !== null);
}

const value = (content) => typeof content === "object" ? JSON.stringify(content) : String(content);

const INSTANTS = new Set([ "exp", "iat", "nbf" ]);

/** Issuers write their members in any order. */
function inOrder(members, meaning) {
	const known = Object.keys(meaning);
	const rank = (name) => known.includes(name) ? known.indexOf(name) : known.length;
	return Object.entries(members).sort(([left], [right]) => rank(left) - rank(right));
}

/** Header and claims, with what the API uses marked. */
export function tokenTable(caption, members, meaning) {
	return el("table", { className: "token" },
		el("caption", {}, caption),
		el("thead", { className: "unseen" }, el("tr", {},
			...[ "Name", "Value", "What the API does with it" ].map((title) => el("th", { scope: "col" }, title)))),
		el("tbody", {}, inOrder(members, meaning).map(([name, content]) => el("tr", { className: meaning[name] ? "used" : "" },
			el("th", { scope: "row" }, meaning[name] ? el("mark", {}, name) : name),
			el("td", {},
				el("code", {}, value(content)),
				INSTANTS.has(name) ? el("small", {}, ` ${new Date(content * 1000).toISOString().slice(11, 19)} UTC`) : null),
			el("td", { className: "meaning" }, meaning[name] ?? "not used")))));
}
