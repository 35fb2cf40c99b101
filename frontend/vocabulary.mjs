// Classes of Bootstrap Italia that stay whether or not a template names them today: the working vocabulary of whoever
// writes a template (docs/frontend.md lists it), and what Wagtail and Django write by themselves.

/** Exact class names and patterns over one class name. */
export const vocabulary = [
  // grid
  "container", "row", "col", /^col-(?:auto|\d+)$/, /^col-(?:sm|md|lg|xl)-(?:auto|\d+)$/, /^g-[0-5]$/, /^gy-[0-5]$/,
  /^row-cols-(?:md-|lg-)?[1-4]$/,
  // display, flex, space
  /^d-(?:none|block|flex|inline|inline-block|grid)$/, /^d-(?:md|lg)-(?:none|block|flex|inline-block)$/, "d-print-none",
  /^flex-(?:wrap|column|row|grow-1|shrink-0)$/, /^justify-content-(?:start|center|end|between)$/,
  /^align-items-(?:start|center|end|baseline)$/, /^gap-[1-4]$/,
  /^m[tby]?-(?:[0-5]|auto)$/, /^p[txby]?-[0-5]$/, "ms-auto", "me-auto", "me-2", "ms-2", "mx-auto",
  // type and tables
  /^text-(?:start|center|end|nowrap|break|muted|secondary)$/, /^fw-(?:normal|semibold|bold)$/, "small", "lead", /^h[1-6]$/,
  "list-unstyled", "list-inline", "list-inline-item", "visually-hidden", "visually-hidden-focusable",
  "table", "table-responsive", "w-100", "img-fluid", "rounded", "border", "border-top", "border-bottom",
  // components
  "btn", /^btn-(?:primary|outline-primary|secondary|outline-secondary|danger|outline-danger|link|lg|sm|icon)$/,
  "badge", /^bg-(?:primary|white)$/, "alert", /^alert-(?:info|success|warning|danger)$/,
  "breadcrumb-container", "breadcrumb", "breadcrumb-item", "separator", "active", "disabled",
  "pagination-wrapper", "pagination", "page-item", "page-link",
  "link-list-wrapper", "link-list", "list-item", "chip", "chip-label", "chip-simple",
  "callout", "callout-title", "callout-inner", "icon", /^icon-(?:sm|xs|lg|xl|white|primary|secondary|success|warning|danger)$/,
  "it-card", /^it-card-(?:title|body|text|image|image-wrapper|footer|height-full|related|link)$/,
  "form-label", "form-text", "form-control", "form-select", "form-check", "form-check-input", "is-invalid", "invalid-feedback",
  "progress", "progress-bar",
  // Wagtail's rich text
  "richtext-image", "left", "right", "full-width", "responsive-object",
];

/** Patterns that keep a selector when any part of it matches. */
export const dynamic = [];
