// How many places are left, said by a script where there is one: in words of the page, and only what the function answered.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { parse } from "yaml";

import { Browser } from "./browser.mjs";
import { Preview } from "./preview.mjs";
import { ACTIVITY, bg, en } from "./words.mjs";

const PAGES = { bg: `/sabitiya/${ACTIVITY}/`, en: "/en/events/open-day-2027/" };
const texts = (lang) => parse(readFileSync(fileURLToPath(new URL(`../../themes/centre/i18n/${lang}.yaml`, import.meta.url)), "utf8")).event;

let preview, browser;

before(async () => {
  preview = await Preview.start();
  browser = await Browser.launch();
});
after(async () => {
  await browser?.close();
  await preview?.stop();
});

/** Waits until the page says this beside the number of places, the function having answered so. */
async function says(lang, expected, answer) {
  const page = await browser.open(preview.url, { javaScriptEnabled: true });
  if (answer) await page.route("**/availability", (route) => route.fulfill({ json: answer }));
  const answered = page.waitForResponse("**/availability");
  await page.goto(PAGES[lang]);
  await (await answered).finished();
  await page.waitForFunction((text) => document.querySelector("[data-places]").textContent === text, expected);
  await page.context().close();
}

for (const { lang } of [bg, en]) {
  test(`an event says how many places are left, in ${lang}`, async () => {
    const { left, few, full, waitlist } = texts(lang);
    const seats = (state, remaining) => ({ state, capacity: 40, remaining, waiting: 0 });
    await says(lang, left.replace("{n}", "40"));
    await says(lang, left.replace("{n}", "6"), seats("open", 6));
    for (const number of [5, 1]) await says(lang, few.replace("{n}", number), seats("open", number));
    await says(lang, full, seats("full", 0));
    await says(lang, waitlist, seats("waitlist", 0));
    // The page says already that sign-up is closed.
    await says(lang, "", seats("closed", 3));
    browser.assertNoProblems();
  });
}

test("without a script the page says how many places there are in all, and nothing is missing", async () => {
  const page = await browser.open(preview.url);
  await page.goto(PAGES.bg);
  assert.equal(await page.locator("[data-places]").textContent(), "");
  assert.equal(await page.getByText("40 места общо").count(), 1);
  await page.context().close();
});
