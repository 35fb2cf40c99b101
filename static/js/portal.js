// Small comforts; every page works without them.
"use strict";

// A form is sent once, even when its button is pressed twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// The folding menu closes with Escape and gives the focus back to its button.
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector(".site-nav__narrow[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Some browsers do not honour autofocus on an element that is not a control; and none does where the address ends in
// "#contenuto", which stays after the link past the menus: a form sent from there comes back with its errors unread.
window.addEventListener("load", () => {
  if (document.activeElement === document.body || document.activeElement.id === "contenuto") document.querySelector(".error-summary")?.focus();
});

// On paper nothing stays folded.
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("main details:not([open])")) {
    details.open = true;
    window.addEventListener("afterprint", () => { details.open = false; }, { once: true });
  }
});

// Buttons that make sense only with a script are hidden in the page and shown here.
for (const button of document.querySelectorAll("[data-print], [data-copy]")) {
  button.closest("[hidden]")?.removeAttribute("hidden");
  button.addEventListener("click", async () => {
    if ("print" in button.dataset) {
      window.print();
    } else {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
    }
  });
}
