// Counts the agreements that are ticked to be compared, and keeps them ticked while the list is refreshed around them.
// Without this script the boxes and the button are a plain form.

const BOX = 'input[name="a"][form="compare"]';
const ticked = new Set();

function tell() {
  const form = document.getElementById("compare");
  if (!form) return;
  const words = form.querySelector("[data-words]");
  words.dataset.idle ??= words.textContent;
  const shown = new Set([...document.querySelectorAll(BOX)].map((box) => box.value));
  // What was ticked and is no longer on the page is still asked for.
  form.querySelectorAll("input[data-kept]").forEach((field) => field.remove());
  for (const value of ticked) {
    if (shown.has(value)) continue;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "a", value });
    field.dataset.kept = "";
    form.append(field);
  }
  const pattern = ticked.size > 6 ? form.dataset.tooMany : form.dataset.ticked;
  words.textContent = ticked.size ? pattern.replace("{n}", ticked.size) : words.dataset.idle;
  words.setAttribute("role", "status");
  form.classList.toggle("some", ticked.size > 0);
}

function tickAgain() {
  for (const box of document.querySelectorAll(BOX)) box.checked = ticked.has(box.value);
  tell();
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

const listing = document.getElementById("listing");
if (listing) new MutationObserver(tickAgain).observe(listing, { childList: true });
