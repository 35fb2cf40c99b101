// The list of a round: the buttons move lines at once, without going to the server. Without this they are saved there.
"use strict";

for (const form of document.querySelectorAll("[data-round-list]")) {
  const list = form.querySelector("[data-round-rows]");
  const status = form.querySelector("[data-round-status]");
  const renumber = () => {
    [...list.children].forEach((line, index, all) => {
      line.querySelector("input").value = index + 1;
      line.querySelector("[name=su]").disabled = index === 0;
      line.querySelector("[name=giu]").disabled = index === all.length - 1;
    });
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = status.dataset.moved; });
  };
  list?.addEventListener("click", (event) => {
    const button = event.target.closest("[name=su], [name=giu]");
    if (!button) return;
    event.preventDefault();
    const line = button.closest("li");
    if (button.name === "su" && line.previousElementSibling) line.previousElementSibling.before(line);
    if (button.name === "giu" && line.nextElementSibling) line.nextElementSibling.after(line);
    renumber();
    (button.disabled ? line.querySelector("[name=su]:enabled, [name=giu]:enabled") : button)?.focus();
  });
}
