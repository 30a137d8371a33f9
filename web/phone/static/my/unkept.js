// The phone could not write a record down: its storage is refused or full. She is told at once, what
// she typed stays where it is, and the record goes to the server directly if there is a network.

import { button, element, say } from "./pieces.js";
import { t } from "./words.js";

/** A record that stands nowhere; she has been told. */
export class NotRecordedError extends Error {
  name = "NotRecordedError";
}

/**
 * Ask what to do about a record that is not on the phone.
 * @param {() => Promise<boolean>} again  write it down once more
 * @param {() => Promise<boolean>} direct  hand it to the server past the queue
 * @returns {Promise<"kept"|"sent">}  throws NotRecordedError where she lets it be
 */
export function askUnkept(again, direct) {
  return new Promise((resolve, reject) => {
    const told = element("p", { className: "wrong" });
    told.setAttribute("role", "alert");
    const box = element("dialog", { className: "panel inside stack unkept" }, [
      element("h2", { textContent: t("Not recorded yet") }),
      element("p", { textContent: t("This phone could not write it down: its storage is full or switched off. What you typed is still there. Free some room and try again, or send it straight to the server.") }),
      told,
    ]);
    const close = (settle, value) => { box.remove(); settle(value); };
    const attempt = (act, name, words) => async () => {
      told.textContent = "";
      if (await act()) close(resolve, name);
      else told.textContent = words;
    };
    box.append(
      button(t("Try again"), attempt(again, "kept", t("It still cannot be written down."))),
      button(t("Send it directly"), attempt(direct, "sent", t("The server does not answer. Try again where there is a network.")), { looks: "button main large wide" }),
      button(t("Leave it unrecorded"), () => close(reject, new NotRecordedError())),
    );
    box.addEventListener("cancel", (event) => event.preventDefault());
    document.body.append(box);
    box.showModal();
    say(t("Not recorded yet"));
  });
}
