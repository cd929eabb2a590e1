// Refreshes a list in place when its filters change. The address stays the answer: without this script the form and the
// links lead to the very same pages.

const form = document.getElementById("filters");
let asked = null;

function addressOf(form) {
  const values = [...new FormData(form)].filter(([, value]) => value !== "");
  const sort = form.elements.sort;
  const query = new URLSearchParams(values.filter(([name, value]) => name !== "sort" || value !== sort.options[0].value));
  return query.size ? `${form.getAttribute("action")}?${query}` : form.getAttribute("action");
}

// Where the reader was in the form, to be found again in the new one.
function place() {
  const field = document.activeElement;
  return {
    open: [...document.querySelectorAll("#filters details[open]")].map((each) => each.id),
    focus: form.contains(field) || field?.closest("#filters")
      ? field.id ? `#${field.id}` : field.name ? `#filters [name="${field.name}"][value="${CSS.escape(field.value)}"]` : null
      : null,
    caret: field?.selectionStart ?? null,
  };
}

function put(page, was) {
  document.title = page.title;
  for (const selector of ["#filters", "#listing", ".cite"]) {
    const [old, fresh] = [document.querySelector(selector), page.querySelector(selector)];
    if (old && fresh) old.replaceChildren(...fresh.childNodes);
  }
  for (const id of was.open) document.getElementById(id)?.setAttribute("open", "");
  const field = was.focus && document.querySelector(was.focus);
  field?.focus({ preventScroll: true });
  if (field && was.caret !== null && field.setSelectionRange) field.setSelectionRange(was.caret, was.caret);
  const found = document.querySelector("#listing .found");
  document.getElementById("announced").textContent = found ? found.textContent : "";
}

async function show(address, { push }) {
  asked?.abort();
  asked = new AbortController();
  const listing = document.getElementById("listing");
  listing.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: asked.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("listing")) {
      // A page that explains what is wrong with the address, say.
      location.assign(address);
      return;
    }
    if (push) history.pushState(null, "", address);
    put(page, place());
    listing.removeAttribute("aria-busy");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

if (form) {
  // A live region has to be there before it speaks.
  const announced = document.createElement("p");
  announced.id = "announced";
  announced.className = "sr";
  announced.setAttribute("role", "status");
  form.after(announced);
  document.querySelector("#listing .found").removeAttribute("role");
  form.addEventListener("change", () => show(addressOf(form), { push: true }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(addressOf(form), { push: true });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".chips a, .questions a, .pages a, #filters .acts a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const again = link.closest(".pages");
    show(link.href, { push: true }).then(() => again && document.getElementById("listing").scrollIntoView());
  });
  addEventListener("popstate", () => show(location.href, { push: false }));
}
