// Sends requests, and returns their answers with status and headers.

/** Send a request of the page's own origin and read the whole answer. */
export async function call(method, path, { token, body } = {}) {
	const headers = { Accept: "application/json" };
	if (token) {
		headers.Authorization = `Bearer ${token}`;
	}
	if (body) {
		headers["Content-Type"] = "application/json";
	}
	try {
		const response = await fetch(path, {
			method, headers, body: body && JSON.stringify(body), cache: "no-store", credentials: "omit",
		});
		const text = await response.text();
		return {
			method, path,
			status: response.status,
			challenge: response.headers.get("WWW-Authenticate"),
			retryAfter: response.headers.get("Retry-After"),
			body: parse(text),
		};
	}
	catch {
		return { method, path, status: 0, body: null };
	}
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** The same call for a POSIX shell, with the token in a variable. */
export function curl({ method, path, token, body }) {
	return [
		"curl -i",
		method === "GET" ? null : `-X ${method}`,
		token ? '-H "Authorization: Bearer $TOKEN"' : null,
		body ? `-H 'Content-Type: application/json' -d ${quoted(JSON.stringify(body))}` : null,
		quoted(new URL(path, location.href).href),
	].filter((part) => part !== null).join(" ");
}

/** The line that sets the variable. */
export const variable = (token) => `TOKEN=${quoted(token)}`;

function parse(text) {
	try {
		return JSON.parse(text);
	}
	catch {
		return text || null;
	}
}
