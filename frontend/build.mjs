// Makes what static/ holds of the design system and of our own styles. `npm ci && npm run build`.
//
// - bootstrap-italia.min.css: the full compiled sheet, purged against the templates and vocabulary.mjs, its blue
//   replaced by the portal's green, its data: images written out as files (the CSP allows no data: URL), and
//   wrapped in @layer so that our own sheet wins without a contest of specificity.
// - portal.css: src/portal.css and what it imports, minified.
// - fonts: subset to the Latin characters of Italian and English, woff2.
// - svg/sprites.svg: the symbols of icons.txt.
// - manifest.json: hashes of input and output, and the classes left out; tests/consistency/test_frontend_build.py reads it.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { bundle, transform } from "lightningcss";
import { PurgeCSS } from "purgecss";
import subsetFont from "subset-font";
import { inputFiles, outputFiles, repo, sha256 } from "./files.mjs";
import { dynamic, vocabulary } from "./vocabulary.mjs";

const version = JSON.parse(fs.readFileSync("package.json")).devDependencies["bootstrap-italia"];
const vendorName = `bootstrap-italia-${version}`;
const source = path.join("node_modules", "bootstrap-italia");
const vendor = path.join(repo, "static", "vendor", vendorName);
const fonts = path.join(repo, "static", "fonts");
const targets = { chrome: 111 << 16, firefox: 113 << 16, safari: 16 << 16 };

/** Bootstrap Italia's blues, with the portal's colour that takes the place of each. */
const recolour = [
  [/#06c\b|hsl\(210,\s*100%,\s*40%\)|rgb\(0,\s*102,\s*204\)/g, "#175e4c"],
  [/rgb\(0,\s*(?:91\.8|86\.7|81\.6|76\.5|71\.4),\s*(?:183\.6|173\.4|163\.2|153|142\.8)\)|hsl\(210,\s*100%,\s*35%\)/g, "#0f4638"],
  [/hsl\(210,\s*100%,\s*2[05]%\)|#036\b|rgb\(0,\s*38\.25,\s*76\.5\)/g, "#0b3429"],
  [/(rgba\()0,\s*102,\s*204/g, "$123, 94, 76"],
  [/(--bs-primary-rgb:\s*)0,\s*102,\s*204/g, "$123, 94, 76"],
  [/rgb\(0,\s*81\.6,\s*163\.2\)/g, "#0f4638"],
  [/hsl\(210,\s*17%,\s*44%\)/g, "#54606a"],
  [/hsl\(210,\s*4%,\s*78%\)|hsl\(210,\s*3%,\s*85%\)/g, "#d9d4c7"],
  [/hsl\(0,\s*0%,\s*10%\)/g, "#17212b"],
  [/(--bs-body-color-rgb:\s*)25\.5,\s*25\.5,\s*25\.5/g, "$123, 33, 43"],
];

function write(file, content) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}

/**
 * Keeps !important where every declaration of a rule has it (the utilities) and takes it from the rest: inside a layer
 * it would win over our sheet.
 */
function calmImportant(css) {
  return css.replace(/\{([^{}]*!important[^{}]*)\}/g, (rule, body) => {
    const declarations = body.split(";").filter((text) => text.trim() && !text.trim().startsWith("--"));
    return declarations.every((text) => text.includes("!important")) ? rule : rule.replace(/\s*!important/g, "");
  });
}

/** Writes the images of data: URLs next to the sheet and points to them. */
function dataUrlsToFiles(css) {
  return css.replace(/url\(\s*(?:"(data:[^"]*)"|'(data:[^']*)'|(data:[^)]*))\s*\)/g, (whole, a, b, c) => {
    const url = a ?? b ?? c;
    const [, type, base64, body] = /^data:([^;,]*)(?:;charset=[^;,]*)?(;base64)?,\s*([\s\S]*)$/.exec(url);
    if (type !== "image/svg+xml") throw new Error(`a data: URL that the portal does not serve: ${type}`);
    const svg = base64 ? Buffer.from(body, "base64").toString()
      : body.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    const name = `${createHash("sha256").update(svg).digest("hex").slice(0, 10)}.svg`;
    write(path.join(vendor, "img", name), svg);
    return `url("../img/${name}")`;
  });
}

function classesOf(css) {
  const selectors = css.replace(/\{[^{}]*\}/g, "{}").match(/\.-?[_a-zA-Z][\w-]*/g) ?? [];
  return new Set(selectors.map((name) => name.slice(1)));
}

/** @returns {Promise<[string, string]>} the sheet as written, and the full one that it comes from */
async function buildVendorCss() {
  const full = fs.readFileSync(path.join(source, "dist/css/bootstrap-italia.min.css"), "utf8").replace(/^\uFEFF/, "");
  const [{ css: purged }] = await new PurgeCSS().purge({
    content: [`${repo}/templates/**/*.html`, `${repo}/portal/formrendering.py`, `${repo}/static/js/*.js`],
    css: [{ raw: full }],
    safelist: { standard: vocabulary, greedy: dynamic },
    blocklist: [/^vjs-/, /^video-js/, /^splide/, /^toggles$/, /^lever$/, /^offcanvas/, /^it-header/, /^header-slim/],
    fontFace: true, keyframes: true, variables: true,
  });
  let css = purged;
  for (const [from, to] of recolour) css = css.replace(from, to);
  css = dataUrlsToFiles(calmImportant(css));
  const banner = /\/\*![\s\S]*?\*\//.exec(full)[0];
  const { code } = transform({
    filename: "bootstrap-italia.css", minify: true, targets,
    code: Buffer.from(`@layer bootstrap-italia{${css.replace(banner, "")}}`),
  });
  write(path.join(vendor, "css", "bootstrap-italia.min.css"), `${banner}\n${code}`);
  fs.copyFileSync(path.join(source, "LICENSE"), path.join(vendor, "LICENSE"));
  return [code.toString(), full];
}

function buildSprite() {
  const names = fs.readFileSync("icons.txt", "utf8").split("\n").map((l) => l.trim()).filter((l) => l && !l.startsWith("#"));
  const sprite = fs.readFileSync(path.join(source, "dist/svg/sprites.svg"), "utf8");
  const symbols = names.map((name) => {
    const found = new RegExp(`<symbol id="${name}"[\\s\\S]*?</symbol>`).exec(sprite);
    if (!found) throw new Error(`icons.txt: Bootstrap Italia ${version} has no symbol ${name}`);
    return found[0];
  });
  write(path.join(vendor, "svg", "sprites.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
}

/** Basic Latin, Latin-1, the letters and signs that Italian and English texts use beyond them. */
const characters = (() => {
  const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join("");
  return range(0x20, 0x7e) + range(0xa0, 0xff) + "ŒœŠšŽžŸ\u2009\u200a\u202f‐–—‘’‚“”„†•…‹›€™←↑→↓−≤≥≈≠×÷½¼¾²³";
})();

async function buildFonts() {
  const wanted = {
    "titillium-web-400": "Titillium_Web/titillium-web-v10-latin-ext_latin-regular",
    "titillium-web-600": "Titillium_Web/titillium-web-v10-latin-ext_latin-600",
    "titillium-web-700": "Titillium_Web/titillium-web-v10-latin-ext_latin-700",
    "lora-400": "Lora/lora-v20-latin-ext_latin-regular",
    "lora-400-italic": "Lora/lora-v20-latin-ext_latin-italic",
  };
  for (const [name, file] of Object.entries(wanted)) {
    const original = fs.readFileSync(path.join(source, "dist/fonts", `${file}.ttf`));
    write(path.join(fonts, `${name}.woff2`), await subsetFont(original, characters, { targetFormat: "woff2" }));
  }
  for (const family of ["Titillium_Web", "Lora"]) {
    fs.copyFileSync(path.join(source, "dist/fonts", family, "OFL.txt"), path.join(fonts, `OFL-${family}.txt`));
  }
}

function buildPortalCss() {
  const { code } = bundle({ filename: "src/portal.css", minify: true, targets });
  write(path.join(repo, "static/css/portal.css"), `${code}\n`);
  return code.toString();
}

fs.rmSync(vendor, { recursive: true, force: true });
const [vendorCss, full] = await buildVendorCss();
buildSprite();
await buildFonts();
const kept = classesOf(vendorCss + buildPortalCss());
const dropped = [...classesOf(full)].filter((name) => !kept.has(name)).sort();
write("manifest.json", `${JSON.stringify({
  vendor: vendorName, inputs: sha256(inputFiles()), outputs: sha256(outputFiles(vendorName)), dropped_classes: dropped.join(" "),
}, null, 1)}\n`);

const gzip = (file) => zlib.gzipSync(fs.readFileSync(path.join(repo, file)), { level: 9 }).length;
const sizes = [`static/vendor/${vendorName}/css/bootstrap-italia.min.css`, "static/css/portal.css", "static/js/portal.js"]
  .filter((file) => fs.existsSync(path.join(repo, file)));
for (const file of sizes) console.log(`${(gzip(file) / 1000).toFixed(1)} kB gzip  ${file}`);
for (const file of fs.readdirSync(fonts).filter((f) => f.endsWith(".woff2"))) {
  console.log(`${(fs.statSync(path.join(fonts, file)).size / 1000).toFixed(1)} kB       static/fonts/${file}`);
}
