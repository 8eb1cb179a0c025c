// Takes pictures of every page of the site, of every page on the way to a place, of registrations in every state, and of a form with every
// kind of question: `node screenshots.mjs FOLDER`.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { Built } from "./built.mjs";
import { Browser, DESKTOP, PHONE } from "./browser.mjs";
import { everyState, SITE } from "./kinds.mjs";
import { Preview } from "./preview.mjs";
import { everyRegistration, prepare } from "./states.mjs";
import { prepare as guide, STYLE_GUIDE } from "./style-guide.mjs";
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

/** Pictures of every page of the site and of the style guide; the hundred news of the latter look alike. */
async function takeSites() {
  for (const [name, site] of Object.entries({ site: await Built.start(), guide: await Built.start(STYLE_GUIDE, guide) })) {
    const addresses = (await site.addresses()).filter((address) => !address.includes("novina-"));
    for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
      const page = await browser.open(site.url, { viewport });
      for (const address of addresses) {
        await page.goto(address);
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          const path = join(folder, `${name}${address.replaceAll("/", "_")}-${size}-${colorScheme}.png`);
          await page.screenshot({ path, fullPage: true });
        }
      }
      await page.context().close();
    }
    await site.stop();
  }
}

try {
  await takeSites();
  await takePictures(undefined, (page, words, look) => everyPage(new Visitor(page, words), look));
  await takePictures(SITE, everyState);
  await takePictures(undefined, everyRegistration, prepare);
} finally {
  await browser.close();
}
