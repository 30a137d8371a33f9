// What of a question differs from the usual one, told anew with each lever that is moved.

export function tellDiffering(box) {
  const usual = JSON.parse(box.dataset.usual);
  const form = box.closest("form");
  const tell = () => show(box, usual.map(([name, value]) => said(form, name, value, box)));
  form.addEventListener("input", tell);
  tell(); // a browser that comes back to the page fills in what was there before
}

function show(box, lines) {
  const told = lines.filter(Boolean);
  box.hidden = !told.length;
  box.querySelector("ul").replaceChildren(...told.map(item));
}

function item(text) {
  const line = document.createElement("li");
  line.textContent = text;
  return line;
}

// Return a lever that is not as usual in words, as the server says it; nothing for another.
function said(form, name, usual, box) {
  const field = form.elements[name];
  const label = field.labels[0].textContent.trim();
  if (field.type === "checkbox") return field.checked === (usual !== "") ? "" : label;
  if (isSame(field, field.value.trim(), usual)) return "";
  const choice = field.selectedOptions?.[0].textContent ?? field.value.trim();
  return box.dataset.line.replace("{lever}", () => label).replace("{choice}", () => choice);
}

function isSame(field, value, usual) {
  if (field.type === "number") return value === "" || Number(value) === Number(usual);
  return value === usual;
}
