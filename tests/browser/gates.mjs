// What must be true of every page, whatever is on it. Each gate looks at one page in the browser and says what is wrong.

import axe from "axe-core";

import { sticksOut } from "./rules.mjs";

/** WCAG 2.2 AA, and what axe calls best practice. */
export async function accessible(page) {
  await page.evaluate(axe.source);
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await page.evaluate((runOnly) => globalThis.axe.run({ runOnly }), runOnly);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} (${node.failureSummary})`));
}

/** Nothing scrolls sideways on the narrowest phone, with text of 200 %, and with the spacing of WCAG 1.4.12. */
export async function reflows(page) {
  const found = [];
  const size = page.viewportSize();
  const spacing = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }";
  for (const [name, width, css] of [
    ["320 px", 320, ""],
    ["text of 200 %", 640, "html { font-size: 200% !important }"],
    ["text spacing", 320, spacing],
  ]) {
    await page.setViewportSize({ width, height: size.height });
    const style = css && (await page.addStyleTag({ content: css }));
    found.push(...(await sticksOut(page)).map((one) => `${name}: ${one}`));
    found.push(...(await cutOff(page)).map((one) => `${name}: ${one}`));
    if (style) await style.evaluate((element) => element.remove());
  }
  await page.setViewportSize(size);
  return found;
}

/** Text that is hidden because its box is too small for it. */
function cutOff(page) {
  return page.evaluate(() => {
    const hides = (element) => {
      const { overflowX, overflowY, position } = getComputedStyle(element);
      const isCut = element.scrollHeight > element.clientHeight + 2 || element.scrollWidth > element.clientWidth + 2;
      // What only a screen reader gets is one pixel large on purpose.
      const isForEars = position === "absolute" && element.clientWidth <= 1;
      return isCut && !isForEars && [overflowX, overflowY].some((overflow) => ["hidden", "clip"].includes(overflow));
    };
    const texts = [...document.body.querySelectorAll("*")].filter((element) => element.textContent.trim() !== "" && !element.closest("svg"));
    return texts.filter(hides).map((element) => `text is cut off in ${element.outerHTML.slice(0, 100)}`);
  });
}

/** Every stop of the Tab key can be seen, has a ring, and is not covered. */
export async function keyboard(page, most = 200) {
  const found = [];
  await page.evaluate(() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
  });
  const seen = new Set();
  for (let stop = 0; stop < most; stop += 1) {
    await page.keyboard.press("Tab");
    const state = await page.evaluate(focusState);
    if (state === undefined || seen.has(state.path)) break;
    seen.add(state.path);
    if (!state.ring) found.push(`no ring: ${state.tag}`);
    if (!state.inside) found.push(`outside of the window: ${state.tag}`);
    if (!state.uncovered) found.push(`covered: ${state.tag}`);
  }
  const stops = await page.locator("a[href], button, input:not([type=hidden]), select, textarea, summary").evaluateAll(
    (all) => all.filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0 && element.type !== "radio").length,
  );
  if (seen.size < Math.min(stops, most) - 1) found.push(`Tab stops at ${seen.size} of ${stops}`);
  return found;
}

/** Runs in the page. */
function focusState() {
  const element = document.activeElement;
  if (!element || element === document.body) return undefined;
  const path = [];
  for (let at = element; at; at = at.parentElement) path.push([...(at.parentElement?.children ?? [])].indexOf(at));
  // Around a card, the ring is that of the area which the link covers.
  const ring = [null, "::after"].some((part) => {
    const { content, outlineStyle, outlineWidth } = getComputedStyle(element, part);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && (part === null || content !== "none");
  });
  const { top, bottom, left, right, height, width } = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const inside = height > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
  const x = Math.min(Math.max(left + width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(top + height / 2, 0), innerHeight - 1);
  const at = document.elementFromPoint(x, y);
  const uncovered = !at || element.contains(at) || at.contains(element) || at.closest("label")?.control === element;
  return { path: path.join("."), tag: element.outerHTML.slice(0, 120), ring, inside, uncovered };
}

/** On paper: dark text on white, the whole text, and no menu. */
export async function prints(page) {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const found = await page.evaluate(() => {
    const brightness = (color) => {
      const [red, green, blue, alpha = 1] = color.match(/[\d.]+/g).map(Number);
      return alpha === 0 ? 255 : (red * 299 + green * 587 + blue * 114) / 1000;
    };
    const found = [];
    for (const element of document.querySelectorAll("body, main, main *")) {
      const { color, backgroundColor } = getComputedStyle(element);
      if (!element.checkVisibility() || element.closest("svg")) continue;
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "");
      if (own && brightness(color) > 140) found.push(`pale text: ${element.outerHTML.slice(0, 100)}`);
      if (brightness(backgroundColor) < 200) found.push(`dark ground: ${element.outerHTML.slice(0, 100)}`);
    }
    for (const menu of document.querySelectorAll("header nav, .skip-link")) {
      if (menu.checkVisibility()) found.push(`on paper: ${menu.outerHTML.slice(0, 60)}`);
    }
    return found;
  });
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
  return found;
}

/** What every page of the site has in its frame. */
export function framed(page) {
  return page.evaluate(() => {
    const found = [];
    const count = (selector) => document.querySelectorAll(selector).length;
    const needs = (is, words) => is || found.push(words);
    needs(document.documentElement.lang, "no language");
    needs(count("h1") === 1, `${count("h1")} main headings`);
    needs(count("main") === 1, "no main part");
    const [first] = document.querySelectorAll("a[href], button, input, select, textarea, summary");
    needs(first?.hash === "#main" && document.querySelector(first.hash), "the first stop is not a link past the menu");
    needs(document.querySelector("footer a[href*='dostapnost'], footer a[href*='accessibility']"), "no link to the accessibility statement");
    needs(document.querySelector("footer a[href*='poveritelnost'], footer a[href*='privacy']"), "no link to the privacy notice");
    needs(document.querySelector("header a[hreflang]"), "no link to the other language");
    for (const link of document.querySelectorAll("a[href^='tel:']")) {
      needs(/^tel:\+[1-9]\d{6,14}$/.test(link.getAttribute("href")), `not a number for the whole world: ${link.href}`);
    }
    return found;
  });
}

/** Nothing is kept on the visitor's device. */
export async function keepsNothing(page) {
  const cookies = (await page.context().cookies()).map(({ name }) => `cookie ${name}`);
  const stored = await page.evaluate(async () => {
    const bases = (await indexedDB.databases?.()) ?? [];
    const caches = "caches" in globalThis ? await globalThis.caches.keys() : [];
    const workers = (await navigator.serviceWorker?.getRegistrations?.()) ?? [];
    return [
      ...Object.keys(localStorage).map((key) => `local storage ${key}`),
      ...Object.keys(sessionStorage).map((key) => `session storage ${key}`),
      ...bases.map(({ name }) => `database ${name}`),
      ...caches.map((name) => `cache ${name}`),
      ...workers.map(({ scope }) => `worker ${scope}`),
    ];
  });
  return [...cookies, ...stored];
}

/** Buttons, fields and links of the menu are large enough for a thumb. */
export function largeTargets(page) {
  return page.evaluate(() => {
    const targets = document.querySelectorAll('button, input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([tabindex="-1"]), select, textarea, header nav a, summary');
    const small = [...targets].filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      return element.checkVisibility() && (width < 24 || height < 43.5);
    });
    return small.map((element) => {
      const { width, height } = element.getBoundingClientRect();
      return `${Math.round(width)} × ${Math.round(height)} px: ${element.outerHTML.slice(0, 100)}`;
    });
  });
}
