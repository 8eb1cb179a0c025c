// Registrations in every state: rules of WCAG, small windows, keys, and a place that goes to who waits.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { Browser, DESKTOP, PHONE } from "./browser.mjs";
import { Preview } from "./preview.mjs";
import { sticksOut, violations } from "./rules.mjs";
import { everyRegistration, OPEN_DAY, Person, prepare, ROUND_TABLE } from "./states.mjs";
import { bg, languages } from "./words.mjs";

let preview, browser;

before(async () => {
  preview = await Preview.start(undefined, prepare);
  browser = await Browser.launch();
});
after(async () => {
  await browser?.close();
  await preview?.stop();
});
afterEach(() => browser.assertNoProblems());

for (const words of languages) {
  for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    test(`no page of a registration breaks a rule, in ${words.lang} on a ${size}`, async () => {
      const page = await browser.open(preview.url, { viewport, javaScriptEnabled: true, bypassCSP: true });
      const found = [];
      await everyRegistration(page, words, async (name) => {
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          for (const violation of await violations(page)) found.push(`${name}, ${colorScheme}: ${violation}`);
        }
      });
      assert.deepEqual(found, []);
      await page.context().close();
    });
  }

  for (const [width, size] of [[320, "100%"], [640, "200%"]]) {
    test(`no page of a registration scrolls sideways at ${width} px with text of ${size}, in ${words.lang}`, async () => {
      const page = await browser.open(preview.url, { viewport: { width, height: 740 } });
      const found = {};
      await everyRegistration(page, words, async (name) => {
        await page.evaluate((size) => document.documentElement.style.setProperty("font-size", size), size);
        const out = await sticksOut(page);
        if (out.length > 0) found[name] = out;
        // A text that is missing shows its path, and a place that nobody fills its braces.
        const text = await page.getByRole("main").innerText();
        assert.doesNotMatch(text, /[{}]|\b(receipt|verify|form|mail)\.[a-z_]+/, name);
      });
      assert.deepEqual(found, {});
      await page.context().close();
    });
  }
}

test("a place that is given back is offered to who waits, who takes it with the keys alone", async () => {
  const page = await browser.open(preview.url);
  const { heading, cancel, accept } = bg.receipt;
  const [first, second, third] = Array.from({ length: 3 }, () => new Person(page, bg));
  await first.signUp(ROUND_TABLE, heading.confirmed);
  await second.signUp(ROUND_TABLE, heading.confirmed);
  await third.signUp(ROUND_TABLE, heading.waitlisted);
  await first.openReceipt(heading.confirmed);
  await first.press(cancel, heading.cancelled_by_attendee);
  assert.deepEqual(await preview.availability(ROUND_TABLE), { state: "waitlist", capacity: 2, remaining: 0, waiting: 0 });

  await third.followMail(bg.subjects.offered, heading.offered);
  const button = page.getByRole("button", { name: accept, exact: true });
  for (let stop = 0; stop < 40 && (await button.and(page.locator(":focus")).count()) === 0; stop += 1) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await third.heading(heading.confirmed);
  await third.followMail(bg.subjects.received.confirmed, heading.confirmed);
  for (const person of [second, third]) {
    await person.openReceipt(heading.confirmed);
    await person.press(cancel, heading.cancelled_by_attendee);
  }
  assert.equal((await preview.availability(ROUND_TABLE)).remaining, 2);
  await page.context().close();
});

test("opening the link of a mail confirms nothing, and its button does", async () => {
  const page = await browser.open(preview.url);
  const person = new Person(page, bg);
  const { heading } = bg.receipt;
  await person.signUp(OPEN_DAY, heading.pending_verification);
  await person.followMail(bg.subjects.received.pending_verification, bg.verify.heading);
  const verify = page.url();
  await person.openReceipt(heading.pending_verification);
  await page.goto(verify);
  await person.press(bg.verify.button, heading.confirmed);
  await page.goto(verify);
  await person.heading(heading.confirmed);
  await page.context().close();
});
