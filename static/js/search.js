// Suggests records while a reader types into a search box. Without this script the box is a plain form.

const WAIT = 150; // milliseconds after the last letter
const FEWEST = 2; // letters before anything is asked for

function suggestTo(form) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestions);
  form.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    autocomplete: "off",
  })) input.setAttribute(name, value);

  let asked = null;
  let timer = 0;
  let active = -1;

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(index) {
    active = index;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = list.children[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function show(suggestions) {
    list.replaceChildren(
      ...suggestions.map(({ title, kind, address }, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.setAttribute("role", "option");
        option.dataset.address = address;
        const [name, what] = [document.createElement("span"), document.createElement("span")];
        name.textContent = title;
        what.textContent = kind;
        what.className = "soft";
        option.append(name, " ", what);
        return option;
      }),
    );
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const path = new URL(form.action).pathname;
    try {
      const answer = await fetch(`${path}suggest.json?${new URLSearchParams(new FormData(form))}`, { signal: asked.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch (error) {
      // Without an answer there is nothing to suggest; the form works all the same.
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < FEWEST) close();
    else timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") choose(active === last ? -1 : active + 1);
    else if (event.key === "ArrowUp") choose(active === -1 ? last : active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.address);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  // The box keeps the focus, or the list would be gone before the choice is made.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
}

document.querySelectorAll("form[data-suggest]").forEach(suggestTo);
