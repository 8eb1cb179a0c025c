// Questions of every kind: rules of WCAG, small windows, keys, and questions that not everybody is asked.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser, DESKTOP, PHONE } from "./browser.mjs";
import { control, everyState, paths, press, SITE } from "./kinds.mjs";
import { Preview } from "./preview.mjs";
import { sticksOut, violations } from "./rules.mjs";
import { bg, languages } from "./words.mjs";

let preview, browser;

before(async () => {
  preview = await Preview.start(SITE);
  browser = await Browser.launch();
});
after(async () => {
  await browser?.close();
  await preview?.stop();
});

for (const words of languages) {
  for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    test(`no state of the form breaks a rule, in ${words.lang} on a ${size}`, async () => {
      const page = await browser.open(preview.url, { viewport, javaScriptEnabled: true, bypassCSP: true });
      const found = [];
      await everyState(page, words, async (name) => {
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

  for (const [width, size] of [[320, "100%"], [640, "200%"]]) {
    test(`no state of the form scrolls sideways at ${width} px with text of ${size}, in ${words.lang}`, async () => {
      const page = await browser.open(preview.url, { viewport: { width, height: 740 } });
      const found = {};
      await everyState(page, words, async (name) => {
        await page.evaluate((size) => document.documentElement.style.setProperty("font-size", size), size);
        const out = await sticksOut(page);
        if (out.length > 0) found[name] = out;
      });
      assert.deepEqual(found, {});
      await page.context().close();
    });
  }
}

test("a question is in sight when an answer asks it, and only then", async () => {
  const page = await browser.open(preview.url);
  await page.goto(paths.bg);
  const seen = async () => {
    const ids = ["where", "language", "years", "caption"];
    const visible = await Promise.all(ids.map((id) => control(page, id).isVisible()));
    return ids.filter((_, index) => visible[index]);
  };
  assert.deepEqual(await seen(), []);
  await press(page, "situation-course");
  assert.deepEqual(await seen(), ["where"]);
  await press(page, "situation-work");
  assert.deepEqual(await seen(), []);
  await press(page, "topics-career");
  await press(page, "topics-languages");
  await press(page, "photos");
  assert.deepEqual(await seen(), ["language", "years", "caption"]);
  await press(page, "topics-languages");
  assert.deepEqual(await seen(), ["caption"]);
  await page.context().close();
});

test("where styles cannot hide a question it says whom it is for", async () => {
  const page = await browser.open(preview.url);
  // A browser that does not know `:has()` drops the whole block.
  await page.route("**/*.css", async (route) => {
    const answer = await route.fetch();
    const css = (await answer.text()).replaceAll(":has(", ":unknown(");
    await route.fulfill({ response: answer, body: css, headers: { ...answer.headers(), "content-type": "text/css" } });
  });
  await page.goto(paths.bg);
  for (const id of ["where", "language", "years", "caption"]) assert.ok(await control(page, id).isVisible(), id);
  assert.ok(await page.getByText("Отговори, ако на „Какво правиш сега?“ избра").isVisible());
  await page.context().close();
});

test("a group, a list and boxes of a date are answered with keys alone", async () => {
  const page = await browser.open(preview.url);
  await page.goto(paths.bg);
  await control(page, "town").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  assert.ok(await control(page, "situation-none").isChecked());
  for (let steps = 0; steps < 2; steps += 1) await page.keyboard.press("ArrowDown");
  assert.ok(await control(page, "situation-school").isChecked());
  await page.keyboard.press("Tab");
  await page.keyboard.type("Гимназия");
  assert.equal(await control(page, "where").inputValue(), "Гимназия");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  assert.ok(await control(page, "topics-languages").isChecked());
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  assert.equal(await control(page, "language").inputValue(), "en");
  await page.context().close();
});

test("a line of the summary leads to the first box of its group", async () => {
  const page = await browser.open(preview.url);
  await page.goto(paths.bg);
  await page.getByRole("button", { name: bg.proceed, exact: true }).click();
  const summary = page.getByRole("alert");
  for (const [question, id] of [["Какво те интересува?", "topics-career"], ["От кога можеш?", "first_day_day"]]) {
    await summary.getByRole("link", { name: question }).click();
    await control(page, id).and(page.locator(":focus")).waitFor();
  }
  await page.context().close();
});
