// What the API demands, in the words of its README, and what its refusals mean.

export const CLINICS = { org_acme: "Acme Clinic", org_globex: "Globex Clinic" };

export const appointmentsOf = (clinic) => `/organizations/${encodeURIComponent(clinic)}/appointments`;

export const other = (clinic) => Object.keys(CLINICS).find((id) => id !== clinic);

const NOBODYS_APPOINTMENT = "7f1c9c1e-0b1f-4f0e-9a50-3c6f4b1d2a10";

/** The operations of the API, and what each needs of its caller. */
export const operations = (clinic, appointment) => [
	{ method: "GET", path: "/me", needs: "any valid token" },
	{ method: "GET", path: appointmentsOf(clinic), needs: "scope read:appointments" },
	{
		method: "POST", path: appointmentsOf(clinic), needs: "scope write:appointments",
		body: { patient: "Edsger Dijkstra", startsAt: "2036-05-11T09:00:00Z" },
	},
	{
		method: "DELETE", path: `${appointmentsOf(clinic)}/${appointment ?? NOBODYS_APPOINTMENT}`,
		shown: `${appointmentsOf(clinic)}/{id}`, needs: "scope write:appointments, role editor",
	},
	{ method: "GET", path: appointmentsOf(other(clinic)), needs: `a token for ${CLINICS[other(clinic)]}` },
	{ method: "GET", path: "/actuator/metrics/auth.tokens", needs: "any valid token" },
	{ method: "GET", path: "/actuator/health", needs: "nothing: it is open", open: true },
];

const named = (problem) => (problem.required ?? []).join(", ");

const RULES = {
	missing_token: () => "Every request needs a bearer token, unless its path is declared open.",
	id_token: () => "ID tokens tell the application who logged in. They are never for an API.",
	token_expired: () => "Tokens are good until their exp, plus 30 seconds for clocks that differ.",
	bad_signature: () => "The signature must fit header and claims, checked with the issuer's published key.",
	unknown_key: () => "The key must be one that the issuer publishes. New keys are fetched twice in 30 seconds at most.",
	algorithm_not_allowed: () => "Only asymmetric algorithms from a list are allowed; “none” is not among them.",
	malformed_token: () => "A token must have the form of one before anything in it is believed.",
	wrong_audience: () => "The token's audience must name this API.",
	wrong_issuer: () => "The token's issuer must be the trusted one, to the letter.",
	organization_mismatch: () => "The organization in the path must be the one in the token. No annotation asks for it.",
	organization_missing: () => "The path names an organization, so the token must, too.",
	insufficient_scope: (problem) => `@RequiresScope: the token lacks ${named(problem)}.`,
	insufficient_role: (problem) => `@RequiresRole: you would have to be ${named(problem)} in this clinic.`,
	insufficient_permission: (problem) => `@RequiresPermission: you would need ${named(problem)} in this clinic.`,
	access_denied: () => "Authority decides: the actuator's operators have the scope “operations”, which the issuer gives to alice.",
	wrong_caller: () => "@RequiresCaller: this is not for this kind of caller.",
	wrong_actor: () => "@RequiresCaller: who acts for the subject of the token may not do this.",
	keys_unavailable: () => "The issuer's keys cannot be had. The token may be good, so this is 503 and not 401.",
	introspection_unavailable: () => "The issuer cannot be asked about this token, so this is 503 and not 401.",
	inactive_token: () => "The issuer says that it knows no such token.",
};

/** The rule that an answer follows from, in one sentence. */
export function rule(answer) {
	const problem = answer.body;
	if (answer.status === 0) {
		return "Nobody answered.";
	}
	if (answer.status < 400) {
		return answer.open ? "This path is open for probes." : "The token is genuine, fresh and meant for this, and every rule is met.";
	}
	const told = problem && RULES[problem.reason];
	if (told) {
		return told(problem);
	}
	return problem && problem.reason ? problem.title : "No rule refused this: the caller got in, and the request itself did not work out.";
}
