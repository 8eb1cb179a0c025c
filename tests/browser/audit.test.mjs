// The whole site as it is published, and a site with every component and its awkward cases: what must be true of every page.
// `gates.test.mjs` shows that each of these gates finds what it is there for.

import assert from "node:assert/strict";
import { readdir, stat } from "node:fs/promises";
import { after, before, test } from "node:test";

import { Browser, DESKTOP, PHONE } from "./browser.mjs";
import { Built } from "./built.mjs";
import { accessible, framed, keepsNothing, keyboard, largeTargets, prints, reflows } from "./gates.mjs";
import { prepare, STYLE_GUIDE } from "./style-guide.mjs";
import { cover, deadLinks, farAway, loads } from "./whole.mjs";

const KILOBYTE = 1000;
/** The most a first visit may load: everything, the page itself, requests. A page with a photograph may load more. */
const BUDGET = { all: 45 * KILOBYTE, html: 14 * KILOBYTE, requests: 6 };
const WITH_PICTURES = { all: 100 * KILOBYTE, html: 14 * KILOBYTE, requests: 8 };
const FONTS = 32 * KILOBYTE;
/** The style sheet: what a phone has to read, and what is sent to it at the most. */
const STYLE = { written: 24 * 1024, compressed: 6 * 1024 };
const SCRIPT = 4 * KILOBYTE;

/** The pages of the form function are there when it runs. */
const isAnswered = (path) => path.startsWith("/forms/");

let browser;
const sites = {};

before(async () => {
  browser = await Browser.launch();
  sites["the site"] = await Built.start();
  sites["the style guide"] = await Built.start(STYLE_GUIDE, prepare);
});
after(async () => {
  await browser?.close();
  for (const site of Object.values(sites)) await site.stop();
});

for (const name of ["the site", "the style guide"]) {
  /** Looks at every page that shows something of its own, and gathers what is said of it. */
  const look = async (options, gate, addresses) => {
    const site = sites[name];
    const page = await browser.open(site.url, { javaScriptEnabled: true, bypassCSP: true, ...options });
    const found = [];
    for (const address of addresses ?? (await cover(site))) {
      await page.goto(address);
      found.push(...(await gate(page, address)).map((fault) => `${address}: ${fault}`));
    }
    await page.context().close();
    assert.deepEqual(found, []);
  };

  for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    for (const colorScheme of ["light", "dark"]) {
      test(`${name} is accessible to all on a ${size} in ${colorScheme}`, () => look({ viewport, colorScheme }, accessible));
    }
    test(`${name} can be walked by keyboard on a ${size}`, () => look({ viewport }, (page) => keyboard(page)));
  }

  test(`${name} fits small phones, large text and wide spacing`, () => look({ viewport: PHONE }, reflows));
  test(`${name} prints dark on white`, () => look({ viewport: DESKTOP }, prints));
  test(`${name} has targets for thumbs`, () => look({ viewport: PHONE }, largeTargets));

  test(`no notice of a form in ${name} is longer than one screen of a phone`, async () => {
    const tooLong = (page) =>
      page.locator(".form__notice").evaluateAll((notices) => notices.map((one) => one.offsetHeight).filter((height) => height > innerHeight).map((height) => `${height} px`));
    await look({ viewport: PHONE }, tooLong, await sites[name].addresses());
  });

  test(`every page of ${name} has its frame`, async () => look({ viewport: PHONE }, framed, await sites[name].addresses()));

  test(`${name} keeps nothing on the device and asks nobody else`, async () => {
    await look({ viewport: PHONE }, keepsNothing, await sites[name].addresses());
    browser.assertNoProblems();
  });

  test(`${name} says the same without script`, async () => {
    const site = sites[name];
    const [withScript, without] = await Promise.all([true, false].map((javaScriptEnabled) => browser.open(site.url, { javaScriptEnabled })));
    for (const address of await cover(site)) {
      const texts = [];
      for (const page of [withScript, without]) {
        await page.goto(address, { waitUntil: "networkidle" });
        texts.push(await page.locator("main").evaluate((main) => main.innerText));
      }
      // The search itself needs a script; without one its page leads to the list of all pages.
      if (!(await without.locator("[data-search-failed]").count())) assert.equal(texts[0], texts[1], address);
    }
    await withScript.context().close();
    await without.context().close();
  });

  test(`every link of ${name} leads somewhere`, async () => {
    assert.deepEqual(await deadLinks(sites[name], isAnswered), []);
  });
}

test("every page is at most three links from home", async () => {
  assert.deepEqual(await farAway(sites["the site"], 3), []);
});

test("every page of the site is light", async () => {
  const site = sites["the site"];
  const found = [];
  for (const address of await cover(site)) {
    const page = await browser.open(site.url, { viewport: PHONE, javaScriptEnabled: true });
    const loaded = [...(await loads(site, page, address))];
    const sum = (ending) => loaded.filter(([path]) => path.endsWith(ending)).reduce((sum, [, size]) => sum + size, 0);
    const hasPictures = loaded.some(([path]) => /\.(jpe?g|png|webp|avif)$/.test(path));
    const budget = hasPictures ? WITH_PICTURES : BUDGET;
    // What a search reads comes after the first paint, and has a budget of its own.
    // So do scripts, and what they ask the function.
    const counted = loaded.filter(([path]) => !path.includes("search") && !path.endsWith(".js") && !isAnswered(path));
    const say = (is, most, what) => is > most && found.push(`${address}: ${what} ${is}, at most ${most} (${loaded.map((one) => one.join(" ")).join(", ")})`);
    say(counted.reduce((all, [, size]) => all + size, 0), budget.all, "bytes in all");
    say(counted.length, budget.requests, "requests");
    say(await site.weight(address), budget.html, "bytes of HTML");
    say(sum(".woff2"), FONTS, "bytes of fonts");
    await page.context().close();
  }
  assert.deepEqual(found, []);
});

test("style sheets and scripts keep to their budgets", async () => {
  const site = sites["the site"];
  const sizes = { ".css": 0, ".css.gz": 0, ".js": 0 };
  for (const file of await readdir(`${site.folder}/assets`)) {
    const [ending] = file.match(/\.(css|css\.gz|js)$/) ?? [];
    // What only staff or only a search loads is no part of a visit.
    if (ending && !/^(search|staff)/.test(file)) sizes[ending] += (await stat(`${site.folder}/assets/${file}`)).size;
  }
  assert.ok(sizes[".css"] > 0 && sizes[".css"] <= STYLE.written, `${sizes[".css"]} bytes of style`);
  assert.ok(sizes[".css.gz"] > 0 && sizes[".css.gz"] <= STYLE.compressed, `${sizes[".css.gz"]} bytes of compressed style`);
  assert.ok(sizes[".js"] <= SCRIPT, `${sizes[".js"]} bytes of script`);
});

test("Bulgarian is set in Bulgarian letters of the site's own font", async () => {
  const page = await browser.open(sites["the site"].url, { javaScriptEnabled: true, bypassCSP: true });
  await page.goto("/", { waitUntil: "networkidle" });
  const { family, loaded } = await page.evaluate(() => ({
    family: getComputedStyle(document.body).fontFamily,
    loaded: document.fonts.check("16px 'Sofia Sans'", "вгджзй"),
  }));
  assert.match(family, /^"?Sofia Sans/);
  assert.ok(loaded);
  await page.context().close();
});
