// From a request to a participant: the card, what somebody refuses to say, and what is counted of it.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { Browser, DESKTOP, PHONE } from "./browser.mjs";
import { COORDINATOR, Counter, DATA_OFFICER, heading, today } from "./counter.mjs";
import { accessible, keyboard, largeTargets, reflows } from "./gates.mjs";
import { Preview } from "./preview.mjs";

let preview, browser, counter, card;

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

test("who is admitted gets a card, which says what it lacks until it lacks nothing", async () => {
  await counter.ask("Жана Тодорова", "0888 123 456");
  const page = await counter.signIn(COORDINATOR);
  await page.goto("/staff/service-users");
  await page.getByRole("link", { name: "Жана Тодорова" }).click();
  assert.equal(await page.getByRole("link", { name: "Карта на участника" }).count(), 0);
  for (const step of ["Говорихме с човека", "Приехме човека"]) {
    await page.getByText(step, { exact: true }).first().click();
    await page.getByRole("button", { name: step, exact: true }).click();
    await page.getByRole("status").waitFor();
  }
  await page.getByRole("link", { name: "Карта на участника" }).click();
  await heading(page, "Карта на участника");
  card = page.url();
  await page.getByRole("link", { name: "Започнете – Карта на участника: започване" }).click();
  await heading(page, "Карта на участника: започване");
  await page.locator("label", { hasText: "Жена" }).click();
  await page.getByLabel("Ден", { exact: true }).fill("31");
  await page.getByLabel("Месец", { exact: true }).fill("2");
  await page.getByLabel("Година", { exact: true }).fill("2003");
  await page.getByRole("button", { name: "Запазете картата" }).click();
  await page.getByRole("alert").waitFor();
  assert.ok(await page.getByLabel("Жена").isChecked());
  await page.getByLabel("Ден", { exact: true }).fill("4");
  await page.getByLabel("Месец", { exact: true }).fill("май");
  await page.getByRole("button", { name: "Запазете картата" }).click();
  await heading(page, "Карта на участника");
  await page.getByText("непълен", { exact: true }).waitFor();
  await page.getByRole("listitem").filter({ hasText: "Човек с увреждане" }).waitFor();

  await page.getByRole("link", { name: "Отворете и променете" }).click();
  await page.locator("label", { hasText: "Не търси работа, не учи и не се обучава" }).click();
  await page.locator("label", { hasText: "Средно или след средното" }).click();
  for (const question of ["Мигрант, човек с чужд произход или от малцинство", "Човек с увреждане", "Друго неравностойно положение"]) {
    await page.getByLabel(`Ако няма отговор: ${question}`).selectOption("Отказва да отговори");
  }
  await page.getByRole("button", { name: "Запазете картата" }).click();
  await page.getByText("пълен за отчета", { exact: true }).waitFor();
  assert.equal(await page.getByText("отказва да отговори").count(), 3);
});

test("the one who answers for the data sees figures and no card", async () => {
  const page = await counter.signIn(DATA_OFFICER);
  await page.getByRole("link", { name: "Статистика" }).click();
  await heading(page, "Статистика");
  await page.getByText("не се показва").first().waitFor();
  assert.ok(!(await page.content()).includes("Жана"));
  const answer = await page.goto(card);
  assert.equal(answer.status(), 403);
});

for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  for (const colorScheme of ["light", "dark"]) {
    test(`the card and the statistics keep their promises on a ${size}, ${colorScheme}`, async () => {
      const page = await counter.signIn(COORDINATOR, { viewport, colorScheme, javaScriptEnabled: true, bypassCSP: true });
      for (const path of [card, `${card}/entry`, `${card}/enrolment-new`, "/staff/statistics"]) {
        await page.goto(path);
        for (const gate of [accessible, reflows, keyboard, largeTargets]) {
          assert.deepEqual(await gate(page), [], `${gate.name}: ${path}`);
        }
      }
    });
  }
}
