// What an editor sees while writing: every change at once, and mistakes on top of the last good page.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser, DESKTOP } from "./browser.mjs";
import { Preview } from "./preview.mjs";
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
  const mistake = page.getByRole("alert").filter({ hasText: EVENT });
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
  assert.match(await mistake.textContent(), new RegExp(`${EVENT}:${line}:\\d+`));
  await visitor.heading("Вечер на отворените врати");

  await save(listening, good);
  await visitor.heading(bg.openDay);
  assert.equal(await mistake.count(), 0);
  browser.assertNoProblems();
  await page.context().close();
});
