// Takes pictures of every page on the way: `node screenshots.mjs FOLDER`.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { Browser, DESKTOP, PHONE } from "./browser.mjs";
import { Preview } from "./preview.mjs";
import { everyPage, Visitor } from "./visitor.mjs";
import { languages } from "./words.mjs";

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node screenshots.mjs FOLDER");
  process.exit(2);
}
await mkdir(folder, { recursive: true });
const preview = await Preview.start();
const browser = await Browser.launch();
try {
  for (const words of languages) {
    for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
      const page = await browser.open(preview.url, { viewport });
      await everyPage(new Visitor(page, words), async (name) => {
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          const path = join(folder, `${name}-${words.lang}-${size}-${colorScheme}.png`);
          await page.screenshot({ path, fullPage: true });
        }
      });
      await page.context().close();
    }
  }
} finally {
  await browser.close();
  await preview.stop();
}
