// The markup of every page, as it is sent: the site, the style guide, and what the form function answers on the way of a visitor.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { Browser } from "./browser.mjs";
import { Built } from "./built.mjs";
import { everyState, SITE } from "./kinds.mjs";
import { nu } from "./nu.mjs";
import { Preview } from "./preview.mjs";
import { everyRegistration, prepare } from "./states.mjs";
import * as guide from "./style-guide.mjs";
import { everyPage, Visitor } from "./visitor.mjs";
import { languages } from "./words.mjs";

let browser, folder;

before(async () => {
  browser = await Browser.launch();
  folder = await mkdtemp(join(tmpdir(), "markup-"));
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

test("every page of the site and of the style guide is valid", async () => {
  const sites = [await Built.start(), await Built.start(guide.STYLE_GUIDE, guide.prepare)];
  assert.deepEqual(await nu(...sites.map((site) => site.folder)), []);
  for (const site of sites) await site.stop();
});

test("every page that the form function answers with is valid", async () => {
  const answers = join(folder, "answers");
  await mkdir(answers);
  await keepAnswers(answers, undefined, (page, words, look) => everyPage(new Visitor(page, words), look));
  await keepAnswers(answers, SITE, everyState);
  await keepAnswers(answers, undefined, everyRegistration, prepare);
  assert.ok((await readdir(answers)).length > 20);
  assert.deepEqual(await nu(answers), []);
});

test("nu finds a fault in a page and in a style sheet, and nothing where there is none", async () => {
  const planted = join(folder, "planted");
  await mkdir(planted);
  const page = (main) => `<!doctype html>\n<html lang="bg">\n<head><meta charset="utf-8"><title>Страница</title></head>\n<body><main><h1>Заглавие</h1>${main}</main></body>\n</html>\n`;
  await writeFile(join(planted, "good.html"), page("<p>Това е страница на български език, в която всичко е наред.</p>"));
  assert.deepEqual(await nu(planted), []);
  await writeFile(join(planted, "bad.html"), page("<p><div>Див</div></p>"));
  await writeFile(join(planted, "bad.css"), "p { colour: red }\n");
  const found = (await nu(planted)).join("\n");
  assert.match(found, /bad\.html:\d+ error/);
  assert.match(found, /bad\.css:\d+ error/);
});

/** Writes what was answered on every page that `visit` goes through, byte by byte, and not what a browser made of it. */
async function keepAnswers(answers, site, visit, prepare) {
  const preview = await Preview.start(site, prepare);
  for (const words of languages) {
    const page = await browser.open(preview.url);
    let last;
    page.on("response", (answer) => {
      if (answer.request().isNavigationRequest() && answer.frame() === page.mainFrame()) last = answer;
    });
    await visit(page, words, async (name) => writeFile(join(answers, `${name}-${words.lang}.html`), await last.body()));
    await page.context().close();
  }
  await preview.stop();
}
