// Reads and manipulates tokens, without verifying them. The API verifies them.

const encode = (bytes) => btoa(String.fromCharCode(...bytes))
	.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const decode = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const read = (part) => JSON.parse(new TextDecoder().decode(decode(part)));

const write = (value) => encode(new TextEncoder().encode(JSON.stringify(value)));

/** Header and claims of a JWT (RFC 7519), not verified. */
export function parts(token) {
	const [header, claims] = token.split(".");
	return { header: read(header), claims: read(claims) };
}

/** The token with other claims and the same signature. */
export function tampered(token, change) {
	const [header, claims, signature] = token.split(".");
	return [header, write({ ...read(claims), ...change }), signature].join(".");
}

/** The token without signature, as an unsecured JWT (RFC 7519 section 6). */
export function unsigned(token) {
	const [header, claims] = token.split(".");
	return [write({ ...read(header), alg: "none" }), claims, ""].join(".");
}

/** How the API uses the members of the token. It ignores all others. */
export const MEANING = {
	header: {
		typ: "marks the token as an access token (RFC 9068)",
		alg: "must be an algorithm that the API allows",
		kid: "names the issuer's key that verifies the token",
	},
	claims: {
		iss: "must be identical to the issuer that the API trusts",
		aud: "must name this API",
		exp: "expired from then on, with 30 seconds of clock skew",
		nbf: "not valid before then",
		iat: "must not be in the future",
		sub: "who you are",
		client_id: "the application that you use",
		scope: "the rights of the application",
		org_id: "the one clinic that this token gives access to",
		org_name: "the clinic's name for display",
		roles: "your roles, in this clinic only",
		permissions: "the single rights of your roles",
	},
};
