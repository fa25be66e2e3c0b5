import { call, curl, variable } from "./api.js";
import { explanation } from "./explain.js";
import { Issuer } from "./issuer.js";
import { appointmentsOf, CLINICS, operations, other, rule } from "./rules.js";
import { Session } from "./session.js";
import { MEANING, parts, tampered, unsigned } from "./token.js";
import { answerCard, answerLine, badge, byId, chips, el, facts, path, time, tokenTable, verdict } from "./view.js";

const REMEMBERED = 8;

const RENEW_AHEAD_SECONDS = 20;

const settings = (await call("GET", "/page/settings")).body;

const session = new Session(settings);

const issuer = new Issuer(settings);

let user = null;

/** The clinic that /me returns, or null. */
let clinic = null;

let appointments = [];

let switches = await issuer.state();

const statuses = new Map();

// ---- messages

/** Put a text into the live region, which screen readers read out. */
function announce(text) {
	byId("spoken").textContent = text;
}

function notice(text) {
	byId("notice").textContent = text;
	byId("notice").hidden = !text;
}

function show(answer) {
	const why = rule(answer);
	byId("answer-body").replaceChildren(...answerCard(answer, why), ...answer.sending ? shell(answer.sending) : []);
	byId("answer").dataset.kind = verdict(answer.status).kind;
	const reason = answer.body && answer.body.reason ? `, ${answer.body.reason}` : "";
	announce(`${answer.method} ${answer.path} with ${answer.sent}: ${answer.status} ${verdict(answer.status).word}${reason}. ${why}`);
	byId("strip").replaceChildren(badge(answer), el("span", {}, reason ? answer.body.reason : answer.sent), el("span", { className: "more" }, "Details"));
	byId("strip").hidden = false;
	byId("history").prepend(el("li", {}, badge(answer), el("span", {}, short(answer))));
	while (byId("history").children.length > REMEMBERED) {
		byId("history").lastChild.remove();
	}
}

/** The call as a command line. The token is in a variable, so that the displayed line does not contain it. */
function shell(sending) {
	const line = curl(sending);
	const copied = sending.token ? `${variable(sending.token)}\n${line}` : line;
	return [
		el("h3", {}, "For a shell"),
		el("pre", { id: "curl", tabIndex: 0, "aria-label": "The call for a shell" }, line),
		el("p", { className: "row" }, copyButton("copy-curl", sending.token ? "Copy, with the token" : "Copy", () => copied)),
	];
}

function copyButton(id, text, content) {
	return el("button", { type: "button", id, className: "quiet small", onclick: () => copy(byId(id), content()) }, text);
}

/** Copy to the clipboard. Browsers allow it only in secure contexts, which include localhost. */
async function copy(button, text) {
	const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
	announce(copied ? "Copied." : "The browser does not allow the page to copy.");
	const before = button.textContent;
	button.textContent = copied ? "Copied" : "Not allowed";
	button.disabled = true;
	setTimeout(() => {
		button.textContent = before;
		button.disabled = false;
	}, 1500);
}

const short = (answer) => answer.label ?? `${answer.method} ${answer.path}`.replace("/organizations/org_", "…/").replace(/[0-9a-f-]{36}/, "{id}");

// ---- the clinic

const nameOf = ({ id, name }) => name ?? CLINICS[id] ?? id;

/** The clinic in the paths of calls and attacks: the user's or, if the API names none, the first one. */
const target = () => clinic?.id ?? Object.keys(CLINICS)[0];

// ---- calling the API

/** Call the API and show the answer. */
async function request(method, to, { token = user.access_token, sent = "your access token", body, label, open } = {}) {
	const sending = { method, path: to, token, body };
	const answer = { ...await call(method, to, { token, body }), sent, label, open, sending };
	show(answer);
	takePulse();
	return answer;
}

/** Call the API with the access token without showing the answer. */
const requestQuietly = async (to) => ({
	...await call("GET", to, { token: user.access_token }), sent: "your access token",
	sending: { method: "GET", path: to, token: user.access_token },
});

/** Load the appointments of the clinic or, if the API has named no clinic, /me again. */
async function loadAppointments() {
	const answer = await requestQuietly(clinic ? appointmentsOf(clinic.id) : "/me");
	appointments = clinic && answer.status === 200 ? answer.body.content ?? answer.body : [];
	drawAppointments(answer);
	return answer;
}

async function cancel(appointment) {
	const answer = await request("DELETE", `${appointmentsOf(clinic.id)}/${appointment.id}`);
	if (answer.status < 400) {
		await loadAppointments();
		byId("appointments-title").focus();
	}
}

async function book(event) {
	event.preventDefault();
	const form = event.target;
	const answer = await request("POST", appointmentsOf(clinic.id), {
		body: { patient: form.patient.value, startsAt: `${form.starts.value}:00Z` },
	});
	if (answer.status === 201) {
		form.patient.value = "";
		await loadAppointments();
	}
}

/** Show the health, which is public, and the metrics, which need a token. */
async function takePulse() {
	const health = await call("GET", "/actuator/health");
	const status = health.body && health.body.status ? health.body.status : "no answer";
	const entries = [ [ "Health", el("b", { data: { health: status } }, status) ] ];
	for (const [name, component] of Object.entries(health.body?.components ?? {})) {
		entries.push([ name, component.status ]);
	}
	entries.push(...await counters());
	facts(byId("pulse"), entries);
}

let counting = true;

async function counters() {
	const answer = counting && user ? await call("GET", "/actuator/metrics/auth.tokens", { token: user.access_token }) : null;
	if (!answer || answer.status !== 200) {
		counting = counting && (!answer || answer.status !== 404);
		return [];
	}
	const outcomes = answer.body.availableTags?.find((tag) => tag.tag === "outcome")?.values ?? [];
	return Promise.all(outcomes.sort().map(async (outcome) => {
		const part = await call("GET", `/actuator/metrics/auth.tokens?tag=outcome:${outcome}`, { token: user.access_token });
		return [ `Tokens ${outcome}`, String(part.body?.measurements?.[0]?.value ?? "?") ];
	}));
}

// ---- drawing

function drawYou(me) {
	const seen = me.status === 200 ? [
		[ "Name", el("b", {}, me.body.subject) ],
		[ "Clinic", me.body.clinic ? nameOf(me.body.clinic) : "none" ],
		[ "Role here", ...chips(me.body.roles) ],
		[ "Scopes", ...chips(me.body.scopes) ],
	] : [ [ "Answer", ...answerLine(me, rule(me)) ] ];
	facts(byId("you"), [ ...seen, [ "Token", el("span", { id: "left" }) ] ]);
	drawTimeLeft();
}

/** The token for which a renewal was tried, successfully or not. */
let renewedFor = null;

function drawTimeLeft() {
	const left = user && byId("left") && parts(user.access_token).claims.exp - Math.floor(Date.now() / 1000);
	if (typeof left === "number") {
		byId("left").textContent = left > 0 ? `valid for ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : "expired";
		if (left <= RENEW_AHEAD_SECONDS && renewedFor !== user.access_token) {
			renewedFor = user.access_token;
			renew("Your token was about to expire, so the page requested a new one.");
		}
	}
}

function drawAppointments(answer) {
	byId("book").hidden = !clinic;
	byId("appointments-title").textContent = clinic ? `Appointments of ${nameOf(clinic)}` : "Appointments";
	byId("appointments").replaceChildren(...appointments.map((appointment) => el("li", {},
		el("div", {}, el("b", {}, appointment.patient), time(appointment.startsAt)),
		el("button", {
			type: "button", className: "quiet small", onclick: () => cancel(appointment),
			"aria-label": `Cancel the appointment of ${appointment.patient}`,
		}, "Cancel"))));
	if (answer.status !== 200) {
		byId("appointments").append(el("li", {}, el("p", {}, ...answerLine(answer, rule(answer)))));
	}
	else if (!appointments.length) {
		byId("appointments").append(el("li", { className: "aside" },
			clinic ? "None." : "The API names no clinic for you: your token has none, or several."));
	}
}

function drawCalls() {
	byId("calls").replaceChildren(...operations(target()).map((operation, index) => {
		const status = el("span", { className: "status" });
		statuses.set(index, status);
		return el("li", {},
			el("div", { className: "operation" },
				el("span", { className: "request" }, el("b", {}, operation.method), " ", path(operation.shown ?? operation.path)),
				el("span", { className: "aside" }, `needs ${operation.needs}`)),
			status,
			el("button", {
				type: "button", className: "quiet small", onclick: () => send(index),
				"aria-label": `Send ${operation.method} ${operation.shown ?? operation.path}`,
				data: { call: `${operation.method} ${operation.shown ?? operation.path}` },
			}, "Send"));
	}));
}

async function send(index) {
	const appointment = appointments.at(-1)?.id;
	const { method, path: to, body, open } = operations(target(), appointment)[index];
	const answer = await request(method, to, { body, open, ...open && { token: null, sent: "no token" } });
	statuses.get(index).replaceChildren(badge(answer));
	if (method !== "GET" && answer.status < 400) {
		await loadAppointments();
	}
}

const BREAKS = [
	{ id: "none", title: "No token", about: "A request without credentials.", token: () => null, sent: "no token" },
	{ id: "id-token", title: "The ID token", about: "Signed with the same key, for the same user.", token: () => user.id_token, sent: "your ID token" },
	{
		id: "expired", title: "An expired token", about: "Your claims, expired.", switches: true,
		token: () => issuer.aged(user.access_token), sent: "an expired token",
	},
	{
		id: "tampered", title: "A tampered token", about: "Your token, changed to name the other clinic.", elsewhere: true,
		token: () => tampered(user.access_token, { org_id: other(target()), roles: [ "editor" ] }), sent: "a tampered token",
	},
	{
		id: "unsigned", title: "An unsigned token", about: "Its header names the algorithm “none”.",
		token: () => unsigned(user.access_token), sent: "an unsigned token",
	},
	{ id: "elsewhere", title: "The other clinic", about: "Your valid token for the appointments of the other clinic.", elsewhere: true, token: () => user.access_token, sent: "your access token" },
];

function drawBreaks() {
	byId("breaks").replaceChildren(...BREAKS.filter((attempt) => switches || !attempt.switches).map((attempt) => el("button", {
		type: "button", onclick: () => breakIt(attempt), data: { break: attempt.id },
	}, el("b", {}, attempt.title), el("span", {}, attempt.about))));
}

async function breakIt(attempt) {
	await request("GET", appointmentsOf(attempt.elsewhere ? other(target()) : target()), {
		token: await attempt.token(), sent: attempt.sent, label: attempt.title,
	});
}

function drawExplainer() {
	const calls = operations(target());
	byId("explained-call").replaceChildren(el("option", { value: "" }, "none: only the token"),
		...calls.map(({ method, path: to, shown }) => el("option", { value: `${method} ${to}` }, `${method} ${shown ?? to}`)));
	byId("explained-call").value = `GET ${appointmentsOf(target())}`;
}

async function explain(event) {
	event.preventDefault();
	const form = event.target;
	const token = form.token.value;
	const [ method, to ] = form.call.value.split(" ");
	const answer = await request("POST", "/actuator/authexplain", {
		body: to ? { token, method, path: to } : { token }, label: "Explain a token",
		sent: "your access token, and the other one in the body",
	});
	byId("explanation").replaceChildren(...explanation(answer, rule(answer)));
	byId("explanation").focus();
}

function take(token) {
	byId("explained").value = token;
	byId("explanation").replaceChildren();
}

function drawToken() {
	const { header, claims } = parts(user.access_token);
	byId("token").replaceChildren(tokenTable("Header", header, MEANING.header), tokenTable("Claims", claims, MEANING.claims));
}

function drawIssuer() {
	byId("issuer").hidden = !switches;
	if (!switches) {
		return;
	}
	const mine = parts(user.access_token).header.kid;
	facts(byId("issuer-facts"), [
		[ "State", el("b", { data: { issuer: switches.down ? "down" : "up" } }, switches.down ? "down" : "up") ],
		[ "Signs with", el("code", { id: "signing-key", className: "chip" }, switches.keys[0].slice(0, 8)) ],
		[ "Your token's key", el("code", { id: "token-key", className: "chip" }, mine.slice(0, 8)) ],
	]);
	byId("outage").textContent = switches.down ? "Bring it up" : "Take it down";
	byId("outage").setAttribute("aria-pressed", String(switches.down));
	byId("renew").disabled = switches.down;
}

// ---- the issuer

function note(text) {
	byId("issuer-note").textContent = text;
	announce(text);
}

async function rotate() {
	switches = await issuer.rotate() ?? switches;
	drawIssuer();
	note("New tokens are signed with a new key. Your token remains valid, because the previous key is still published.");
	show(await loadAppointments());
	takePulse();
}

async function toggleOutage() {
	switches = await issuer.setDown(!switches.down) ?? switches;
	drawIssuer();
	notice("");
	note(switches.down
		? "The issuer issues no tokens now. The API continues with its cached keys for up to an hour."
		: "The issuer is up again. No request to the API had to wait for it.");
	show(await loadAppointments());
	takePulse();
}

let renewing = false;

async function renew(text) {
	if (renewing) {
		return;
	}
	renewing = true;
	try {
		await enter(await session.renew(clinic?.id));
		note(text);
	}
	catch {
		note("The issuer issued no new token. It may be down, or you may have logged out there.");
	}
	finally {
		renewing = false;
		switches = await issuer.state();
		drawIssuer();
	}
}

// ---- login and logout

async function enter(loggedIn) {
	user = loggedIn;
	const me = await requestQuietly("/me");
	if (me.status === 200) {
		clinic = me.body.clinic ?? null;
	}
	const place = clinic ? nameOf(clinic) : me.status === 200 ? "No clinic" : "No access";
	byId("welcome").hidden = true;
	byId("inside").hidden = false;
	byId("inside-title").textContent = place;
	byId("who").textContent = me.status === 200 ? `${me.body.subject} · ${place}` : place;
	byId("other").textContent = CLINICS[other(clinic?.id)];
	byId("switch").hidden = !settings.ownIssuer; // only the own issuer has the clinics of the page
	byId("logout").hidden = false;
	drawToken();
	drawIssuer();
	drawYou(me);
	if (me.status !== 200) {
		show(me);
	}
	await loadAppointments();
	await takePulse();
}

function welcome() {
	byId("welcome").hidden = false;
	byId("accounts").hidden = !switches;
	byId("asleep").hidden = !switches?.down;
	byId("login").disabled = Boolean(switches?.down);
}

/** The text for a failed login: the error of the issuer (RFC 6749 section 4.1.2.1), if it sent one. */
function whyNot(error) {
	if (!error?.error) {
		return "The login failed. Please try again.";
	}
	return settings.ownIssuer && error.error === "access_denied"
		? "You do not belong to that clinic, so the issuer issued no token."
		: `The issuer issued no token: ${[ error.error, error.error_description ].filter(Boolean).join(", ")}`;
}

async function revive() {
	switches = await issuer.setDown(false) ?? switches;
	welcome();
	byId("login").focus();
	announce("The issuer is up again.");
}

const unreachable = () => notice("The issuer does not answer, so logging in or out is not possible.");

byId("login").onclick = () => session.logIn().catch(unreachable);
byId("switch").onclick = () => session.logIn(other(clinic?.id)).catch(unreachable);
byId("logout").onclick = () => session.logOut().catch(unreachable);
byId("revive").onclick = revive;
byId("rotate").onclick = rotate;
byId("outage").onclick = toggleOutage;
byId("renew").onclick = () => renew("A new token, signed with the issuer's newest key. The API looks that key up once.");
byId("book").onsubmit = book;
byId("explain").onsubmit = explain;
byId("explain-mine").onclick = () => take(user.access_token);
byId("explain-id").onclick = () => take(user.id_token);
byId("copy-token").onclick = () => copy(byId("copy-token"), user.access_token);
byId("token-says").open = matchMedia("(min-width: 40rem)").matches;
byId("starts").value = "2036-05-11T09:00";
setInterval(drawTimeLeft, 1000);

try {
	const loggedIn = await session.resume();
	if (loggedIn) {
		await enter(loggedIn);
		drawCalls();
		drawBreaks();
		drawExplainer();
		byId("inside-title").focus();
		if (clinic) {
			announce(`You are logged in at ${nameOf(clinic)}.`);
		}
	}
	else {
		welcome();
	}
}
catch (error) {
	welcome();
	notice(whyNot(error));
}
