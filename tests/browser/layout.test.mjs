// What fits where: small phones, large text, and who pays on the first screen.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser, DESKTOP, PHONE } from "./browser.mjs";
import { Preview } from "./preview.mjs";
import { sticksOut } from "./rules.mjs";
import { everyPage, Visitor } from "./visitor.mjs";
import { languages } from "./words.mjs";

let preview, browser;

before(async () => {
  preview = await Preview.start();
  browser = await Browser.launch();
});
after(async () => {
  await browser?.close();
  await preview?.stop();
});

for (const words of languages) {
  for (const [name, width, size] of [
    ["320 px wide", 320, "100%"],
    ["640 px wide with text of 200 %", 640, "200%"],
  ]) {
    test(`no page on the way scrolls sideways at ${name}, in ${words.lang}`, async () => {
      const page = await browser.open(preview.url, { viewport: { width, height: 740 } });
      const found = {};
      await everyPage(new Visitor(page, words), async (name) => {
        await page.evaluate((size) => document.documentElement.style.setProperty("font-size", size), size);
        const out = await sticksOut(page);
        if (out.length > 0) found[name] = out;
      });
      assert.deepEqual(found, {});
      browser.assertNoProblems();
      await page.context().close();
    });
  }

  for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    test(`emblem and name of the Union are on the first screen of a ${size}, in ${words.lang}`, async () => {
      const page = await browser.open(preview.url, { viewport });
      await everyPage(new Visitor(page, words), async (name) => {
        if (name === "form-with-errors") await page.evaluate(() => scrollTo(0, 0));
        const banner = page.getByRole("banner");
        for (const mark of [banner.getByRole("img", { name: words.emblem }), banner.getByText(words.union, { exact: true })]) {
          const box = await mark.boundingBox();
          const inside = box.x >= 0 && box.y >= 0 && box.x + box.width <= viewport.width && box.y + box.height <= viewport.height;
          assert.ok(inside && box.height > 0, `${name}: ${mark} at ${JSON.stringify(box)}`);
        }
      });
      await page.context().close();
    });
  }
}
