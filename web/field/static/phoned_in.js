// Of each line only what its result asks for is shown; without this script all of it is.
function show(select) {
  const asks = select.selectedOptions[0]?.dataset.asks?.split(" ") ?? [];
  const line = select.closest(".phoned-fields");
  for (const field of line.querySelectorAll("[data-detail]")) {
    const { detail } = field.dataset;
    field.hidden = !(detail === "any" ? select.value : asks.includes(detail));
  }
}

for (const select of document.querySelectorAll("select[data-code]")) {
  show(select);
  select.addEventListener("change", () => show(select));
}
