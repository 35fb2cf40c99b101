/* The date fields of the admin. The picker beside them would put today in the place of anything it cannot read, without a word,
   when the field loses the focus: what was typed stays instead, and the server says beside the field what is wrong.
   With the keyboard the picker would stay open over the next fields: the tabulator closes it. */
(function () {
  const jQuery = window.jQuery;
  if (!jQuery || !jQuery.fn.datetimepicker) return;
  jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
  document.addEventListener("keydown", function (event) {
    if (event.key === "Tab" && event.target.matches("input") && jQuery(event.target).data("xdsoft_datetimepicker")) {
      jQuery(event.target).datetimepicker("hide");
    }
  });
})();
