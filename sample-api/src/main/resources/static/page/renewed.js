// The issuer's answer to a silent renewal ends here, in a hidden frame, and the tokens go to the page around it.
import { call } from "./api.js";
import { Session } from "./session.js";

const settings = (await call("GET", "/page/settings")).body;

const tokens = await new Session(settings).resume().catch(() => null);

parent.postMessage(tokens, location.origin);
