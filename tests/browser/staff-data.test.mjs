// Somebody asks for their data: they are found, get a copy, and are erased; the request and its month stand in a register.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, test } from "node:test";

import { Browser, DESKTOP, PHONE } from "./browser.mjs";
import { Counter, DATA_OFFICER, heading, today } from "./counter.mjs";
import { accessible, keyboard, largeTargets, reflows } from "./gates.mjs";
import { Preview } from "./preview.mjs";

let preview, browser, counter;

before(async () => {
  preview = await Preview.start(null, today(4));
  browser = await Browser.launch();
  counter = new Counter(preview, browser);
});
after(async () => {
  await browser?.close();
  await preview?.stop();
});
afterEach(() => browser.assertNoProblems());

async function find(page, who) {
  await page.getByRole("link", { name: "Лични данни" }).click();
  await heading(page, "Лични данни");
  await page.getByLabel("Имейл или телефон на човека").fill(who);
  await page.getByRole("button", { name: "Потърсете" }).click();
}

test("one person is found, gets a copy and is erased", async () => {
  await counter.signUp("Ана Иванова", 1);
  await counter.signUp("Борис Петров", 2);
  const page = await counter.signIn(DATA_OFFICER);

  await find(page, "ана");
  await page.getByRole("alert").filter({ hasText: "Напишете имейл адрес" }).waitFor();
  await find(page, "visitor1@example.org");
  await page.getByText("Ден на отворените врати 2027", { exact: true }).waitFor();
  assert.ok(!page.url().includes("?"));

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Изтеглете копие за човека" }).click();
  const copy = JSON.parse(await readFile(await (await download).path(), "utf8"));
  assert.equal(copy.registrations[0].personal_data[0].contact.name, "Ана Иванова");

  await page.getByRole("button", { name: "Изтрийте данните" }).click();
  await page.getByRole("heading", { name: "Сигурни ли сте?" }).waitFor();
  await page.getByRole("button", { name: "Изтрийте завинаги" }).click();
  await page.getByRole("heading", { name: "Изтрито" }).waitFor();
  await page.getByText("върнато", { exact: true }).waitFor();
  await find(page, "visitor1@example.org");
  await page.getByRole("status").filter({ hasText: "няма нищо" }).waitFor();
  await find(page, "visitor2@example.org");
  await page.getByRole("button", { name: "Изтрийте данните" }).waitFor();
});

for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  for (const colorScheme of ["light", "dark"]) {
    test(`a request is entered, and every state of the page keeps its promises on a ${size}, ${colorScheme}`, async () => {
      const page = await counter.signIn(DATA_OFFICER, { viewport, colorScheme, javaScriptEnabled: true, bypassCSP: true });
      const promises = async (state) => {
        // An alert, and what was opened by hand, has the focus already: there the walk does not begin at the top.
        const walked = ["found", "sure"].includes(state) ? [keyboard] : [];
        for (const gate of [accessible, reflows, largeTargets, ...walked]) {
          assert.deepEqual(await gate(page), [], `${gate.name}: ${state}`);
        }
      };
      await find(page, "");
      await promises("unclear");
      await find(page, "visitor2@example.org");
      await promises("found");
      await page.getByRole("button", { name: "Изтрийте данните" }).click();
      await promises("sure");
      await page.getByText("Впишете ново искане", { exact: true }).click();
      await page.getByLabel("Какво иска човекът").selectOption("Изтриване (член 17)");
      await page.getByRole("button", { name: "Впишете", exact: true }).click();
      await page.getByRole("status").filter({ hasText: "Искането е вписано." }).waitFor();
      await page.getByText("отговорете до 23\u00a0декември 2026\u00a0г., остават 30 дни").first().waitFor();
      await page.getByText("Приключете или удължете").first().click();
      await promises("register");
    });
  }
}
