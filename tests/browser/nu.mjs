// The Nu HTML checker, which the W3C runs for everybody, over folders of pages, style sheets and drawings.

import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";

const JAR = join(createRequire(import.meta.url).resolve("vnu-jar/package.json"), "../build/dist/vnu.jar");
const OPTIONS = ["--also-check-css", "--also-check-svg", "--skip-non-html", "--format", "json", "--stdout", "--exit-zero-always"];

/** What the checker says of what lies in these folders: errors and warnings, each with its place. */
export async function nu(...folders) {
  const run = promisify(execFile)("java", ["-jar", JAR, ...OPTIONS, ...folders], { maxBuffer: 64 * 1024 * 1024 });
  const { messages } = JSON.parse((await run).stdout);
  return messages.map(({ url, lastLine, type, message, extract = "" }) => `${url}:${lastLine} ${type}: ${message} (${extract.trim()})`);
}
