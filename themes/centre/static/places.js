// Says on the page of an event how many places are left, as the form function knows it. Without it the page says how many
// there are in all, and the form says the rest. Texts come with the page; nothing is kept.

/** As many places as one group of friends takes: who wants one of them should not wait. */
const FEW = 5;

const said = document.querySelector("[data-places]");

/** The text for what the function answered; none for what the page says already. */
function text({ state, remaining }) {
  if (state !== "open") return said.getAttribute(`data-${state}`);
  if (remaining === null) return null;
  const { left, few } = said.dataset;
  return (remaining > FEW ? left : few).replace("{n}", remaining.toLocaleString(document.documentElement.lang));
}

/** The page comes first: on a slow network this would take its turn. */
const loaded = new Promise((done) => {
  const whenIdle = () => (window.requestIdleCallback ?? setTimeout)(done);
  if (document.readyState === "complete") whenIdle();
  else addEventListener("load", whenIdle);
});

if (said) {
  await loaded;
  try {
    const answer = await fetch(said.dataset.places, { credentials: "omit" });
    if (answer.ok) said.textContent = text(await answer.json()) ?? "";
  } catch {
    // Whoever has no network now reads what the page says.
  }
}
