// What a visitor looks for on the pages, in the two languages, as the theme and the content say it.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { parse } from "yaml";

export const ACTIVITY = "den-na-otvorenite-vrati-2027";

const text = (path) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");

function words(lang, home, page) {
  const { ui, form, receipt, verify, mail, message } = parse(text(`themes/centre/i18n/${lang}.yaml`));
  const site = parse(text("content/site.yaml"));
  const rsvp = parse(text("content/forms/rsvp.yaml"));
  const field = (name) => rsvp.fields.find((field) => field.name === name);
  const event = parse(text(page).split("---\n")[1]);
  return {
    lang,
    home,
    skip: ui.skip_to_content,
    menu: ui.navigation,
    events: site.sections.events.title[lang],
    openDay: event.title,
    reserve: rsvp.title[lang],
    name: field("name").label[lang],
    missingName: field("name").missing[lang],
    email: field("email").label[lang],
    party: field("party").label[lang],
    places: (number) => form.places[number === 1 ? "one" : "other"].replace("{n}", number),
    proceed: form.continue,
    problem: form.problem,
    check: form.check_title,
    change: form.submit_edit,
    confirm: rsvp.submit[lang],
    reserved: receipt.heading.confirmed,
    reference: form.reference,
    cancel: receipt.cancel,
    cancelQuestion: ui.cancel_question,
    cancelled: receipt.heading.cancelled_by_attendee,
    receipt,
    verify,
    message,
    join: form.join_waitlist,
    subjects: mail.subject,
    subject: mail.subject.received.confirmed.replace("{title}", event.title),
    union: site.funding.union[lang],
    emblem: ui.emblem_alt,
  };
}

export const bg = words("bg", "/", `content/events/${ACTIVITY}.md`);
export const en = words("en", "/en/", `content/events/${ACTIVITY}.en.md`);
export const languages = [bg, en];
