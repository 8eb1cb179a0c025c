// The door of an event on a small phone: thirty people come, two are tapped twice, one by mistake, and one had not signed up.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { Browser } from "./browser.mjs";
import { Counter, heading, RECEPTION, today } from "./counter.mjs";
import { accessible, keyboard, largeTargets, reflows } from "./gates.mjs";
import { Preview } from "./preview.mjs";
import { ACTIVITY } from "./words.mjs";

const GUESTS = 30;
const name = (number) => `Гост ${String(number).padStart(2, "0")}`;

let preview, browser, counter;

before(async () => {
  preview = await Preview.start(null, today(GUESTS + 10));
  browser = await Browser.launch();
  counter = new Counter(preview, browser);
});
after(async () => {
  await browser?.close();
  await preview?.stop();
});
afterEach(() => browser.assertNoProblems());

test("thirty people come", async () => {
  for (let number = 0; number < GUESTS; number++) await counter.signUp(name(number), number);
  const page = await counter.signIn(RECEPTION, { javaScriptEnabled: true, bypassCSP: true });
  await page.getByRole("link", { name: "Посрещане" }).first().click();
  await heading(page, "Посрещане");
  await page.getByText(`Дошли: 0 от ${GUESTS}`, { exact: true }).waitFor();
  const row = (number) => page.getByRole("listitem").filter({ hasText: name(number) });

  // The second in the list first: a list that moved would bring the first under the finger.
  const order = [1, 0, ...Array.from({ length: GUESTS - 2 }, (_, number) => number + 2)];
  for (const [count, number] of order.entries()) {
    const attend = row(number).getByRole("button", { name: "Дойде" });
    const box = await attend.boundingBox();
    await attend.click();
    await page.getByRole("status").filter({ hasText: `✓ ${name(number)}: дойде` }).waitFor();
    // The second tap of an impatient finger, where the first one was, hits nothing.
    if (count < 2) {
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await page.getByText(`Дошли: ${count + 1} от ${GUESTS}`, { exact: true }).waitFor();
    }
  }
  await page.getByText(`Дошли: ${GUESTS} от ${GUESTS}`, { exact: true }).waitFor();
  await page.getByRole("button", { name: "Върнете", exact: true }).click();
  await page.getByRole("status").filter({ hasText: `Върнато, ${name(GUESTS - 1)}` }).waitFor();

  await page.getByText("Дошъл без записване", { exact: true }).click();
  await page.getByRole("button", { name: "Добавете" }).dblclick();
  await page.getByText(`Дошли: ${GUESTS - 1} от ${GUESTS} и 1 без записване`, { exact: true }).waitFor();

  const { cookies } = await page.context().storageState();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const list = await fetch(`${preview.url}/staff/events/${ACTIVITY}/attendance?format=csv`, { headers: { cookie } });
  const rows = (await list.text()).trim().split("\r\n").slice(1);
  assert.equal(rows.filter((row) => row.endsWith(";дойде")).length, GUESTS);
  assert.equal(rows.filter((row) => row.includes("без записване")).length, 1);

  for (const path of ["check-in", "check-in?show=here", "check-in?show=all&done=walk_in", "door-list"]) {
    await page.goto(`/staff/events/${ACTIVITY}/${path}`);
    for (const gate of [accessible, reflows, keyboard, largeTargets]) {
      assert.deepEqual(await gate(page), [], `${gate.name}: ${path}`);
    }
  }
});
