// Runs in the hidden frame of a renewal: reads the issuer's answer and sends the tokens to the page.
import { call } from "./api.js";
import { Session } from "./session.js";

const settings = (await call("GET", "/page/settings")).body;

const tokens = await new Session(settings).resume().catch(() => null);

parent.postMessage(tokens, location.origin);
