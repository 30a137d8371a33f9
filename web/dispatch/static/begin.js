// Who opened the page asked for it: what would help is tried at once, without another press.
document.getElementById("begin").requestSubmit();
