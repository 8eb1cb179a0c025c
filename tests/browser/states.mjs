// Registrations in the states that a visitor can be in, and what is said to who gets none: the real content with a round table of
// two places, an open day for which addresses are confirmed, a conference for which staff approve, and a talk of one place.

import { Visitor } from "./visitor.mjs";

export const ROUND_TABLE = "kragla-masa-2027";
export const OPEN_DAY = "den-na-otvorenite-vrati-2027";
const TALK = "beseda-2027";
const CONFERENCE = "mezhdunarodna-konferentsia-2027";

/** The page of an event; by its name in Bulgarian, and by its own in English. */
const eventPage = {
  bg: (event) => `/sabitiya/${event}/`,
  en: (event) =>
    `/en/events/${{ [ROUND_TABLE]: "round-table", [OPEN_DAY]: "open-day", [CONFERENCE]: "international-conference", [TALK]: "talk" }[event]}-2027/`,
};

/** Changes the copy of the content. */
export async function prepare(preview) {
  const change = async (path, from, to) => {
    const text = await preview.read(path);
    if (!text.includes(from)) throw new Error(`${from} is not in ${path}`);
    await preview.write(path, text.replace(from, to));
  };
  await change(`content/events/${ROUND_TABLE}.md`, "capacity: 30", "capacity: 2");
  await change(`content/events/${CONFERENCE}.md`, "waitlist: true", "approval: true");
  await change(`content/events/${OPEN_DAY}.md`, "form: rsvp", "form: confirmed");
  const talk = "---\ntitle: Беседа\ndescription: За един човек.\nstarts_at: 2027-06-24T10:00\nplace: Зала\nregistration: { form: rsvp, capacity: 1 }\n---\n\nТекст.\n";
  await preview.write(`content/events/${TALK}.md`, talk);
  await preview.write(`content/events/${TALK}.en.md`, "---\ntitle: Talk\ndescription: For one person.\nslug: talk-2027\nplace: Room\n---\n\nText.\n");
  await preview.write("content/forms/confirmed.yaml", `verify_email: true\n${await preview.read("content/forms/rsvp.yaml")}`);
}

let people = 0;

/** A visitor who signs up under an address of their own and finds their mail. */
export class Person extends Visitor {
  email = `person-${(people += 1)}@example.org`;

  /** From the page of an event to the receipt that has this heading. */
  async signUp(event, heading, look) {
    const { page, words } = this;
    await page.goto(eventPage[words.lang](event));
    await this.answer({ name: "Ана Иванова", email: this.email });
    await this.proceed();
    await this.heading(words.check);
    await look?.();
    await page.getByRole("main").locator("button").first().click();
    await this.heading(heading);
    this.receipt = page.url();
  }

  async press(button, heading) {
    const hidden = this.page.getByRole("button", { name: button, exact: true, includeHidden: true });
    const folded = this.page.locator("details:not([open])", { has: hidden });
    if (await folded.count()) await folded.locator("summary").click();
    await this.page.getByRole("button", { name: button, exact: true }).click();
    await this.heading(heading);
  }

  /** Follows the link in the mail with a subject that begins so. */
  async followMail(subject, heading) {
    const { page } = this;
    await page.goto("/__mail/");
    const mine = page.getByRole("listitem").filter({ hasText: this.email });
    await mine.getByRole("link", { name: subject.split("{")[0] }).click();
    const text = await page.locator("pre").first().textContent();
    await page.goto(text.match(/http\S+\/forms\/[rv]\/\S+/)[0]);
    await this.heading(heading);
  }

  async openReceipt(heading) {
    await this.page.goto(this.receipt);
    await this.heading(heading);
  }
}

/** Every state, in turn; `look` is called on each with its name. Leaves all places free. */
export async function everyRegistration(page, words, look) {
  const { heading, change_party, cancel, decline, no_more_places } = words.receipt;
  const [first, second, third, doubted, approved] = Array.from({ length: 5 }, () => new Person(page, words));

  await first.signUp(ROUND_TABLE, heading.confirmed);
  await look("receipt-confirmed");
  await second.signUp(ROUND_TABLE, heading.confirmed);
  await third.signUp(ROUND_TABLE, heading.waitlisted, () => look("check-answers-waiting"));
  await look("receipt-waitlisted");

  await first.openReceipt(heading.confirmed);
  await page.getByLabel(words.receipt.party, { exact: true }).selectOption("2");
  await page.getByRole("button", { name: change_party, exact: true }).click();
  await page.getByRole("alert").filter({ hasText: no_more_places }).waitFor();
  await look("receipt-no-more-places");

  await second.openReceipt(heading.confirmed);
  await second.press(cancel, heading.cancelled_by_attendee);
  await look("receipt-cancelled");
  await third.followMail(words.subjects.offered, heading.offered);
  await look("receipt-offered");
  await third.press(decline, heading.lapsed);
  await look("receipt-lapsed");
  await first.openReceipt(heading.confirmed);
  await first.press(cancel, heading.cancelled_by_attendee);

  await doubted.signUp(OPEN_DAY, heading.pending_verification);
  await look("receipt-pending-verification");
  await doubted.followMail(words.subjects.received.pending_verification, words.verify.heading);
  await look("verify");
  await doubted.press(words.verify.button, heading.confirmed);
  await doubted.press(cancel, heading.cancelled_by_attendee);

  await approved.signUp(CONFERENCE, heading.pending_review);
  await look("receipt-pending-review");
  await approved.press(cancel, heading.cancelled_by_attendee);

  await everyRefusal(page, words, look);
}

/** What the form function says instead of a form or a receipt. */
async function everyRefusal(page, words, look) {
  const { full, not_eligible, under_age } = words.message;
  const [only, late, born2015, worker] = Array.from({ length: 4 }, () => new Person(page, words));

  await only.signUp(TALK, words.receipt.heading.confirmed);
  await page.goto(eventPage[words.lang](TALK));
  await late.answer({ name: "Ана Иванова", email: late.email });
  await late.proceed();
  await late.heading(full.heading);
  await look("refused-full");
  await only.openReceipt(words.receipt.heading.confirmed);
  await only.press(words.receipt.cancel, words.receipt.heading.cancelled_by_attendee);

  for (const [person, year, situation, heading, name] of [
    [born2015, "2015", "none", under_age.heading, "refused-under-age"],
    [worker, "2004", "employment", not_eligible.heading, "refused-not-eligible"],
  ]) {
    await page.goto({ bg: "/registratsia/", en: "/en/registration/" }[words.lang]);
    const typed = { name: "Ана Иванова", email: person.email, birth_date_day: "5", birth_date_month: "5", birth_date_year: year };
    for (const [id, text] of Object.entries(typed)) await page.locator(`#field_${id}`).fill(text);
    await page.locator(`label[for="field_situation-${situation}"]`).click();
    await person.proceed();
    await person.heading(heading);
    await look(name);
  }

  // Nobody can tell which language it was in.
  await page.goto("/forms/r/unknown");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await look("refused-unknown-link");
}
