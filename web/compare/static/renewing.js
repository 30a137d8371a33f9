// How the day runs is asked again by itself; what somebody chooses in a form stays as she has chosen.
import { renew } from "../desk/parts.js";

const EVERY_MS = 10_000;

setInterval(() => document.hidden || renew(), EVERY_MS);
document.addEventListener("visibilitychange", () => document.hidden || renew());
