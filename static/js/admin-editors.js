/* The text editors of the page forms have no name of their own: a screen reader would only say «text». Each takes the
   label that stands over it, or the heading of its panel; editors that are added later too. */
(function () {
  const UNNAMED = "[role=textbox][contenteditable]:not([aria-label]):not([aria-labelledby])";
  let numbered = 0;
  function labelOf(editor) {
    const wrapper = editor.closest(".w-field__wrapper");
    const label = wrapper && wrapper.querySelector(".w-field__label");
    if (label && label.textContent.trim()) {
      label.id = label.id || "editor-label-" + (numbered += 1);
      return label.id;
    }
    const section = editor.closest("section[aria-labelledby]");
    return section && section.getAttribute("aria-labelledby");
  }
  function nameAll() {
    for (const editor of document.querySelectorAll(UNNAMED)) {
      const id = labelOf(editor);
      if (id) editor.setAttribute("aria-labelledby", id);
    }
  }
  let asked = false;
  new MutationObserver(function () {
    if (asked) return;
    asked = true;
    requestAnimationFrame(function () {
      asked = false;
      nameAll();
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
  nameAll();
})();
