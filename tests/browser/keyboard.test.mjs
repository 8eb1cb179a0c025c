// The whole way with the keys alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser, DESKTOP } from "./browser.mjs";
import { Preview } from "./preview.mjs";
import { ANA, Visitor } from "./visitor.mjs";
import { ACTIVITY, bg } from "./words.mjs";

let preview, browser;

before(async () => {
  preview = await Preview.start();
  browser = await Browser.launch();
});
after(async () => {
  await browser?.close();
  await preview?.stop();
});

/** Presses Tab until this has the focus, and sees at each stop that the focus can be seen. */
async function tabTo(page, target, most = 60) {
  const focused = target.and(page.locator(":focus"));
  for (let stop = 0; stop < most; stop += 1) {
    await page.keyboard.press("Tab");
    await assertFocusIsSeen(page);
    if ((await focused.count()) === 1) return;
  }
  assert.fail(`${target} was not reached in ${most} stops`);
}

async function assertFocusIsSeen(page) {
  const focus = page.locator(":focus");
  if ((await focus.count()) === 0) return;
  const { tag, ring, inside } = await focus.evaluate((element) => {
    // Around a card, the ring is that of the area which the link covers.
    const ring = [null, "::after"].some((part) => {
      const { content, outlineStyle, outlineWidth } = getComputedStyle(element, part);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && (part === null || content !== "none");
    });
    const { top, bottom, left, right, height } = element.getBoundingClientRect();
    const inside = height > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
    return { tag: element.outerHTML.slice(0, 120), ring, inside };
  });
  assert.ok(ring, `no ring around ${tag}`);
  assert.ok(inside, `outside of the window: ${tag}`);
}

test("the first stop is a visible link past the menu", async () => {
  const page = await browser.open(preview.url, { viewport: DESKTOP });
  await page.goto("/");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: bg.skip, exact: true });
  await skip.and(page.locator(":focus")).waitFor();
  const { x, y, width, height } = await skip.boundingBox();
  assert.ok(x >= 0 && y >= 0 && width > 40 && height >= 24, `${[x, y, width, height]}`);
  await page.keyboard.press("Enter");
  await page.waitForURL(/#/);
  await page.keyboard.press("Tab");
  assert.equal(await page.getByRole("main").locator(":focus").count(), 1, "the next stop is in the content");
  await page.context().close();
});

test("a place is reserved and given back with Tab, Enter and typing alone", async () => {
  const page = await browser.open(preview.url);
  const visitor = new Visitor(page, bg);
  const button = (name) => page.getByRole("button", { name, exact: true });
  const press = async (target) => {
    await tabTo(page, target);
    await page.keyboard.press("Enter");
  };
  await visitor.goHome();
  await press(page.getByRole("navigation", { name: bg.menu }).getByRole("link", { name: bg.events, exact: true }));
  await visitor.heading(bg.events);
  await press(page.getByRole("link", { name: bg.openDay, exact: true }));
  await visitor.heading(bg.openDay);

  await tabTo(page, visitor.field("email"));
  await page.keyboard.type(ANA.email);
  await press(button(bg.proceed));
  await visitor.summary().and(page.locator(":focus")).waitFor();
  await press(visitor.summary().getByRole("link", { name: bg.missingName }));
  await visitor.field("name").and(page.locator(":focus")).waitFor();
  await page.keyboard.type(ANA.name);
  await tabTo(page, visitor.field("party"));
  await page.keyboard.press("ArrowDown");
  assert.equal(await visitor.field("party").inputValue(), "2");
  await press(button(bg.proceed));
  await visitor.heading(bg.check);
  await press(button(bg.confirm));
  await visitor.heading(bg.reserved);
  assert.equal((await preview.availability(ACTIVITY)).remaining, 38);
  await press(page.getByText(bg.cancelQuestion, { exact: true }));
  await press(button(bg.cancel));
  await visitor.heading(bg.cancelled);
  assert.equal((await preview.availability(ACTIVITY)).remaining, 40);
  browser.assertNoProblems();
  await page.context().close();
});
