// Suggestions while one types the name of a place: a combobox (WAI-ARIA 1.2, list autocomplete with manual selection).
// Without this script the field is a plain one, and the server asks «Intendevi…?» when the name is not clear.
"use strict";

for (const input of document.querySelectorAll("input[data-typeahead]")) {
  const list = document.createElement("ul");
  const status = document.createElement("div");
  const holder = document.createElement("div");
  let options = [];
  let active = -1;
  let timer = 0;
  let asked = 0;

  holder.className = "typeahead";
  input.replaceWith(holder);
  list.id = `${input.id}_list`;
  list.className = "typeahead__list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.typeaheadLabel);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  holder.append(input, list, status);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", autocomplete: "off" })) input.setAttribute(name, value);

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (index) => {
    active = (index + options.length) % options.length;
    for (const [place, option] of options.entries()) option.setAttribute("aria-selected", String(place === active));
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  };

  const choose = (index) => {
    input.value = options[index].textContent;
    close();
    status.textContent = "";
  };

  const show = (names) => {
    options = names.map((name, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}_${place}`;
      option.className = "typeahead__option";
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = name;
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(place); });
      return option;
    });
    list.replaceChildren(...options);
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(options.length > 0));
    status.textContent = options.length ? input.dataset.typeaheadFound.replace("%n", options.length) : input.dataset.typeaheadNone;
  };

  const ask = async () => {
    const words = input.value.trim();
    const mine = ++asked;
    if (words.length < 2) { close(); status.textContent = ""; return; }
    try {
      const response = await fetch(`${input.dataset.typeahead}?q=${encodeURIComponent(words)}`);
      const answer = await response.json();
      // An answer that comes late, or after the reader has gone on, is nobody's any more.
      if (mine === asked && document.activeElement === input) show(answer.names);
    } catch {
      close();
    }
  };

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
  input.addEventListener("blur", () => { asked++; close(); });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) {
      if (event.key === "ArrowDown") { event.preventDefault(); ask(); }
      return;
    }
    if (event.key === "ArrowDown") { event.preventDefault(); mark(active + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(active < 0 ? options.length - 1 : active - 1); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.key === "Enter" && active >= 0) { event.preventDefault(); choose(active); }
    else if (event.key === "Tab" && active >= 0) choose(active);
  });
}
