// What only a day that is open needs: the first opening does not wait for it.

export { Times } from "./formats.js";
export { keepOwn } from "./own_file.js";
export { Queue } from "./queue.js";
export { recover } from "./recovery.js";
export { sealer } from "./sealing.js";
export { State } from "./state.js";
export { askUnkept, NotRecordedError } from "./unkept.js";
