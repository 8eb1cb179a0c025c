// Events that have ended since the site was built go to those that were. Without it the page is as of the last build.

const listUnder = (name) => document.querySelector(`[data-events="${name}"]`)?.nextElementSibling;
const [upcoming, past] = [listUnder("upcoming"), listUnder("past")];
const hasEnded = (card) => Date.parse(card.dataset.endsAt) <= Date.now();
const ended = [...upcoming.querySelectorAll("[data-ends-at]")].filter(hasEnded);
for (const row of ended.map((card) => card.closest("li"))) {
  if (past) past.prepend(row);
  else row.remove();
}
if (ended.length > 0 && !upcoming.querySelector("li")) {
  const sentence = document.createElement("p");
  sentence.className = "empty";
  sentence.textContent = document.querySelector("script[data-nothing]").dataset.nothing;
  upcoming.replaceWith(sentence);
}
