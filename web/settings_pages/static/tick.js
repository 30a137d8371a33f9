// One tick for all of a list; each stays to be ticked by itself.
const all = document.getElementById("tick-all");
const each = [...document.querySelectorAll('input[name="collector"]')];

function tell() {
  const ticked = each.filter((box) => box.checked).length;
  all.checked = ticked === each.length;
  all.indeterminate = ticked > 0 && ticked < each.length;
}

all.closest("label").hidden = false;
all.addEventListener("change", () => {
  for (const box of each) box.checked = all.checked;
});
for (const box of each) box.addEventListener("change", tell);
tell();
