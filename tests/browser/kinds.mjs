// A visitor of the form with questions of every kind: the site `tests/sites/form-kinds`.

export const SITE = "form-kinds";
export const paths = { bg: "/sabitiya/vsichko/", en: "/en/events/everything/" };

/** The control of this id, such as `years` or `topics-languages`. */
export const control = (page, id) => page.locator(`#field_${id}`);

/** Presses a radio button or a check box, as one does: on its row. */
export const press = (page, id) => page.locator(`label[for="field_${id}"]`).click();

/** Every state of the form, in turn; `look` is called on each with its name. */
export async function everyState(page, words, look) {
  const proceed = () => page.getByRole("button", { name: words.proceed, exact: true }).click();
  await page.goto(paths[words.lang]);
  await look("kinds-blank");

  for (const id of ["situation-school", "topics-languages", "photos"]) await press(page, id);
  await look("kinds-more-questions");

  await control(page, "years").fill("99");
  await proceed();
  await page.getByRole("alert").waitFor();
  await look("kinds-with-errors");

  const typed = {
    name: "Ана Иванова",
    email: "ana@example.org",
    birth_date_day: "5 май 2005",
    town: "Пловдив",
    where: "Гимназия",
    years: "3",
    first_day_day: "7.12.2026",
  };
  for (const [id, text] of Object.entries(typed)) await control(page, id).fill(text);
  await control(page, "language").selectOption("de");
  for (const id of ["topics-career", "rules"]) await press(page, id);
  await proceed();
  await page.getByRole("heading", { level: 1, name: words.check, exact: true }).waitFor();
  await look("kinds-check-answers");
}
