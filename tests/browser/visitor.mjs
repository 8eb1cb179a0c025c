// What a visitor does on the way to a place at the open day. Each step ends when the next page is there.

export const ANA = { name: "Ана Иванова", email: "ana@example.org", places: 2 };

export class Visitor {
  constructor(page, words) {
    this.page = page;
    this.words = words;
  }

  async goHome() {
    await this.page.goto(this.words.home);
  }

  /** From anywhere, by the menu. */
  async findOpenDay() {
    const menu = this.page.getByRole("navigation", { name: this.words.menu });
    await menu.getByRole("link", { name: this.words.events, exact: true }).click();
    await this.heading(this.words.events);
    await this.page.getByRole("link", { name: this.words.openDay, exact: true }).click();
    await this.heading(this.words.openDay);
  }

  /** Fills in what is given and leaves the rest as it is. */
  async answer({ name, email, places }) {
    if (name !== undefined) await this.field("name").fill(name);
    if (email !== undefined) await this.field("email").fill(email);
    if (places !== undefined) await this.field("party").selectOption({ label: this.words.places(places) });
  }

  async proceed() {
    await this.page.getByRole("button", { name: this.words.proceed, exact: true }).click();
  }

  /** Sends the form without a name. */
  async forgetTheName() {
    const { email, places } = ANA;
    await this.answer({ name: "", email, places });
    await this.proceed();
    await this.summary().waitFor();
  }

  async checkAnswers() {
    await this.answer(ANA);
    await this.proceed();
    await this.heading(this.words.check);
  }

  async confirm() {
    await this.page.getByRole("button", { name: this.words.confirm, exact: true }).click();
    await this.heading(this.words.reserved);
  }

  async cancel() {
    await this.page.getByText(this.words.cancelQuestion, { exact: true }).click();
    await this.page.getByRole("button", { name: this.words.cancel, exact: true }).click();
    await this.heading(this.words.cancelled);
  }

  field(name) {
    return this.page.getByLabel(this.words[name], { exact: true });
  }

  /** The list of faults above a refused form. */
  summary() {
    return this.page.getByRole("alert").filter({ hasText: this.words.problem });
  }

  heading(text) {
    return this.page.getByRole("heading", { level: 1, name: text, exact: true }).waitFor();
  }
}

/** Every page on the way, in turn, from home to the receipt; `look` is called on each with its name. */
export async function everyPage(visitor, look) {
  await visitor.goHome();
  await look("home");
  await visitor.findOpenDay();
  await look("event");
  await visitor.forgetTheName();
  await look("form-with-errors");
  await visitor.checkAnswers();
  await look("check-answers");
  await visitor.confirm();
  await look("receipt");
}
