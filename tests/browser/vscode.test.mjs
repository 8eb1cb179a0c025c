// What Visual Studio Code is told of mistakes: each at its line, by the task that `centre schema vscode` writes.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const CENTRE = process.env.CENTRE ?? join(REPOSITORY, "target/release/centre");

const run = promisify(execFile);

test("every mistake that the task prints is found by its matcher, at its file and line", async () => {
  const root = await mkdtemp(join(tmpdir(), "vscode-"));
  try {
    for (const folder of ["content", "themes"]) await cp(join(REPOSITORY, folder), join(root, folder), { recursive: true });
    const event = "content/events/den-na-otvorenite-vrati-2027.md";
    const good = await readFile(join(root, event), "utf8");
    await writeFile(join(root, event), good.replace(/^starts_at:.*$/m, "starts_at: 31.06.2027, 10.00"));
    await run(CENTRE, ["--root", root, "schema", "vscode"]);
    const { tasks } = JSON.parse(await readFile(join(root, ".vscode/tasks.json"), "utf8"));
    const check = tasks.find(({ args }) => args[0] === "check");
    const { stderr } = await run(CENTRE, ["--root", root, ...check.args]).catch((failed) => failed);
    const { regexp, file, line, message } = check.problemMatcher.pattern;
    const lines = stderr.trim().split("\n");
    const found = lines.map((said) => said.match(new RegExp(regexp)));
    assert.deepEqual(lines.filter((_, index) => !found[index]), []);
    const mistake = found.find((match) => match[file] === event);
    assert.equal(good.split("\n")[mistake[line] - 1].startsWith("starts_at:"), true);
    assert.match(mistake[message], /\p{Script=Cyrillic}/u);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
