// Proves the palette: every pair of text and ground in use reaches 4.5:1, every border of a control 3:1 (WCAG 2.1 AA,
// success criteria 1.4.3 and 1.4.11). `npm run contrast`; reads the colours from src/tokens.css. Needs no packages.
import fs from "node:fs";

const tokens = Object.fromEntries(
  [...fs.readFileSync("src/tokens.css", "utf8").matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/gi)].map(([, name, hex]) => [name, hex]),
);
const luminance = (hex) => {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (a, b) => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

const grounds = ["paper", "white", "cielo", "cielo-light"];
const pairs = [
  ...["ink", "ink-soft", "bosco", "bosco-dark"].flatMap((text) => grounds.map((ground) => [text, ground, 4.5])),
  ...["terra", "success", "warning", "danger", "info"].flatMap((text) => ["paper", "white"].map((ground) => [text, ground, 4.5])),
  ...["bosco", "bosco-dark", "bosco-deep", "terra", "terra-dark"].map((ground) => ["white", ground, 4.5]),
  ...["cielo", "cielo-light"].flatMap((text) => ["bosco", "bosco-dark", "bosco-deep"].map((ground) => [text, ground, 4.5])),
  ["success", "success-light", 4.5], ["warning", "warning-light", 4.5], ["danger", "danger-light", 4.5], ["info", "info-light", 4.5],
  ["ink", "terra-light", 4.5], ["terra-dark", "terra-light", 4.5],
  ["line-strong", "white", 3], ["line-strong", "paper", 3],
];
let failed = 0;
for (const [text, ground, bound] of pairs) {
  const value = ratio(tokens[text], tokens[ground]);
  failed += value < bound;
  console.log(`${value >= bound ? "ok  " : "FAIL"} ${value.toFixed(2).padStart(5)} (${bound})  ${text} on ${ground}`);
}
process.exitCode = failed ? 1 : 0;
