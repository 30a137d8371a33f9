// What only a day that is open needs: the first opening does not wait for it.

export { Times } from "./formats.js";
export { keepOwn } from "./own_file.js";
export { Recording } from "./recording.js";
export { State } from "./state.js";
