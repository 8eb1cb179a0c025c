// Takes pictures of every page on the way, of registrations in every state, and of a form with every kind of question:
// `node screenshots.mjs FOLDER`.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { Browser, DESKTOP, PHONE } from "./browser.mjs";
import { everyState, SITE } from "./kinds.mjs";
import { Preview } from "./preview.mjs";
import { everyRegistration, prepare } from "./states.mjs";
import { everyPage, Visitor } from "./visitor.mjs";
import { languages } from "./words.mjs";

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node screenshots.mjs FOLDER");
  process.exit(2);
}
await mkdir(folder, { recursive: true });
const browser = await Browser.launch();

/** Pictures of what `visit` goes through, on a copy of `site`. */
async function takePictures(site, visit, prepare) {
  const preview = await Preview.start(site, prepare);
  for (const words of languages) {
    for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
      const page = await browser.open(preview.url, { viewport });
      await visit(page, words, async (name) => {
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          const path = join(folder, `${name}-${words.lang}-${size}-${colorScheme}.png`);
          await page.screenshot({ path, fullPage: true });
        }
      });
      await page.context().close();
    }
  }
  await preview.stop();
}

try {
  await takePictures(undefined, (page, words, look) => everyPage(new Visitor(page, words), look));
  await takePictures(SITE, everyState);
  await takePictures(undefined, everyRegistration, prepare);
} finally {
  await browser.close();
}
