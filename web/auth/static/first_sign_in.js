// A first sign-in link carries name and code behind the #, which no server and no log sees.
const given = new URLSearchParams(location.hash.slice(1));
for (const name of ["name", "code"]) {
  if (given.has(name)) document.getElementById(name).value = given.get(name);
}
if (given.has("code")) {
  history.replaceState(null, "", location.pathname);
  document.getElementById("new").focus();
}
