// The staff area, as the people at the counter use it on a small phone: in by mail, who comes today, who waits, who is there.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { Browser, DESKTOP, PHONE } from "./browser.mjs";
import { COORDINATOR, Counter, DATA_OFFICER, heading, RECEPTION, today } from "./counter.mjs";
import { accessible, keyboard, largeTargets, reflows } from "./gates.mjs";
import { Preview } from "./preview.mjs";
import { ACTIVITY } from "./words.mjs";

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


test("what is no address is named, and a stranger reads what staff read and gets no link", async () => {
  const page = await browser.open(preview.url);
  await counter.askForLink(page, "мария");
  await page.getByRole("alert").filter({ hasText: "Това не е имейл адрес" }).waitFor();
  await counter.askForLink(page, "stranger@example.org");
  await heading(page, "Проверете пощата си");
  assert.equal(await counter.lastLink(), null);
});

test("a link lets in the browser that asked, once, and no other", async () => {
  const page = await browser.open(preview.url);
  await counter.askForLink(page, COORDINATOR);
  const link = await counter.lastLink();

  const other = await browser.open(preview.url);
  await other.goto(link);
  await heading(other, "Отворете връзката там, където я поискахте");
  await other.goto("/staff/sign-in");
  await other.goto(link);
  await other.getByRole("button", { name: "Влезте" }).click();
  await heading(other, "Отворете връзката там, където я поискахте");

  await page.goto(link);
  await page.getByRole("button", { name: "Влезте" }).click();
  await heading(page, "Днес и утре");
  const { cookies } = await page.context().storageState();
  const session = cookies.find(({ name }) => name === "__Host-staff");
  assert.deepEqual([session.httpOnly, session.secure, session.sameSite, session.path], [true, true, "Strict", "/"]);

  await page.goto(link);
  await page.getByRole("button", { name: "Влезте" }).click();
  await heading(page, "Връзката вече не важи");
});

test("an event fills up, one place is taken back, and who waits is asked", async () => {
  const people = ["Ана Иванова", "Борис Петров", "Вера Стоянова", "Георги Димов"];
  for (const [number, name] of people.entries()) await counter.signUp(name, number);
  const waiting = await counter.signUp("Елена Колева", 5);
  assert.equal(waiting.state, "waitlisted");

  const page = await counter.signIn(COORDINATOR);
  await page.getByText("заети 4 от 4, свободни 0, чакат 1").waitFor();
  await page.getByRole("link", { name: "Ден на отворените врати 2027", exact: true }).click();
  await heading(page, "Ден на отворените врати 2027");
  await page.getByLabel("Име, код, имейл или телефон").fill("борис");
  await page.getByRole("button", { name: "Потърсете" }).click();
  await page.getByRole("link", { name: "Борис Петров" }).click();
  await heading(page, "Борис Петров");

  await page.getByText("Отменете записването от наша страна", { exact: true }).first().click();
  const form = page.locator("form", { has: page.locator("input[value=cancel]") });
  await form.getByRole("button").click();
  await page.getByRole("alert").filter({ hasText: "Напишете причина" }).waitFor();
  // What was asked is open still.
  await form.getByLabel("Причина").fill("обади се, че е болен");
  await form.getByRole("button").click();
  await page.getByRole("status").filter({ hasText: "Записването е отменено" }).waitFor();
  await page.getByText("обади се, че е болен").waitFor();

  await page.goto("/staff/events");
  await page.getByText("заети 4 от 4, свободни 0").first().waitFor();
  await page.goto(`/staff/events/${ACTIVITY}?state=offered`);
  await page.getByRole("link", { name: "Елена Колева" }).waitFor();
});

test("who is at the door is noted by two phones as once, and a slip is taken back", async () => {
  const [first, second] = [await counter.signIn(RECEPTION), await counter.signIn(RECEPTION)];
  for (const page of [first, second]) {
    await page.getByRole("link", { name: "Посрещане" }).first().click();
    await heading(page, "Посрещане");
    await page.getByText("Дошли: 0 от 3").waitFor();
  }
  const row = (page, name) => page.getByRole("listitem").filter({ hasText: name });
  await row(first, "Ана Иванова").getByRole("button").click();
  await first.getByRole("status").filter({ hasText: "✓ Ана Иванова: дойде" }).waitFor();
  await first.getByText("Дошли: 1 от 3").waitFor();
  // The other phone still shows her as expected.
  await row(second, "Ана Иванова").getByRole("button", { name: "Дойде" }).click();
  await second.getByText("Дошли: 1 от 3").waitFor();
  await row(first, "Вера Стоянова").getByRole("button").click();
  await first.getByText("Дошли: 2 от 3").waitFor();
  await first.getByRole("button", { name: "Върнете", exact: true }).click();
  await first.getByText("Дошли: 1 от 3").waitFor();

  // Who waits for a place stands at the door, too, and is found with where they stand.
  await first.getByLabel("Име, код или телефон").fill("колева елена");
  await first.getByRole("button", { name: "Потърсете" }).click();
  await row(first, "Елена Колева").getByText("предложено място").waitFor();
  assert.equal(await row(first, "Елена Колева").getByRole("button").count(), 0);
  assert.ok(!first.url().includes("?"), first.url());

  // Reception does not see what people wrote.
  const answer = await first.goto(`/staff/events/${ACTIVITY}`);
  assert.equal(answer.status(), 403);
  await heading(first, "Тази страница не е за вашата роля");
});

test("who asked for the services is called, in vain and then not, and leaves the list", async () => {
  await counter.ask("Жана Тодорова", "0888 123 456");
  const page = await counter.signIn(COORDINATOR);
  await page.getByRole("link", { name: "Чакат обаждане: 1." }).click();
  await heading(page, "Заявки за услуги");
  await page.getByText("обещано обаждане до: сряда, 25 ноември 2026\u00a0г., 9:00\u00a0ч.").waitFor();
  assert.equal(await page.getByRole("link", { name: "0888123456" }).getAttribute("href"), "tel:+359888123456");
  const press = async (label) => {
    await page.getByRole("link", { name: "Жана Тодорова" }).click();
    await page.getByText(label, { exact: true }).first().click();
    await page.getByRole("button", { name: label, exact: true }).click();
  };
  await press("Обадихме се, никой не вдигна");
  await page.getByRole("status").filter({ hasText: "Отбелязано: без отговор." }).waitFor();
  await page.goto("/staff/service-users");
  await page.getByText("обаждания без отговор: 1").waitFor();
  await press("Говорихме с човека");
  await page.getByRole("status").filter({ hasText: "Отбелязано: говорихме." }).waitFor();
  await page.goto("/staff/service-users");
  await page.getByText("Няма такива хора.").waitFor();
  await page.getByRole("link", { name: "осъществен контакт (1)" }).click();
  await page.getByRole("link", { name: "Жана Тодорова" }).waitFor();
});

test("the log says who did what, and that it is whole", async () => {
  const page = await counter.signIn(DATA_OFFICER);
  await page.getByRole("link", { name: "Дневник" }).click();
  await page.getByRole("status").filter({ hasText: "Дневникът е цял" }).waitFor();
  await page.getByText(`отменено от Центъра · ${COORDINATOR}`).waitFor();
  await page.getByText(`отбелязано: дойде · ${RECEPTION}`).first().waitFor();
});

test("signing out ends the session at once, everywhere if asked", async () => {
  const [here, there] = [await counter.signIn(RECEPTION), await counter.signIn(RECEPTION)];
  await here.getByText(RECEPTION).click();
  await here.getByRole("button", { name: "Излезте от всички устройства" }).click();
  await heading(here, "Излязохте");
  for (const page of [here, there]) {
    await page.goto("/staff/");
    await heading(page, "Вход за служители");
  }
});

for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  for (const colorScheme of ["light", "dark"]) {
    test(`every page of the staff area keeps its promises on a ${size}, ${colorScheme}`, async () => {
      const page = await counter.signIn(COORDINATOR, { viewport, colorScheme, javaScriptEnabled: true, bypassCSP: true });
      const person = async () => {
        await page.goto(`/staff/events/${ACTIVITY}`);
        return page.getByRole("link", { name: "Ана Иванова" }).getAttribute("href");
      };
      const paths = ["/staff/", "/staff/events", `/staff/events/${ACTIVITY}`, `/staff/events/${ACTIVITY}/check-in?show=all`, `/staff/events/${ACTIVITY}/door-list`, await person(), "/staff/service-users?state=all", "/staff/sign-in"];
      for (const path of paths) {
        await page.goto(path);
        for (const gate of [accessible, reflows, keyboard, largeTargets]) {
          assert.deepEqual(await gate(page), [], `${gate.name}: ${path}`);
        }
      }
    });
  }
}
