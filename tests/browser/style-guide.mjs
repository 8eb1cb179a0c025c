// A site with every component and its awkward cases: nothing, one, a hundred, long words, every state of an event.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** In `tests/sites`, on top of `_base`. */
export const STYLE_GUIDE = "style-guide";

/** Adds the hundred news that nobody would want to keep in files. */
export async function prepare(root) {
  const folder = join(root, "content/news");
  await mkdir(folder, { recursive: true });
  for (let number = 1; number <= 100; number += 1) {
    const day = new Date(Date.UTC(2024, 0, 1 + 10 * number)).toISOString().slice(0, 10);
    const fields = [`title: Новина номер ${number}`, "description: Описание на новината.", `date: ${day}`, "tags: [rabota]"];
    await writeFile(join(folder, `novina-${number}.md`), `---\n${fields.join("\n")}\n---\n\nТекст на новината.\n`);
  }
}
