// A button to copy each text that is there to be copied. Without it, one click on the text selects all of it.

const SHOWN_FOR = 2000; // milliseconds

function add(button, text, words) {
  const label = text.closest("dd")?.previousElementSibling?.textContent ?? "";
  button.type = "button";
  button.className = "copy";
  button.textContent = words.copy;
  button.setAttribute("aria-label", `${words.copy}: ${label}`);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = words.copied;
    button.setAttribute("aria-label", words.copied);
    setTimeout(() => {
      button.textContent = words.copy;
      button.setAttribute("aria-label", `${words.copy}: ${label}`);
    }, SHOWN_FOR);
  });
  text.after(button);
}

// A browser lets pages copy only where they came by a safe way.
if (navigator.clipboard) {
  for (const box of document.querySelectorAll("[data-copy]")) {
    for (const text of box.querySelectorAll("pre")) add(document.createElement("button"), text, box.dataset);
  }
}
