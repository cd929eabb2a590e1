// Counts the agreements that are ticked to be compared, and keeps them ticked while the list is refreshed around them.
// Without this script the boxes and the button are a plain form.

const BOX = 'input[name="a"][form="compare"]';
const listing = document.getElementById("listing");
const idle = document.querySelector("#compare [data-words]")?.textContent;
const ticked = new Set();
// A refresh may put other rows in, or make one row into another.
const refreshed = new MutationObserver(tell);

function tell() {
  const form = document.getElementById("compare");
  if (!form) return;
  refreshed.disconnect();
  const shown = new Set();
  for (const box of document.querySelectorAll(BOX)) {
    box.checked = ticked.has(box.value);
    shown.add(box.value);
  }
  // What was ticked and is no longer on the page is still asked for.
  form.querySelectorAll("input[data-kept]").forEach((field) => field.remove());
  for (const value of ticked) {
    if (shown.has(value)) continue;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "a", value });
    field.dataset.kept = "";
    form.append(field);
  }
  const pattern = ticked.size > 6 ? form.dataset.tooMany : form.dataset.ticked;
  const words = form.querySelector("[data-words]");
  words.setAttribute("role", "status");
  words.textContent = ticked.size ? pattern.replace("{n}", ticked.size) : idle;
  form.classList.toggle("some", ticked.size > 0);
  if (listing) refreshed.observe(listing, { subtree: true, childList: true, attributeFilter: ["value"] });
}

document.addEventListener("change", ({ target }) => {
  if (!target.matches(BOX)) return;
  if (target.checked) ticked.add(target.value);
  else ticked.delete(target.value);
  tell();
});

// A browser that goes back restores the boxes, some after this script ran.
addEventListener("pageshow", () => {
  for (const box of document.querySelectorAll(`${BOX}:checked`)) ticked.add(box.value);
  tell();
});
