/* The page editor saves by itself while a person writes, and knows nothing of the button they press meanwhile: a new page, or a new
   row of it, would be made twice, and the person would see an error for something that nobody did.
   So one thing at a time: what has not left yet does not leave; what has left is waited for, and the button goes on by itself. */
(function () {
  let saving = null; // {event, form, since}: what saves itself, from the moment it is announced
  let waiting = null; // {form, button}: what a person asked for meanwhile
  let leaving = false; // what a person asked for is on its way

  document.addEventListener("w-autosave:save", function (event) {
    if (leaving) event.preventDefault();
    else saving = { event: event, form: event.target, since: Date.now() };
  });

  function goOn(finished) {
    const next = waiting;
    if (saving === finished) saving = null;
    if (!next) return;
    waiting = null;
    // The button may show by now that it is working: a button that is off would not be sent with the form.
    if (next.button && next.button.name) {
      const chosen = document.createElement("input");
      chosen.type = "hidden";
      chosen.name = next.button.name;
      chosen.value = next.button.value;
      next.form.append(chosen);
    }
    next.form.requestSubmit();
  }
  ["w-autosave:success", "w-autosave:error"].forEach(function (name) {
    document.addEventListener(name, function () {
      // After Wagtail has told the form what is saved, and announced what was written since.
      setTimeout(goOn, 0, saving);
    });
  });

  document.addEventListener(
    "submit",
    function (event) {
      if (!saving || saving.form !== event.target) return;
      const pause = Number(saving.form.dataset.wAutosaveIntervalValue || 500);
      if (Date.now() - saving.since < pause - 50) {
        saving.event.preventDefault();
        saving = null;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting = { form: event.target, button: event.submitter };
    },
    true,
  );
  window.addEventListener("submit", function (event) {
    leaving = !event.defaultPrevented && event.target.matches("[data-edit-form]");
  });
  window.addEventListener("pageshow", function () {
    leaving = false;
  });
})();
