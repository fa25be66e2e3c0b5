// The operations of the API with their requirements, and the explanations of its refusals.

export const CLINICS = { org_acme: "Acme Clinic", org_globex: "Globex Clinic" };

export const appointmentsOf = (clinic) => `/organizations/${encodeURIComponent(clinic)}/appointments`;

export const other = (clinic) => Object.keys(CLINICS).find((id) => id !== clinic);

const UNKNOWN_APPOINTMENT = "7f1c9c1e-0b1f-4f0e-9a50-3c6f4b1d2a10";

/** The operations of the API, and what each requires of its caller. */
export const operations = (clinic, appointment) => [
	{ method: "GET", path: "/me", needs: "any valid token" },
	{ method: "GET", path: appointmentsOf(clinic), needs: "scope read:appointments" },
	{
		method: "POST", path: appointmentsOf(clinic), needs: "scope write:appointments",
		body: { patient: "Edsger Dijkstra", startsAt: "2036-05-11T09:00:00Z" },
	},
	{
		method: "DELETE", path: `${appointmentsOf(clinic)}/${appointment ?? UNKNOWN_APPOINTMENT}`,
		shown: `${appointmentsOf(clinic)}/{id}`, needs: "scope write:appointments, role editor",
	},
	{ method: "GET", path: appointmentsOf(other(clinic)), needs: `a token for ${CLINICS[other(clinic)]}` },
	{ method: "GET", path: "/actuator/metrics/auth.tokens", needs: "any valid token" },
	{ method: "GET", path: "/actuator/health", needs: "nothing: it is public", open: true },
];

const named = (problem) => (problem.required ?? []).join(", ");

const RULES = {
	missing_token: () => "Every request needs a bearer token, unless its path is public.",
	id_token: () => "ID tokens are for the application where the user logged in, never for an API.",
	token_expired: () => "Tokens are valid until their exp, plus 30 seconds of clock skew.",
	bad_signature: () => "The signature must fit header and claims, checked with the issuer's published key.",
	unknown_key: () => "The key must be one that the issuer publishes. For unknown key ids, the API fetches the keys again at a limited rate.",
	algorithm_not_allowed: () => "Only asymmetric algorithms from a list are allowed, never “none”.",
	malformed_token: () => "The token must be a well-formed JWT.",
	wrong_audience: () => "The token's audience must name this API.",
	wrong_issuer: () => "The token's issuer must be identical to the trusted one.",
	organization_mismatch: () => "The organization in the path must be the one in the token. This needs no annotation.",
	organization_missing: () => "The path names an organization, so the token must name it, too.",
	insufficient_scope: (problem) => `@RequiresScope: the token lacks ${named(problem)}.`,
	insufficient_role: (problem) => `@RequiresRole: you need the role ${named(problem)} in this clinic.`,
	insufficient_permission: (problem) => `@RequiresPermission: you need ${named(problem)} in this clinic.`,
	access_denied: () => "Only operators of the actuator have access: they have the scope “operations”, which the issuer grants to alice.",
	wrong_caller: () => "@RequiresCaller: this type of caller is not allowed.",
	wrong_actor: () => "@RequiresCaller: the actor of the token may not do this.",
	keys_unavailable: () => "The issuer's keys are not available. The token may be valid, so this is 503 and not 401.",
	introspection_unavailable: () => "Introspection of this token is not available, so this is 503 and not 401.",
	inactive_token: () => "The issuer reports that this token is not active.",
};

/** The rule that led to an answer, in one sentence. */
export function rule(answer) {
	const problem = answer.body;
	if (answer.status === 0) {
		return "There was no answer.";
	}
	if (answer.status < 400) {
		return answer.open ? "This path is public, for probes." : "The token is valid, and every rule is met.";
	}
	const explain = problem && RULES[problem.reason];
	if (explain) {
		return explain(problem);
	}
	return problem && problem.reason ? problem.title : "The caller has access, but the request failed.";
}
