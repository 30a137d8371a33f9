// A page that waits for work shows how far it is, and is loaded anew once that is over.
import { follow } from "../static/js/following.js";

follow(document.getElementById("progress"), () => location.reload());
