// Searching: what the script makes of words and queries, and what a visitor sees with it and without it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { find, inWords, term, unpack } from "../../themes/centre/static/search.js";
import { Browser, PHONE } from "./browser.mjs";
import { Built } from "./built.mjs";
import { sticksOut, violations } from "./rules.mjs";

const PAGES = { bg: "/tarsene/", en: "/en/search/" };
const vectors = async (name) => JSON.parse(await readFile(new URL(`../search/${name}.json`, import.meta.url), "utf8"));

let built, browser;
const indexes = {};

before(async () => {
  built = await Built.start("search");
  browser = await Browser.launch();
  for (const [language, path] of Object.entries(PAGES)) {
    const page = await (await fetch(built.url + path)).text();
    const [, address] = page.match(/data-search-index="([^"]+)"/);
    indexes[language] = unpack(await (await fetch(built.url + address)).json());
  }
});
after(async () => {
  await browser?.close();
  await built?.stop();
});

test("the script makes the same terms of words as the generator", async () => {
  for (const [language, terms] of Object.entries(await vectors("terms"))) {
    const made = Object.keys(terms).map((word) => [word, term(indexes[language], word)]);
    assert.deepEqual(Object.fromEntries(made), terms);
  }
});

test("queries lead to their pages", async () => {
  for (const [language, queries] of Object.entries(await vectors("queries"))) {
    for (const [query, path] of Object.entries(queries)) {
      const [best] = find(indexes[language], query);
      assert.equal(indexes[language].paths[best] ?? "", path, `${language}: ${query}`);
    }
  }
});

const open = (path, options = {}) =>
  browser.open(built.url, { javaScriptEnabled: true, ...options }).then(async (page) => {
    await page.goto(path);
    return page;
  });
const titles = (page) => page.locator(".search-results h2").allTextContents();

test("who types sees what is found at once, in words and in the address", async () => {
  const page = await open(PAGES.bg);
  await page.keyboard.press("Tab");
  await page.getByRole("searchbox", { name: "Какво търсиш?" }).focus();
  await page.keyboard.type("mladezhki");
  const found = page.getByRole("link", { name: "Младежки дейности и доброволчество" }).first();
  await found.waitFor();
  assert.deepEqual(await page.locator("mark").allTextContents().then((words) => words[0]), "Младежки");
  assert.equal(await page.getByRole("status").textContent(), "Намерихме 1 страница.");
  assert.match(page.url(), /\?q=mladezhki$/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/uslugi/mladezhki-deynosti/");
  await page.goBack();
  assert.deepEqual(await titles(page), ["Младежки дейности и доброволчество"]);
  browser.assertNoProblems();
  await page.context().close();
});

test("a result leads into the middle of a page where a heading speaks of it", async () => {
  const page = await open(`${PAGES.bg}?q=доброволец`);
  await page.getByRole("link", { name: "Как се става доброволец" }).click();
  await page.waitForURL("**/uslugi/mladezhki-deynosti/#kak-se-stava-dobrovolets");
  browser.assertNoProblems();
  await page.context().close();
});

test("markup in a title or in a query stays text", async () => {
  const page = await open(`${PAGES.bg}?q=${encodeURIComponent("турнир <img src=x>")}`);
  await page.locator(".search-results h2").first().waitFor();
  assert.deepEqual(await titles(page), ["Турнир <b> & приятели"]);
  await page.getByRole("searchbox").fill("<b>$&</b>ъъъъ");
  const status = page.getByRole("status").filter({ hasText: "<b>$&</b>ъъъъ" });
  await status.waitFor();
  assert.equal(await page.locator("main b, main img").count(), 0);
  browser.assertNoProblems();
  await page.context().close();
});

test("who finds nothing is told what to try, and who cannot load the index too", async () => {
  const page = await open(`${PAGES.en}?q=%D1%86`);
  await page.getByRole("status").filter({ hasText: "We found nothing for “ц”" }).waitFor();
  assert.equal(await page.locator(".search-results").isVisible(), false);
  await page.getByRole("link", { name: "Volunteering" }).waitFor();
  browser.assertNoProblems();

  await page.route("**/assets/search.en.*", (route) => route.abort());
  await page.reload();
  await page.getByRole("status").filter({ hasText: "could not be loaded" }).waitFor();
  await page.context().close();
  // The failed request was reported, as it should be.
  assert.throws(() => browser.assertNoProblems());
});

test("without a script the question leads to the ways to everything", async () => {
  const page = await open("/404.html", { javaScriptEnabled: false });
  await page.getByRole("searchbox").fill("център");
  await page.getByRole("button", { name: "Търси" }).click();
  await page.waitForURL("**/tarsene/?q=*");
  await page.getByText("Търсенето работи с JavaScript").waitFor();
  assert.ok((await page.getByRole("main").getByRole("link").count()) > 3);
  browser.assertNoProblems();
  await page.context().close();
});

test("a long list is cut off, and says so", () => {
  assert.equal(inWords(indexes.bg, 20, "а"), "Намерихме 20 страници.");
  assert.equal(inWords(indexes.bg, 21, "а"), "Намерихме 21 страници. Ето първите 20.");
});

test("the pages of the search keep the rules of accessibility and fit a narrow window", async () => {
  const paths = [`${PAGES.bg}?q=център работа`, PAGES.en, "/404.html"];
  for (const path of paths) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await open(path, { viewport: { ...PHONE, width: 320 }, bypassCSP: true, colorScheme });
      if (path.includes("?")) await page.locator(".search-results h2").first().waitFor();
      assert.deepEqual(await violations(page), [], path);
      assert.deepEqual(await sticksOut(page), [], path);
      await page.context().close();
    }
  }
  browser.assertNoProblems();
});
