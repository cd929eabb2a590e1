// Forms of the desk by keyboard: lists in the order of choosing, sources that are known, Ctrl+Enter. Each form works
// without any of it; the server sees to the same rules.

const $ = window.django.jQuery;

const optionOf = (select, value) => [...select.options].find((option) => option.value === value);
const isEmpty = (field) => (field.multiple ? field.selectedOptions.length === 0 : field.value === "");

/** Where one finds a record by typing is called what the field's label says. */
function nameFields() {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const label = select.labels[0];
    if (label) {
      label.id ||= `${select.id}_label`;
      const field = $(select).data("select2").$container[0];
      const value = field.querySelector(".select2-selection__rendered");
      for (const each of field.querySelectorAll(".select2-selection--single, .select2-search__field")) {
        each.setAttribute("aria-labelledby", select.multiple ? label.id : `${label.id} ${value.id}`);
      }
      value.setAttribute("aria-labelledby", label.id);
    }
  }
}

/** What is chosen again goes to the end: the order of the options is the order that is kept. */
function keepOrderOfChoosing() {
  $("select[multiple].admin-autocomplete").on("select2:select", (event) => {
    event.target.append(optionOf(event.target, event.params.data.id));
    $(event.target).trigger("change");
  });
}

/** A field that finds one record opens as soon as something is typed, as one for several does. */
function openByTyping(form) {
  form.addEventListener("keydown", (event) => {
    const isLetter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    const field = isLetter && event.target.closest(".select2-selection--single")?.closest(".select2");
    if (field) {
      $(field.previousElementSibling).select2("open");
      // The letter goes to where the focus is when the key has been handled.
      document.querySelector(".select2-dropdown .select2-search__field")?.focus();
    }
  });
}

/** Ctrl+Enter presses the first button that is seen. */
function handInByKey(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      // A field tells what hangs on it that it was changed when it is left.
      document.activeElement.blur();
      form.querySelector(".submit-row input[type=submit]")?.click();
    }
  });
}

/** The first field with an error, the box that lets a likely double through, or on a new record the first empty field. */
function focusFirst(form, isNew) {
  const usable = (field) =>
    field.name && !["hidden", "submit", "button", "checkbox"].includes(field.type) && field.offsetParent;
  const [wrong] = form.querySelectorAll(".errors :is(input, select, textarea), #doubles input");
  const first = wrong ?? (isNew && [...form.elements].find((field) => usable(field) && isEmpty(field)));
  if (first) {
    first.focus();
  }
}

/** The steps offered are those of the agreements chosen in the same part of the form. */
function stepsOfChosen(form) {
  for (const step of form.querySelectorAll("select[name$=status_change]")) {
    const agreements = form.querySelector(`select[name="${step.name.replace("status_change", "agreements")}"]`);
    if (!agreements) {
      continue;
    }
    $(step).select2({
      ajax: {
        data: ({ term, page }) => ({
          term,
          page,
          app_label: step.dataset.appLabel,
          model_name: step.dataset.modelName,
          field_name: step.dataset.fieldName,
          about: [...agreements.selectedOptions].map((option) => option.value),
        }),
        traditional: true,
      },
    });
  }
}

/** A source with a known address is offered; what its publisher's sources usually are is filled in. */
function newSource(form) {
  const offer = form.querySelector("#known-source");
  const part = (name) => form.querySelector(`[name="source-${name}"]`);
  if (!offer || !part("url")) {
    return;
  }
  const [url, publisher] = [part("url"), part("publisher")];
  const sources = form.querySelector("select[name=sources]");
  const ask = async (address, query) => {
    const response = await fetch(`${address}?${new URLSearchParams(query)}`, { headers: { Accept: "application/json" } });
    return response.ok ? response.json() : {};
  };
  let known = null;

  url.closest(".form-row").after(offer);

  async function recognise() {
    const asked = url.value.trim();
    const answer = asked ? await ask(offer.dataset.recognise, { url: asked }) : {};
    if (asked === url.value.trim()) {
      known = answer.known ?? null;
      offer.hidden = !known;
      offer.querySelector("span").textContent = known?.says ?? "";
    }
  }

  async function propose() {
    const query = { publisher: publisher.value.trim(), url: url.value.trim() };
    const usual = query.publisher || query.url ? await ask(offer.dataset.propose, query) : {};
    for (const name of ["kind", "language"]) {
      const field = part(name);
      // What an editor chose stays; what was proposed gives way.
      if (isEmpty(field) || field.value === field.dataset.proposed) {
        field.value = field.dataset.proposed = usual[name] ?? "";
      }
    }
  }

  function use() {
    const chosen = optionOf(sources, known.id) ?? new Option(known.text, known.id);
    chosen.selected = true;
    sources.append(chosen);
    $(sources).trigger("change");
    for (const field of form.querySelectorAll('[name^="source-"]')) {
      field.type === "checkbox" ? (field.checked = false) : (field.value = "");
    }
    known = null;
    offer.hidden = true;
    url.closest("details")?.removeAttribute("open");
    sources.focus();
  }

  url.addEventListener("change", recognise);
  url.addEventListener("change", propose);
  publisher.addEventListener("change", propose);
  offer.querySelector("button").addEventListener("click", use);
}

// After the admin's own scripts have made the fields that find by typing.
$(() => {
  const form = document.querySelector("#content-main > form");
  keepOrderOfChoosing();
  if (form) {
    stepsOfChosen(form);
  }
  if (form?.querySelector("#keys")) {
    openByTyping(form);
    handInByKey(form);
    newSource(form);
    focusFirst(form, !form.querySelector("[name=opened_on]"));
  }
  nameFields();
});
