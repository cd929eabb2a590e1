// Refreshes a list in place when its filters change. The address stays the answer: without this script the form and the
// links lead to the very same pages.

const LONG = 20; // Choices from which a panel gets a field to find one by its name.
const form = document.getElementById("filters");
const PARTS = ["questions", "filters", "found", "listing", "cite"];
let shown = location.pathname + location.search;
let asking = null;

// The address of what the form asks for: nothing empty, nothing that goes without saying.
function asked() {
  const address = new URL(form.action);
  const usual = form.elements.sort.options[0].value;
  const values = [...new FormData(form)].filter(([name, value]) => value.trim() && !(name === "sort" && value === usual));
  address.search = new URLSearchParams(values);
  address.hash = "";
  return address.href;
}

// Makes one part of the page like another. Elements stay where they are as far as they can, so that focus, open panels,
// places in long lists and a click that is half done outlive it.
function follow(old, fresh) {
  if (old.nodeName !== fresh.nodeName || old.id !== fresh.id) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) return;
  for (const { name } of [...old.attributes]) {
    if (name !== "open" && name !== "tabindex" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  const children = [...fresh.childNodes];
  if (old.childNodes.length === children.length) [...old.childNodes].forEach((child, n) => follow(child, children[n]));
  else old.replaceChildren(...children);
}

// A field above a long list of choices that hides those without the letters typed. It is no part of the form.
function withFinders(root) {
  for (const choices of root.querySelectorAll("#filters fieldset[data-find]")) {
    if (choices.querySelectorAll("label").length < LONG) continue;
    const field = root.createElement("input");
    field.type = "search";
    field.className = "finder";
    field.setAttribute("form", "");
    field.setAttribute("placeholder", choices.dataset.find);
    field.setAttribute("aria-label", choices.dataset.find);
    choices.querySelector("legend").after(field);
  }
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function find(field) {
  const letters = plain(field.value.trim());
  for (const label of field.parentElement.querySelectorAll("label")) {
    // Its name, without the count behind it.
    const name = label.querySelector("span").firstChild.textContent;
    label.hidden = !label.control.checked && !plain(name).includes(letters);
  }
}

function put(page, { typing }) {
  const field = document.activeElement;
  const at = field?.closest?.("#filters fieldset") && { name: field.name, value: field.value };
  const typed = typing && form.contains(field) && field.form === form && field.type !== "checkbox" ? field.value : null;
  const places = new Map([...form.querySelectorAll("details")].map((each) => [each.id, each.lastElementChild.scrollTop]));
  const sought = new Map([...form.querySelectorAll(".finder")].map((each) => [each.closest("details").id, each.value]));
  document.title = page.title;
  withFinders(page);
  for (const id of PARTS) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (old && fresh) follow(old, fresh);
  }
  // The same list in other formats, for programs that read the page.
  const others = (root) => [...root.head.querySelectorAll("link[rel=alternate]")];
  const [old, fresh] = [others(document), others(page)];
  if (old.length === fresh.length) old.forEach((link, n) => follow(link, fresh[n]));
  // The boxes and fields as the address has them, but for what is just being typed.
  form.reset();
  if (typed !== null) field.value = typed;
  for (const finder of form.querySelectorAll(".finder")) {
    finder.value = sought.get(finder.closest("details").id) ?? "";
    find(finder);
  }
  for (const [id, place] of places) {
    const panel = document.getElementById(id)?.lastElementChild;
    if (panel && place) panel.scrollTop = place;
  }
  if (at && !document.contains(field)) {
    const again = [...form.querySelectorAll("fieldset input")].find((each) => each.name === at.name && each.value === at.value);
    again?.focus({ preventScroll: true });
  }
}

// Gives whether the list now shows what the address asks for; of several asked for one after another only the last does.
async function show(address, { push }) {
  asking?.abort();
  const mine = (asking = new AbortController());
  const listing = document.getElementById("listing");
  listing.setAttribute("aria-busy", "true");
  let page;
  try {
    const answer = await fetch(address, { signal: mine.signal });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    page = null;
  }
  if (mine.signal.aborted) return false;
  asking = null;
  if (!page?.getElementById("listing")) {
    // No answer, or a page that says what is wrong with the address: the browser shows it.
    if (push) location.assign(address);
    else location.reload();
    return false;
  }
  const { pathname, search } = new URL(address, location.href);
  if (push && pathname + search !== shown) {
    history.replaceState({ place: scrollY }, "");
    history.pushState(null, "", address);
  }
  shown = pathname + search;
  put(page, { typing: push });
  document.getElementById("listing").removeAttribute("aria-busy");
  return true;
}

function stop() {
  asking?.abort();
  asking = null;
  document.getElementById("listing").removeAttribute("aria-busy");
}

if (form) {
  const found = document.getElementById("found");
  found.tabIndex = -1;
  withFinders(document);
  form.addEventListener("change", ({ target }) => {
    if (target.form === form) show(asked(), { push: true });
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const typing = document.activeElement.type === "search";
    if (!(await show(asked(), { push: true })) || typing) return;
    // Who presses the button has chosen, and wants to see: on a phone the list is below an open panel.
    for (const panel of form.querySelectorAll("details[open]")) panel.open = false;
    found.focus();
  });
  form.addEventListener("input", ({ target }) => {
    if (target.matches(".finder")) find(target);
  });
  form.addEventListener("keydown", (event) => {
    const panel = event.target.closest("details[open]");
    if (event.key !== "Escape" || !panel) return;
    panel.open = false;
    panel.firstElementChild.focus();
  });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest(".questions a, #filters .acts a, .chips a, .pages a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const turns = link.closest(".pages");
    if (!(await show(link.href, { push: true }))) return;
    // The link may be gone: the reader goes on from the line that says what is listed now.
    if (turns) found.focus();
    else if (!document.contains(link)) found.focus({ preventScroll: true });
  });
  addEventListener("popstate", async ({ state }) => {
    stop();
    // A link within the page changes the address, too.
    if (location.pathname + location.search === shown) return;
    if ((await show(location.href, { push: false })) && state?.place !== undefined) scrollTo(0, state.place);
  });
  addEventListener("pagehide", stop);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) form.reset();
  });
}
