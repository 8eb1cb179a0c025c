// What is said of every page: the rules of WCAG 2.2 AA that a program can judge, and that it fits the window.

import axe from "axe-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** The rules that a page breaks. They are checked by a script, so the page must let one in. */
export async function violations(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((tags) => globalThis.axe.run({ runOnly: tags }), RULES);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} (${node.failureSummary})`));
}

/** What sticks out of the window at the side. */
export function sticksOut(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > width + 0.5);
    return wide.map((element) => element.outerHTML.slice(0, 100)).concat(`page of ${document.documentElement.scrollWidth} px`);
  });
}
