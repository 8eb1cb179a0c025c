// Every page on the way against the rules of WCAG 2.2 AA that a program can judge, in light and dark.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser, DESKTOP, PHONE } from "./browser.mjs";
import { Preview } from "./preview.mjs";
import { violations } from "./rules.mjs";
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
  for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    test(`no page on the way breaks a rule, in ${words.lang} on a ${size}`, async () => {
      // The rules are checked by a script; the pages have none, and their policy would not let it in.
      const page = await browser.open(preview.url, { viewport, javaScriptEnabled: true, bypassCSP: true });
      const found = [];
      await everyPage(new Visitor(page, words), async (name) => {
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          for (const violation of await violations(page)) found.push(`${name}, ${colorScheme}: ${violation}`);
        }
      });
      assert.deepEqual(found, []);
      browser.assertNoProblems();
      await page.context().close();
    });
  }
}
