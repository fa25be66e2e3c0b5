// Who is logged in. Tokens live in memory alone: a reload forgets them, and the issuer remembers the person.
const { Keycloak } = globalThis;

const HOME = `${location.origin}/`;

const RENEWED = `${location.origin}/page/renewed.html`;

const PATIENCE_MILLIS = 5000;

export class Session {

	#settings;

	#tokens = null;

	constructor(settings) {
		this.#settings = settings;
	}

	/** Back from the issuer: trade the code for tokens, and tidy the address. */
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

	/** Without a clinic the issuer asks people of several clinics for one. */
	async logIn(clinic) {
		location.assign(this.#loginUrl(await this.#client(), clinic, { redirectUri: HOME }));
	}

	/** New tokens for the same clinic, without a page in between. */
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
	 * A new one each time, because it takes the issuer's metadata once. Nobody shall end on an error page: if the
	 * issuer is down, this fails first, and here.
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

	/** What the client has no option for is added to its address. */
	#loginUrl(client, clinic, options) {
		const url = new URL(client.createLoginUrl(options));
		url.searchParams.set("audience", this.#settings.audience);
		if (clinic) {
			url.searchParams.set("organization", clinic);
		}
		return url.href;
	}

}

/** What renewed.html says when the issuer has sent the frame there. */
async function answerFromFrame(url) {
	const frame = document.createElement("iframe");
	frame.hidden = true;
	frame.title = "Renewal";
	frame.src = url;
	const listening = new AbortController();
	let patience;
	try {
		return await new Promise((resolve, reject) => {
			patience = setTimeout(() => reject(new Error("The issuer does not answer")), PATIENCE_MILLIS);
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
		clearTimeout(patience);
		listening.abort();
		frame.remove();
	}
}
