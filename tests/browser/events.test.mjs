// The list of events on a day after the build: what has ended meanwhile is among those that were.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser } from "./browser.mjs";
import { Built } from "./built.mjs";

let built, browser;

before(async () => {
  built = await Built.start("events");
  browser = await Browser.launch();
});
after(async () => {
  await browser?.close();
  await built?.stop();
});

/** The titles under „upcoming“ and under „past“, as somebody sees them who opens the page at this moment. */
async function listed(now, options = {}) {
  const page = await browser.open(built.url, { javaScriptEnabled: true, ...options });
  await page.clock.setFixedTime(now);
  await page.goto("/sabitiya/");
  const under = (name) => page.locator(`[data-events="${name}"] + ul h3`).allTextContents();
  return { upcoming: await under("upcoming"), past: await under("past"), text: await page.locator("main").innerText() };
}

test("what has ended since the build is among the events that were, the last one first", async () => {
  const atBuild = await listed("2026-11-23T09:00:00+02:00");
  const before = await listed("2026-11-23T23:59:59+02:00");
  assert.deepEqual(before, atBuild);
  const [first, second, ...rest] = atBuild.upcoming;
  assert.deepEqual((await listed("2026-11-24T00:00:00+02:00")).past, [first, ...atBuild.past]);
  const later = await listed("2026-12-01T20:00:00+02:00");
  assert.deepEqual([later.upcoming, later.past], [rest, [second, first, ...atBuild.past]]);
});

test("when all have ended it says that there are none", async () => {
  const long = await listed("2036-01-01T00:00:00+02:00");
  assert.deepEqual(long.upcoming, []);
  assert.match(long.text, /все още няма нищо/);
});

test("without a script the page is as it was built", async () => {
  const page = await listed("2036-01-01T00:00:00+02:00", { javaScriptEnabled: false });
  assert.notDeepEqual(page.upcoming, []);
});
