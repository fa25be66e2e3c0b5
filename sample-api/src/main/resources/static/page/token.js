// What a token says, and how to spoil one. Nothing here is checked: that is the API's work.

const encode = (bytes) => btoa(String.fromCharCode(...bytes))
	.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const decode = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const read = (part) => JSON.parse(new TextDecoder().decode(decode(part)));

const write = (value) => encode(new TextEncoder().encode(JSON.stringify(value)));

/** Header and claims of a JWT (RFC 7519), unverified. */
export function parts(token) {
	const [header, claims] = token.split(".");
	return { header: read(header), claims: read(claims) };
}

/** The same signature under other claims. */
export function tampered(token, change) {
	const [header, claims, signature] = token.split(".");
	return [header, write({ ...read(claims), ...change }), signature].join(".");
}

/** No signature at all, and a header that says that this is fine (RFC 7519 section 6). */
export function unsigned(token) {
	const [header, claims] = token.split(".");
	return [write({ ...read(header), alg: "none" }), claims, ""].join(".");
}

/** What the API does with a member of the token; without an entry here, nothing. */
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
