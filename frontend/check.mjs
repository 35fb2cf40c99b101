// Says whether static/ is what the sources make: `npm run check`, or `node check.mjs`. Needs no packages.
// Exit status 1 with one line for each file that changed since the last build.
import fs from "node:fs";
import path from "node:path";
import { inputFiles, outputFiles, repo, sha256 } from "./files.mjs";

const manifest = JSON.parse(fs.readFileSync("manifest.json", "utf8"));
const problems = [];
for (const [name, now] of [["inputs", sha256(inputFiles())], ["outputs", sha256(outputFiles(manifest.vendor))]]) {
  for (const file of new Set([...Object.keys(manifest[name]), ...Object.keys(now)])) {
    if (manifest[name][file] !== now[file]) problems.push(`${file}: changed since the last build`);
  }
}

// A template that uses a class which the purge took away would look broken without a word.
const dropped = new Set(manifest.dropped_classes.split(" "));
const templates = fs.readdirSync(path.join(repo, "templates"), { recursive: true }).filter((f) => f.endsWith(".html"));
for (const file of templates) {
  const text = fs.readFileSync(path.join(repo, "templates", file), "utf8");
  const used = [...text.matchAll(/class="([^"]*)"/g)].flatMap(([, value]) => value.split(/[\s{}%|"']+/));
  for (const name of new Set(used)) {
    if (dropped.has(name)) problems.push(`templates/${file}: class ${name} is not in the built sheet`);
  }
}

for (const problem of problems) console.error(problem);
if (problems.length) {
  console.error("Run: cd frontend && npm ci && npm run build");
  process.exitCode = 1;
}
