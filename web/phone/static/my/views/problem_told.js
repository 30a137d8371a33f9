// One problem, told.

export { telling as default } from "./problem.js";
