// One picture of the theme: first screens of pages and states, on phones and on a desktop, light and dark.
// `node contact-sheet.mjs ../../themes/centre/screenshot.png`

import { Browser, DESKTOP, PHONE } from "./browser.mjs";
import { Preview } from "./preview.mjs";
import { everyPage, Visitor } from "./visitor.mjs";
import { bg, en } from "./words.mjs";

const file = process.argv[2];
if (!file) {
  console.error("usage: node contact-sheet.mjs FILE.png");
  process.exit(2);
}
/** How large a screen is on the sheet. */
const SCALE = 0.4;

const browser = await Browser.launch();
const preview = await Preview.start();
const shots = [];

/** The first screen of the page as it is now. */
async function take(page) {
  shots.push({ bytes: await page.screenshot(), ...page.viewportSize() });
}

async function takePages(viewport, colorScheme, addresses) {
  const page = await browser.open(preview.url, { viewport, colorScheme });
  for (const address of addresses) {
    await page.goto(address);
    await page.evaluate(() => document.fonts.ready);
    await take(page);
  }
  await page.context().close();
}

try {
  await takePages(DESKTOP, "light", ["/"]);
  await takePages(DESKTOP, "dark", ["/en/events/open-day-2027/"]);
  await takePages(PHONE, "light", ["/", "/sabitiya/", "/uslugi/", "/poseshtenie/", "/registratsia/", "/chesti-vaprosi/"]);
  await takePages(PHONE, "dark", [en.home, "/lesno-chetene/", "/en/search/"]);
  const page = await browser.open(preview.url, { viewport: PHONE });
  await everyPage(new Visitor(page, bg), async (name) => {
    if (!["home", "event"].includes(name)) await take(page);
  });

  const pictures = shots.map(({ bytes, width }) => `<img src="data:image/png;base64,${bytes.toString("base64")}" width="${width * SCALE}" alt="">`);
  const sheet = await browser.open(preview.url, { viewport: { width: 1072, height: 100 } });
  await sheet.setContent(`<style>body{display:flex;flex-wrap:wrap;justify-content:space-between;gap:16px;margin:0;padding:16px;background:#d9d3d6}</style>${pictures.join("")}`);
  await sheet.screenshot({ path: file, fullPage: true });
} finally {
  await preview.stop();
  await browser.close();
}
