// Calls the switches of the sample's own issuer. With any other issuer, no request is sent and the section is hidden.

export class Issuer {

	#switches;

	constructor({ issuer, ownIssuer }) {
		this.#switches = ownIssuer ? `${issuer}/switches` : null;
	}

	/** The state of the issuer, or null if it has no switches. */
	state() {
		return this.#send("GET", "");
	}

	rotate() {
		return this.#send("POST", "/rotation");
	}

	setDown(down) {
		return this.#send(down ? "PUT" : "DELETE", "/outage");
	}

	/** The token as if it had been issued an hour ago, or null. */
	async aged(token) {
		const answer = await this.#send("POST", "/aged-token", { Authorization: `Bearer ${token}` });
		return answer && answer.token;
	}

	async #send(method, path, headers = {}) {
		if (!this.#switches) {
			return null;
		}
		try {
			const response = await fetch(this.#switches + path, {
				method, headers: { "Sample-Switch": "page", ...headers }, cache: "no-store", credentials: "omit",
			});
			return response.ok ? await response.json() : null;
		}
		catch {
			return null;
		}
	}

}
