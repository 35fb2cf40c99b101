// Which files go into the build and which come out of it, with their hashes.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

export const repo = "..";

function walk(folder) {
  return fs.readdirSync(path.join(repo, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    return entry.isDirectory() ? walk(file) : [file];
  });
}

/** The build's own sources, relative to the repository. Templates are not among them: see dropped_classes. */
export function inputFiles() {
  const own = ["build.mjs", "files.mjs", "vocabulary.mjs", "icons.txt", "package.json", "package-lock.json"];
  return [...own.map((name) => `frontend/${name}`), ...walk("frontend/src")].sort();
}

/** What the build writes into static/, relative to the repository. */
export function outputFiles(vendorName) {
  return [...walk(`static/vendor/${vendorName}`), ...walk("static/fonts"), "static/css/portal.css"].sort();
}

/** @returns {Record<string, string>} file -> SHA-256 of its bytes */
export function sha256(files) {
  return Object.fromEntries(files.map((file) => [
    file, createHash("sha256").update(fs.readFileSync(path.join(repo, file))).digest("hex"),
  ]));
}
