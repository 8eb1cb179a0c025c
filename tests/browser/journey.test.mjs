// The whole way from the home page to a place and back, on a small phone, without JavaScript.

import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";

import { Browser } from "./browser.mjs";
import { Preview } from "./preview.mjs";
import { ANA, Visitor } from "./visitor.mjs";
import { ACTIVITY, bg, en } from "./words.mjs";

let preview, browser;

before(async () => {
  preview = await Preview.start();
  browser = await Browser.launch();
});
after(async () => {
  await browser?.close();
  await preview?.stop();
});
afterEach(() => browser.assertNoProblems());

const remaining = async () => (await preview.availability(ACTIVITY)).remaining;

describe("in Bulgarian, two places are reserved and given back", () => {
  let visitor, page, manage;

  before(async () => {
    page = await browser.open(preview.url);
    visitor = new Visitor(page, bg);
  });
  after(() => page.context().close());

  test("the menu leads from the home page to the open day", async () => {
    await visitor.goHome();
    await visitor.findOpenDay();
    assert.deepEqual(await preview.availability(ACTIVITY), { state: "open", capacity: 40, remaining: 40, waiting: 0 });
  });

  test("a forgotten name is named in a summary that has the focus and leads to the field", async () => {
    await visitor.forgetTheName();
    assert.ok((await page.title()).startsWith("Грешка: "), await page.title());
    await visitor.summary().and(page.locator(":focus")).waitFor();
    await visitor.summary().getByRole("link", { name: bg.missingName }).click();
    await visitor.field("name").and(page.locator(":focus")).waitFor();
    assert.equal(await visitor.field("email").inputValue(), ANA.email);
    assert.equal(await visitor.field("party").inputValue(), "2");
  });

  test("the answers are shown before anything is kept, and can be changed", async () => {
    await visitor.checkAnswers();
    for (const answer of [ANA.name, ANA.email, bg.places(2)]) await page.getByText(answer, { exact: true }).first().waitFor();
    await page.getByRole("button", { name: bg.change, exact: true }).click();
    assert.equal(await visitor.field("name").inputValue(), ANA.name);
    assert.equal(await remaining(), 40);
    await visitor.checkAnswers();
  });

  test("the receipt has a reference, and two places are gone", async () => {
    await visitor.confirm();
    const reference = await page.getByText(bg.reference).first().textContent();
    assert.match(reference, /[0-9A-Z]{4,}/);
    assert.equal(await remaining(), 38);
  });

  test("the mail has the entry for the calendar and the way back", async () => {
    await page.goto("/__mail/");
    await page.getByRole("link", { name: bg.subject }).click();
    const text = await page.locator("pre").first().textContent();
    manage = text.match(/http\S+\/forms\/r\/\S+/)[0];
    const attached = await page.getByRole("link", { name: /\.ics$/ }).getAttribute("href");
    const calendar = (await (await page.request.get(attached)).text()).replaceAll("\r\n ", "");
    for (const line of [
      "BEGIN:VCALENDAR",
      "METHOD:PUBLISH",
      `SUMMARY:${bg.openDay}`,
      "DTSTART;TZID=Europe/Sofia:20270610T090000",
      "DTEND;TZID=Europe/Sofia:20270610T170000",
      "STATUS:CONFIRMED",
    ]) {
      assert.ok(calendar.split("\r\n").includes(line), `${line} is not in\n${calendar}`);
    }
  });

  test("looking at the reservation changes nothing; the button gives the places back", async () => {
    await page.goto(manage);
    await visitor.heading(bg.reserved);
    assert.equal(await remaining(), 38);
    await visitor.cancel();
    assert.equal(await remaining(), 40);
    await page.goto("/__mail/");
    assert.equal(await page.getByRole("listitem").count(), 2);
  });
});

test("in English, a place is reserved and the mail is in English", async () => {
  const page = await browser.open(preview.url, { locale: "en-GB" });
  const visitor = new Visitor(page, en);
  await visitor.goHome();
  await visitor.findOpenDay();
  await visitor.forgetTheName();
  await visitor.summary().getByRole("link", { name: en.missingName }).waitFor();
  await visitor.checkAnswers();
  await visitor.confirm();
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.equal(await remaining(), 38);
  await page.goto("/__mail/");
  await page.getByRole("link", { name: en.subject }).click();
  await page.context().close();
});

test("the language can be changed on a page that has a counterpart", async () => {
  const page = await browser.open(preview.url);
  const visitor = new Visitor(page, bg);
  await visitor.goHome();
  await visitor.findOpenDay();
  await page.getByRole("banner").getByRole("link", { name: "English", exact: true }).click();
  await new Visitor(page, en).heading(en.openDay);
  await page.context().close();
});
