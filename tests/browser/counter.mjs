// What tests of the staff area do again and again: people sign up, somebody of staff signs in.

import assert from "node:assert/strict";

import { ACTIVITY } from "./words.mjs";

export const COORDINATOR = "coordinator@example.org";
export const RECEPTION = "reception@example.org";
export const DATA_OFFICER = "data@example.org";

const EVENT = `content/events/${ACTIVITY}.md`;

/** Prepares a site whose open day is today, with so many places, and people may wait for one. */
export function today(capacity) {
  return async (site) => {
    const text = await site.read(EVENT);
    const moved = text
      .replace(/starts_at: .*/, "starts_at: 2026-11-23T20:00")
      .replace(/ends_at: .*/, "ends_at: 2026-11-23T22:00")
      .replace(/capacity: .*/, `capacity: ${capacity}\n  waitlist: true`);
    await site.write(EVENT, moved);
  };
}

export const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

/** The staff area of a preview, in a browser. */
export class Counter {
  constructor(preview, browser) {
    this.preview = preview;
    this.browser = browser;
  }

  /** Somebody signs up, by the programs' way in. */
  async #submit(activity, key, answers) {
    const answer = await fetch(`${this.preview.url}/forms/${activity}`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(answers),
    });
    assert.equal(answer.status, 201, await answer.clone().text());
    return answer.json();
  }

  /** A visitor signs up for the open day. */
  signUp(name, number, party = "1") {
    return this.#submit(ACTIVITY, `visitor-${number}`, { name, email: `visitor${number}@example.org`, party });
  }

  /** Somebody asks for the services. */
  ask(name, telephone) {
    const born = { birth_date_day: "4", birth_date_month: "5", birth_date_year: "2003" };
    return this.#submit("registration", `request-${telephone}`, { name, telephone, ...born, situation: "none" });
  }

  /** The last link that staff were sent. */
  async lastLink() {
    const list = await (await fetch(`${this.preview.url}/__mail/`)).text();
    for (const [, mail] of list.matchAll(/href="(\/__mail\/[^"]+)"/g)) {
      const page = await (await fetch(this.preview.url + mail)).text();
      const link = page.match(/\/staff\/sign-in\/[0-9a-f]{64}/);
      if (link) return link[0];
    }
    return null;
  }

  async askForLink(page, address) {
    await page.goto("/staff/");
    await page.getByLabel("Служебен имейл").fill(address);
    await page.getByRole("button", { name: "Изпратете ми връзка" }).click();
  }

  async signIn(address, options) {
    const page = await this.browser.open(this.preview.url, options);
    await this.askForLink(page, address);
    await heading(page, "Проверете пощата си");
    await page.goto(await this.lastLink());
    await page.getByRole("button", { name: "Влезте" }).click();
    await heading(page, "Днес и утре");
    return page;
  }
}
