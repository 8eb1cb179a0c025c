// What machines read, judged by the programs and schemas of those who read it: JSON Feed's schema, sitemaps.org's, the types
// of schema.org, the calendar reader of Thunderbird, and Chromium under the strictest policy. What Rust can judge is in
// `src/machine_readable`.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import ICAL from "ical.js";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { parse } from "yaml";

import { Browser } from "./browser.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const REPOSITORY = join(HERE, "../..");
const CENTRE = process.env.CENTRE ?? join(REPOSITORY, "target/release/centre");
const NOW = "2026-11-23T09:00:00+02:00";

const require = createRequire(import.meta.url);
const run = promisify(execFile);

/** The folders of two built sites: one that has everything, and the real one. */
const sites = [];
let work;

before(async () => {
  work = await mkdtemp(join(tmpdir(), "validators-"));
  const contents = [["tests/sites/_base/content", "tests/sites/feeds/content"], ["content"]];
  for (const [number, folders] of contents.entries()) {
    const root = join(work, String(number));
    for (const folder of folders) await cp(join(REPOSITORY, folder), join(root, "content"), { recursive: true });
    await cp(join(REPOSITORY, "themes"), join(root, "themes"), { recursive: true });
    await run(CENTRE, ["--root", root, "--now", NOW, "--lang", "en", "build"]);
    sites.push(join(root, "dist/site"));
  }
});
after(() => rm(work, { recursive: true, force: true }));

/** Path and text of every published file with this ending. */
async function published(ending) {
  const found = [];
  for (const site of sites) {
    for (const name of await readdir(site, { recursive: true })) {
      if (name.endsWith(ending)) found.push([name, await readFile(join(site, name), "utf8")]);
    }
  }
  assert.ok(found.length > 1, `two sites have more than one ${ending}`);
  return found;
}

const linkedData = (page) => page.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)?.[1];

test("feeds keep to the schema of JSON Feed", async () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(require("jsonfeed-schema/v1.1"));
  const faults = (text) => (validate(JSON.parse(text)) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`));
  for (const [name, text] of await published("feed.json")) assert.deepEqual(faults(text), [], name);

  const [[, good]] = await published("feed.json");
  for (const [from, to] of [['"title":', '"titel":'], ['"home_page_url": "https:', '"home_page_url": "no:// '], ['"items": [', '"items": [7,']]) {
    assert.notDeepEqual(faults(good.replace(from, to)), [], `${to} in place of ${from}`);
  }
});

test("the sitemap keeps to the schema of sitemaps.org", async () => {
  const schema = await readFile(join(HERE, "node_modules/sitemap/schema/sitemap.xsd"), "utf8");
  // Elements of other vocabularies, such as links to translations, are judged by our own tests.
  const xsd = XmlDocument.fromString(schema.replaceAll('processContents="strict"', 'processContents="lax"'));
  const validator = XsdValidator.fromDoc(xsd);
  const validate = (text) => validator.validate(XmlDocument.fromString(text));
  for (const [name, text] of await published("sitemap.xml")) assert.doesNotThrow(() => validate(text), name);

  const [[, good]] = await published("sitemap.xml");
  for (const [from, to] of [[/<loc>.*?<\/loc>/, ""], ["<lastmod>2026", "<lastmod>26"], ["<url>", "<page/><url>"], ["</urlset>", ""]]) {
    assert.throws(() => validate(good.replace(from, to)), `${to} in place of ${from}`);
  }
});

test("linked data is what the types of schema.org allow", async () => {
  // Types are looked for beside the file.
  const folder = await mkdtemp(join(HERE, "node_modules", ".linked-data-"));
  /** The numbers of the graphs in which the compiler finds a fault. */
  const faulty = async (graphs) => {
    const file = join(folder, "pages.ts");
    const values = graphs.map((graph, number) => `export const page${number} = ${graph} as const satisfies Graph;\n`);
    await writeFile(file, ['import type { Graph } from "schema-dts";\n', ...values].join(""));
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--ignoreConfig", "--module", "nodenext", "--target", "es2022"];
    const answer = await run(join(HERE, "node_modules/.bin/tsc"), [...options, file]).catch((error) => error);
    const lines = [...answer.stdout.matchAll(/^.*?pages\.ts\((\d+),\d+\): error/gm)].map(([, line]) => line - 2);
    assert.equal(answer.stdout !== "", lines.length > 0, answer.stdout);
    return [...new Set(lines)];
  };
  try {
    const all = (await published(".html")).map(([, page]) => linkedData(page)).filter(Boolean);
    const graphs = [...new Set(all)];
    assert.ok(graphs.length > 30);
    assert.deepEqual(await faulty(graphs), []);

    const event = graphs.find((graph) => graph.includes('"@type":"Event"'));
    const planted = [["startDate", "start"], ["EventScheduled", "EventPlanned"], ['"@type":"Place"', '"@type":"Where"'], ['"price":0', '"price":[{}]']];
    const broken = planted.map(([from, to]) => {
      assert.ok(event.includes(from), from);
      return event.replace(from, to);
    });
    assert.deepEqual(await faulty([event, ...broken]), [1, 2, 3, 4]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("another calendar reads every entry, at the hour that we mean", async () => {
  ICAL.design.strict = true;
  const events = (text) => {
    const calendar = new ICAL.Component(ICAL.parse(text));
    const zones = calendar.getAllSubcomponents("vtimezone");
    // Only what the file itself says of its zones counts.
    ICAL.TimezoneService.reset();
    for (const zone of zones) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
    return calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component));
  };
  for (const [name, text] of await published(".ics")) {
    for (const event of events(text)) {
      assert.ok(event.uid && event.summary && event.startDate, `${name}: ${event.summary}`);
      assert.ok(event.endDate.compare(event.startDate) >= 0, `${name}: ${event.summary}`);
    }
  }

  const text = await readFile(join(sites[0], "calendar.ics"), "utf8");
  const begins = (calendar, uid) => events(calendar).find((event) => event.uid.startsWith(uid)).startDate.toUnixTime() * 1000;
  assert.equal(begins(text, "otvoreno.bg"), Date.parse("2026-12-01T18:00:00+02:00"));
  // Seven hours after the clocks went forward.
  assert.equal(begins(text, "rano.bg"), Date.parse("2027-03-28T10:00:00+03:00"));
  const lost = text.replaceAll(/BEGIN:DAYLIGHT.*?END:DAYLIGHT\r\n/gs, "");
  assert.notEqual(begins(lost, "rano.bg"), Date.parse("2027-03-28T10:00:00+03:00"));
  assert.throws(() => events(text.replace("END:VEVENT", "")));
});

test("the strictest policy lets linked data in, and no script", async () => {
  const browser = await Browser.launch();
  try {
    const origin = "http://127.0.0.1:9";
    const page = await browser.open(origin, { javaScriptEnabled: true });
    const refused = [];
    page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) refused.push(message.text());
    });
    const policy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
    const open = async (body) => {
      await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", headers: { "content-security-policy": policy }, body }));
      await page.goto(`${origin}/`);
    };
    const event = await readFile(join(sites[0], "sabitiya/otvoreno/index.html"), "utf8");
    const alone = event.replaceAll(/<link rel="(icon|stylesheet|preload)".*?>|<img.*?>|<script [^>]*src=.*?<\/script>/g, "");
    await open(alone);
    assert.equal(await page.locator('script[type="application/ld+json"]').textContent(), linkedData(event));
    assert.deepEqual(refused, []);
    await open(alone.replace('type="application/ld+json"', ""));
    assert.notDeepEqual(refused, []);
  } finally {
    await browser.close();
  }
});

test("the schema of content is one, lets the real content in, and finds a field that nobody has", async () => {
  const kinds = { pages: "page", services: "service", news: "news", events: "event", people: "person", documents: "document", venues: "venue" };
  const { stdout } = await run(CENTRE, ["--root", REPOSITORY, "--now", NOW, "schema", "json"]);
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  ajv.addSchema(JSON.parse(stdout), "centre");
  const faults = (path, fields) => {
    const [folder, name] = path.split("/");
    const kind = folder === "pages" && name.startsWith("index.") ? "home" : kinds[folder];
    const valid = ajv.getSchema(`centre#/$defs/${kind}${/\.en\.md$/.test(name) ? "-translation" : ""}`);
    return valid(fields) ? [] : valid.errors.map(({ instancePath, message }) => `${path}${instancePath} ${message}`);
  };
  let files = 0;
  for (const path of await readdir(join(REPOSITORY, "content"), { recursive: true })) {
    if (!/^\w+\/[^/]+\.md$/.test(path)) continue;
    files += 1;
    const fields = parse((await readFile(join(REPOSITORY, "content", path), "utf8")).split(/^---$/m)[1]);
    assert.deepEqual(faults(path, fields), []);
    assert.notDeepEqual(faults(path, { ...fields, neshto: 1 }), []);
    assert.notDeepEqual(faults(path, { ...fields, title: undefined, description: 5 }), []);
  }
  assert.ok(files > 20);
});
