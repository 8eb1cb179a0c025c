// What an editor sees while writing: every change at once, and mistakes on top of the last good page.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser, DESKTOP, PHONE } from "./browser.mjs";
import { Preview } from "./preview.mjs";
import { sticksOut, violations } from "./rules.mjs";
import { Visitor } from "./visitor.mjs";
import { ACTIVITY, bg } from "./words.mjs";

const EVENT = `content/events/${ACTIVITY}.md`;

let preview, browser;

before(async () => {
  preview = await Preview.start();
  browser = await Browser.launch();
});
after(async () => {
  await browser?.close();
  await preview?.stop();
});

test("an open page follows the file, and shows a mistake on top of itself until it is mended", async () => {
  const page = await browser.open(preview.url, { viewport: DESKTOP, javaScriptEnabled: true });
  const visitor = new Visitor(page, bg);
  const mistake = page.locator("#preview-problems");
  /** Saves the file once the page listens, as an editor does who looks at it. */
  const save = async (listening, text) => {
    await listening;
    await preview.write(EVENT, text);
  };
  const listens = () => page.waitForRequest(/__reload\?version=/);
  const good = await preview.read(EVENT);

  let listening = listens();
  await page.goto(`/sabitiya/${ACTIVITY}/`);
  await visitor.heading(bg.openDay);

  const renamed = good.replace(bg.openDay, "Вечер на отворените врати");
  const reloaded = page.waitForEvent("load");
  await save(listening, renamed);
  listening = listens();
  await reloaded;
  await visitor.heading("Вечер на отворените врати");

  await save(listening, renamed.replace("starts_at: 2027-06-10", "starts_at: 2027-06-31"));
  listening = listens();
  await mistake.waitFor();
  const line = good.split("\n").findIndex((line) => line.startsWith("starts_at:")) + 1;
  assert.match(await mistake.innerText(), new RegExp(`${EVENT}:${line}:\\d+`));
  await visitor.heading("Вечер на отворените врати");

  await save(listening, good);
  await visitor.heading(bg.openDay);
  assert.equal(await mistake.count(), 0);
  browser.assertNoProblems();
  await page.context().close();
});

test("a file is broken and mended ten times: the panel comes and goes, and the last good page stays", async () => {
  const page = await browser.open(preview.url, { viewport: DESKTOP, javaScriptEnabled: true });
  const visitor = new Visitor(page, bg);
  const panel = page.locator("#preview-problems");
  const good = await preview.read(EVENT);
  const listens = () => page.waitForRequest(/__reload\?version=/);
  let listening = listens();
  await page.goto(`/sabitiya/${ACTIVITY}/`);
  for (let round = 0; round < 10; round++) {
    await listening;
    listening = listens();
    await preview.write(EVENT, good.replace("starts_at: 2027-06-10", `starts_at: 2027-06-3${round < 5 ? 1 : 2}`));
    await panel.waitFor();
    assert.equal(await panel.getByRole("alert").count(), 1);
    await visitor.heading(bg.openDay);
    await listening;
    listening = listens();
    await preview.write(EVENT, good);
    await panel.waitFor({ state: "detached" });
    await visitor.heading(bg.openDay);
  }
  browser.assertNoProblems();
  await page.context().close();
});

test("the panel can be read in both languages, closed by Esc, and walked by keyboard on a phone", async () => {
  const page = await browser.open(preview.url, { viewport: PHONE, javaScriptEnabled: true, bypassCSP: true });
  const good = await preview.read(EVENT);
  await preview.write(EVENT, good.replace("starts_at: 2027-06-10", "starts_at: 2027-06-31"));
  const panel = page.locator("#preview-problems");
  await expectPanel(page, panel);
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true, "the focus is not taken");
  const english = "This cannot be published yet";
  assert.match(await panel.innerText(), new RegExp(english));
  await panel.getByRole("button", { name: "На български" }).focus();
  await page.keyboard.press("Enter");
  assert.match(await panel.innerText(), /Това още не може да се публикува/);
  assert.doesNotMatch(await panel.innerText(), new RegExp(english));
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await sticksOut(page), []);
  await page.keyboard.press("Escape");
  assert.equal(await panel.isVisible(), false);
  await preview.write(EVENT, good);
  await page.context().close();
});

/** Loads the page until the file that was saved is in it. */
async function expectPanel(page, panel) {
  await page.goto(`/sabitiya/${ACTIVITY}/`);
  await panel.waitFor();
}
