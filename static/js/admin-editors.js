/* What the page forms of Wagtail leave without a name, or out of reach of the keyboard. The text editors: a screen reader would
   only say «text», so each takes the label that stands over it, or the heading of its panel. Who else is on the page: its
   button takes the words of its tooltip. The contents beside the form: they scroll, so they can be reached. Later ones too. */
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
    for (const button of document.querySelectorAll("button.w-editing-sessions__session:not([aria-label])")) {
      // Once the tooltip works it has taken its words out of the button.
      const words = button.querySelector("[data-w-tooltip-target=content]") || (button._tippy && button._tippy.props.content);
      const text = words && (words.textContent || words);
      if (typeof text === "string") button.setAttribute("aria-label", text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim());
    }
    for (const list of document.querySelectorAll(".w-minimap__list:not([tabindex])")) list.tabIndex = 0;
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
