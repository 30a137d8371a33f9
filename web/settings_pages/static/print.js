// The button prints the page; without this script the browser's own menu does.
const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => print());
