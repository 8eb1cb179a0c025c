// The editor's page: an event is written as staff would, in three zones, and what is saved passes `check` and becomes a page. The
// browser reaches no other host, and the page asks for none.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { address } from "../../generator/admin/address.js";
import { Browser } from "./browser.mjs";
import { Preview } from "./preview.mjs";

const CENTRE = process.env.CENTRE ?? new URL("../../target/release/centre", import.meta.url).pathname;
/** High enough that the editor draws every field: it draws those that are seen. */
const HIGH = { width: 1280, height: 4200 };

let preview, browser;

before(async () => {
  preview = await Preview.start(undefined, async (site) => {
    const settings = await site.read("content/site.yaml");
    await site.write("content/site.yaml", `${settings.replace(/^admin:.*$/m, "")}\nadmin: { backend: local }\n`);
  });
  browser = await Browser.launch();
});
after(async () => {
  await browser?.close();
  await preview?.stop();
});

test("addresses are made as in the generator", async () => {
  const vectors = JSON.parse(await readFile(new URL("../addresses.json", import.meta.url), "utf8"));
  for (const [title, expected] of Object.entries(vectors)) assert.equal(address(title), expected, title);
});

test("an address is small Latin letters, digits and hyphens, or nothing", () => {
  // Every letter of the planes in which there are alphabets, between two words.
  for (let code = 0x20; code < 0x3000; code += 1) {
    const made = address(`Ден ${String.fromCodePoint(code)}1`);
    assert.match(made, /^[a-z0-9]+(-[a-z0-9]+)*$/, `U+${code.toString(16)}`);
  }
  assert.equal(address("!?…"), "");
});

/** The editor, on files that the browser keeps for itself. */
async function opened(options) {
  const page = await browser.open(preview.url, { javaScriptEnabled: true, viewport: HIGH, ...options });
  const elsewhere = [];
  await page.context().route(
    (url) => url.origin !== preview.url && !["data:", "blob:"].includes(url.protocol),
    (route) => {
      elsewhere.push(route.request().url());
      return route.abort();
    },
  );
  await page.goto("/admin/?try");
  await page.getByRole("button", { name: "Работа с тестово хранилище" }).click();
  await page.getByText("Тази колекция още няма записи.").waitFor();
  return { page, elsewhere };
}

/** Everything that was saved, by its path. */
async function saved(page, root = "sveltia-cms-test") {
  return page.evaluate(async (name) => {
    const files = {};
    const walk = async (folder, path) => {
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind === "directory") await walk(handle, `${path}${name}/`);
        else files[path + name] = await (await handle.getFile()).text();
      }
    };
    const root = await navigator.storage.getDirectory();
    await walk(await root.getDirectoryHandle(name), "");
    return files;
  }, root);
}

/** The site with these files, and a way to run the program on it. */
async function siteWith(files, name) {
  const root = join(preview.root, name);
  for (const folder of ["content", "themes"]) await cp(join(preview.root, folder), join(root, folder), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const run = (...command) => promisify(execFile)(CENTRE, [...command, "--root", root, "--now", "2026-11-23T09:00:00+02:00", "--lang", "en"]);
  return { root, run };
}

/** Pastes what Word puts beside the plain text. */
async function pasteFromWord(field) {
  const html = await readFile(new URL("../pasted/word.html", import.meta.url), "utf8");
  await field.click();
  await field.evaluate((element, html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", "…");
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, html);
}

/** Opens the form for a new one of this list. */
async function begin(page, list) {
  // Whoever has signed in is led to the first list; whoever goes elsewhere before is led back.
  await page.waitForURL("**/#/collections/pages");
  await page.goto(`/admin/?try#/collections/${list}/new`);
  await page.getByRole("group", { name: /на .?Български/ }).waitFor();
}

async function writesAnEvent(page) {
  await begin(page, "events");
  const bg = page.getByRole("group", { name: /на .?Български/ });
  const field = (pane, name) => pane.locator(`[data-key-path="${name}"]`);
  const fill = (pane, name, text) => field(pane, name).getByRole("textbox").first().fill(text);
  await fill(bg, "title", "Щъркелите: къща в България, №1");
  await fill(bg, "description", "Кратко описание с „кавички“ и двоеточие: да.");
  await field(bg, "starts_at").locator("input").fill("2027-06-10T09:00");
  await field(bg, "ends_at").locator("input").fill("2027-06-10T17:00");
  await fill(bg, "place", "„Дом на учителя“, Пловдив");
  await field(bg, "registration").getByRole("checkbox").click();
  await field(bg, "registration.capacity").getByRole("spinbutton").fill("40");
  await field(bg, "registration.waitlist").getByRole("switch").click();
  await field(bg, "registration.closes_at").locator("input").fill("2027-06-09T17:00");
  // Not at once: a choice that is made while the fields are being laid out is drawn and forgotten.
  await field(bg, "registration.form").getByRole("radio", { name: "Запази място" }).click();
  await field(bg, "tags").getByRole("checkbox", { name: "Работа" }).click();
  await pasteFromWord(field(bg, "body").locator("[contenteditable]"));

  await page.getByRole("button", { name: /Включване на/ }).click();
  const en = page.getByRole("group", { name: /на .?Английски/ });
  await fill(en, "title", "The storks: a house");
  await fill(en, "description", "A short description: “yes”.");
  await fill(en, "place", "Teacher’s House, Plovdiv");
  await fill(en, "slug", "the-storks");
  await field(en, "body").locator("[contenteditable]").click();
  await page.keyboard.type("Come as you are.");
  for (const fact of ["starts_at", "registration", "tags"]) assert.equal(await field(en, fact).count(), 0, fact);

  await page.getByRole("button", { name: "Запази", exact: true }).click();
  await page.waitForURL("**/#/collections/events", { timeout: 30_000 });
}

const EVENT = "content/events/shtarkelite-kashta-v-bulgaria-no-1";

for (const timezoneId of ["Europe/Sofia", "Europe/London", "America/New_York"]) {
  test(`an event written in a browser in ${timezoneId} passes check and becomes a page`, async () => {
    const { page, elsewhere } = await opened({ timezoneId });
    await writesAnEvent(page);
    const files = await saved(page);
    assert.deepEqual(Object.keys(files).sort(), [`${EVENT}.en.md`, `${EVENT}.md`]);
    const text = files[`${EVENT}.md`];
    assert.match(text, /^starts_at: "?2027-06-10T09:00:00\+03:00"?$/m);
    assert.match(text, /^ {2}closes_at: "?2027-06-09T17:00:00\+03:00"?$/m);
    // What Word says of its looks is gone.
    assert.doesNotMatch(text, /Mso|style=|<o:p/);
    assert.match(text, /\*\*Безплатно\*\*/);

    const { root, run } = await siteWith(files, timezoneId.replace("/", "-"));
    const complaints = async (...command) => (await run(...command)).stderr.split("\n\n").filter((message) => message.includes("shtarkelite"));
    // Word leaves a space that nobody sees, which `check` names and mends.
    assert.deepEqual((await complaints("check")).map((message) => message.match(/\[(\w+)\]/)[1]), ["B19"]);
    await run("check", "--fix");
    assert.deepEqual(await complaints("check"), []);
    await run("build", "--no-compress");
    const built = await readFile(join(root, "dist/site/sabitiya/shtarkelite-kashta-v-bulgaria-no-1/index.html"), "utf8");
    assert.match(built, /10\s+юни\s+2027/);
    assert.match(built, /<form/);
    assert.match(await readFile(join(root, "dist/site/en/events/the-storks/index.html"), "utf8"), /Come as you are\./);

    assert.deepEqual(elsewhere, []);
    browser.assertNoProblems();
    await page.context().close();
  });
}

test("a title of signs alone, of which there is no address, is refused", async () => {
  const { page } = await opened();
  await begin(page, "news");
  const bg = page.getByRole("group", { name: /на .?Български/ });
  await bg.locator('[data-key-path="title"]').getByRole("textbox").fill("!!!");
  await bg.locator('[data-key-path="description"]').getByRole("textbox").fill("Описание.");
  await bg.locator('[data-key-path="date"] input').fill("2027-05-12");
  await page.getByRole("button", { name: "Запази", exact: true }).click();
  await page.getByText("В заглавието има поне една буква или цифра.").waitFor();
  await bg.locator('[data-key-path="title"]').getByRole("textbox").fill("Ура!!!");
  await page.getByRole("button", { name: "Запази", exact: true }).click();
  await page.waitForURL("**/#/collections/news");
  assert.deepEqual(Object.keys(await saved(page)), ["content/news/ura.md"]);
  await page.context().close();
});

test("a component is a block with fields, and what is saved of it passes check", async () => {
  const { page } = await opened();
  await begin(page, "news");
  const bg = page.getByRole("group", { name: /на .?Български/ });
  const field = (name) => bg.locator(`[data-key-path="${name}"]`);
  await field("title").getByRole("textbox").fill("Въпроси и отговори");
  await field("description").getByRole("textbox").fill("Описание.");
  await field("date").locator("input").fill("2027-05-12");
  const body = field("body");
  await body.locator("[contenteditable]").first().click();
  await page.keyboard.type("Начало.");
  await page.keyboard.press("Enter");
  const insert = async (name) => {
    await body.getByRole("button", { name: /^Вмъкни/ }).click();
    await page.getByRole("menuitem", { name }).click();
  };
  await insert("Въпроси");
  await body.getByRole("button", { name: /Добави .?Въпроси/ }).click();
  const inside = (name) => body.locator(`[data-key-path$="${name}"]`).last().getByRole("textbox");
  await inside("question").fill("Колко струва: нищо ли?");
  await inside("answer").fill("Нищо.\n\n- и „наистина“ нищо");
  await page.getByRole("button", { name: "Запази", exact: true }).click();
  await page.waitForURL("**/#/collections/news");
  const files = await saved(page);
  const [text] = Object.values(files);
  assert.match(text, /```въпроси\nquestions:\n {2}- question: "Колко струва: нищо ли\?"\n {4}answer: \|\n {6}Нищо\.\n\n {6}- и „наистина“ нищо\n```/);
  const { root, run } = await siteWith(files, "component");
  const complaints = (await run("check")).stderr.split("\n\n").filter((message) => message.includes("vaprosi-i-otgovori"));
  // That there is no translation yet, and nothing else.
  assert.deepEqual(complaints.map((message) => message.match(/\[(\w+)\]/)[1]), ["T01"]);
  await run("build", "--no-compress");
  const built = await readFile(join(root, "dist/site/novini/vaprosi-i-otgovori/index.html"), "utf8");
  assert.match(built, /Колко струва: нищо ли\?/);
  browser.assertNoProblems();
  await page.context().close();
});

test("a component that nobody changed is written as it was, and a changed one passes check", async () => {
  const components = await import("../../generator/admin/components.js");
  const told = await (await fetch(`${preview.url}/admin/components.json`)).json();
  let editor;
  const known = new Map();
  components.register(told, (definition) => known.set(definition.id, (editor = definition)));
  assert.ok(editor);
  const found = [];
  for (const path of await readdir(join(preview.root, "content"), { recursive: true })) {
    if (!path.endsWith(".md") || path.startsWith("README")) continue;
    const text = await preview.read(`content/${path}`);
    for (const block of text.match(/^```\p{L}[^\n]*\n[^]*?^```$/gmu) ?? []) found.push(block);
  }
  assert.ok(found.length >= 6, `${found.length}`);
  const timetable = "```програма\ntitle:   'Денят'\nrows:\n- what: Кафе\n  time: 9:30\n- {time: 10:00, what: Край}\n```";
  for (const block of [...found, timetable.replace(/- \{.*\n/, "")]) {
    const definition = [...known.values()].find(({ pattern }) => pattern.exec(block)?.[0] === block);
    assert.ok(definition, block);
    const match = block.match(definition.pattern);
    assert.equal(definition.toBlock(definition.fromBlock(match)), block);
  }
  // What is written in another way stays a block of code.
  assert.ok([...known.values()].every(({ pattern }) => !pattern.test(timetable)));
});

test("the folder of this computer is listed, and a page that is saved there passes check", async () => {
  const page = await browser.open(preview.url, { javaScriptEnabled: true, viewport: HIGH });
  // No browser without a screen shows its window for choosing a folder; the folder it keeps for the page is one of the same kind.
  await page.addInitScript(() => {
    window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle("site", { create: true });
  });
  const files = {};
  for (const path of await readdir(join(preview.root, "content"), { recursive: true })) {
    if (/\.(md|yaml)$/.test(path)) files[`content/${path}`] = await preview.read(`content/${path}`);
  }
  // Only the program writes it, and no form shows it.
  const translation = "content/pages/chesti-vaprosi.en.md";
  files[translation] = files[translation].replace(/^---\n/, "---\ntranslated_from: 5f0c2a91\n");
  await page.goto("/admin/");
  await page.evaluate(async (files) => {
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("site", { create: true });
    await root.getDirectoryHandle(".git", { create: true });
    for (const [path, text] of Object.entries(files)) {
      const names = path.split("/");
      const name = names.pop();
      let folder = root;
      for (const part of names) folder = await folder.getDirectoryHandle(part, { create: true });
      const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await writable.write(text);
      await writable.close();
    }
  }, files);
  await page.getByRole("button", { name: "Работа с локално хранилище" }).click();
  await page.waitForURL("**/#/collections/pages");
  await page.goto("/admin/#/collections/pages/entries/chesti-vaprosi");
  const bg = page.getByRole("group", { name: /на .?Български/ });
  await bg.locator('[data-key-path="description"]').getByRole("textbox").fill("Какво питат хората най-често и какво отговаряме.");
  await page.getByRole("button", { name: "Запази", exact: true }).click();
  await page.waitForURL("**/#/collections/pages");
  const kept = await saved(page, "site");
  const path = "content/pages/chesti-vaprosi.md";
  const changed = Object.keys(kept).filter((name) => kept[name] !== files[name]);
  // The translation is saved beside it, in the order of the form.
  assert.deepEqual(changed.sort(), [translation, path]);
  assert.match(kept[translation], /^translated_from: "?5f0c2a91"?$/m);
  assert.ok(!kept[path].includes("translated_from"));
  assert.match(kept[path], /Какво питат хората най-често/);
  const block = (text) => text.match(/^```(въпроси|faq)\n[^]*?^```$/m)[0];
  for (const name of changed) assert.equal(block(kept[name]), block(files[name]), name);
  const { run } = await siteWith(kept, "folder");
  // The text that was translated is another one now, and nothing else is to be said of the two.
  const said = (await run("check")).stderr.split("\n\n").filter((message) => message.includes("chesti-vaprosi"));
  assert.deepEqual(said.map((message) => message.match(/^\w+\[(\w+)\]/)[1]), ["T06"]);
  browser.assertNoProblems();
  await page.context().close();
});

test("the page starts with the folder of this computer, in Bulgarian, and asks for no account", async () => {
  const page = await browser.open(preview.url, { javaScriptEnabled: true, locale: "en-GB" });
  await page.goto("/admin/");
  await page.getByRole("button", { name: "Работа с локално хранилище" }).waitFor();
  assert.equal(await page.getByRole("button").count(), 1);
  assert.equal(await page.getAttribute("html", "lang"), "bg");
  browser.assertNoProblems();
  await page.context().close();
});
