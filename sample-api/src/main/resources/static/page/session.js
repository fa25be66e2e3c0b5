// The login of the user. Tokens are kept in memory only: after a reload, the user logs in with the issuer's session.
const { Keycloak } = globalThis;

const HOME = `${location.origin}/`;

const RENEWED = `${location.origin}/page/renewed.html`;

const TIMEOUT_MILLIS = 5000;

export class Session {

	#settings;

	#tokens = null;

	constructor(settings) {
		this.#settings = settings;
	}

	/** Exchange the code in the address for tokens, after the redirect from the issuer. */
	async resume() {
		const query = new URLSearchParams(location.search);
		if (!query.has("state") || !(query.has("code") || query.has("error"))) {
			return null;
		}
		const client = await this.#client();
		if (!client.authenticated) {
			throw new Error("The issuer's answer is an error, or not for this page");
		}
		this.#tokens = { access_token: client.token, id_token: client.idToken };
		return this.#tokens;
	}

	/** Log in. Without a clinic, the issuer lets members of several clinics choose one. */
	async logIn(clinic) {
		location.assign(this.#loginUrl(await this.#client(), clinic, { redirectUri: HOME }));
	}

	/** Get new tokens for the same clinic in a hidden frame. */
	async renew(clinic) {
		const url = this.#loginUrl(await this.#client(), clinic, { redirectUri: RENEWED, prompt: "none" });
		this.#tokens = await answerFromFrame(url);
		return this.#tokens;
	}

	async logOut() {
		const client = await this.#client();
		client.idToken = this.#tokens.id_token;
		return client.logout({ redirectUri: HOME });
	}

	/**
	 * Create a client. There is a new one for each login, because a client reads the issuer's metadata only once. If
	 * the issuer is down, this request fails and the browser is not redirected to an error page.
	 */
	async #client() {
		const { issuer, clientId, scope } = this.#settings;
		const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
			cache: "no-store", credentials: "omit",
		});
		if (!response.ok) {
			throw new Error("The issuer does not answer");
		}
		const client = new Keycloak({ clientId, oidcProvider: await response.json() });
		await client.init({ scope, pkceMethod: "S256", responseMode: "query", checkLoginIframe: false });
		return client;
	}

	/** The login address with parameters for which the client has no option. */
	#loginUrl(client, clinic, options) {
		const url = new URL(client.createLoginUrl(options));
		url.searchParams.set("audience", this.#settings.audience);
		if (clinic) {
			url.searchParams.set("organization", clinic);
		}
		return url.href;
	}

}

/** Load an address in a hidden frame and wait for the tokens that renewed.html sends. */
async function answerFromFrame(url) {
	const frame = document.createElement("iframe");
	frame.hidden = true;
	frame.title = "Renewal";
	frame.src = url;
	const listening = new AbortController();
	let timeout;
	try {
		return await new Promise((resolve, reject) => {
			timeout = setTimeout(() => reject(new Error("The issuer does not answer")), TIMEOUT_MILLIS);
			addEventListener("message", ({ origin, source, data }) => {
				if (origin !== location.origin || source !== frame.contentWindow) {
					return;
				}
				if (data) {
					resolve(data);
				}
				else {
					reject(new Error("The issuer issued no token"));
				}
			}, { signal: listening.signal });
			document.body.append(frame);
		});
	}
	finally {
		clearTimeout(timeout);
		listening.abort();
		frame.remove();
	}
}
