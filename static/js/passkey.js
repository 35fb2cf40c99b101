// Passkeys: shows what only a browser that has them can use, and says so when one does not work.
"use strict";

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = true;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.querySelector("[data-passkey-error]");
  if (!place) return;
  place.hidden = false;
  place.textContent = place.dataset.passkeyError;
});
