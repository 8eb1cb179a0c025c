// What must be true of a built site as a whole, read from its files.

/** The smallest set of pages on which every class and every element of the site is seen at least once. */
export async function cover(site) {
  const pages = [];
  for (const address of await site.addresses()) pages.push({ address, parts: parts(await site.read(address)) });
  const chosen = [];
  const seen = new Set();
  const fresh = ({ parts }) => [...parts].filter((part) => !seen.has(part)).length;
  while (true) {
    const best = pages.reduce((best, page) => (fresh(page) > fresh(best) ? page : best));
    if (fresh(best) === 0) return chosen.sort();
    chosen.push(best.address);
    best.parts.forEach((part) => seen.add(part));
  }
}

/** The classes and elements of a page, each language for itself. */
function parts(html) {
  const language = html.match(/<html lang="(\w+)"/)?.[1];
  const classes = [...html.matchAll(/class="([^"]*)"/g)].flatMap(([, names]) => names.split(/\s+/).map((name) => `.${name}`));
  const elements = [...html.matchAll(/<([a-z][a-z0-9]*)[\s>]/g)].map(([, name]) => name);
  return new Set([...classes, ...elements].map((part) => `${language} ${part}`));
}

/** Links and fragments that lead nowhere, in pages, feeds, calendars and the sitemap. `answered` says which addresses others answer. */
export async function deadLinks(site, answered) {
  const pages = new Map();
  for (const address of await site.addresses()) pages.set(address, await site.read(address));
  const links = [...pages].flatMap(([address, html]) => linksOfPage(html).map((link) => ({ address, ...link })));
  for (const address of await site.texts()) {
    // Lines of a calendar go on behind a space.
    const text = (await site.read(address)).replaceAll(/\r\n /g, "");
    links.push(...[...text.matchAll(/https?:\/\/[^\s"<>\\]+/g)].map(([written]) => ({ address, name: "link", written })));
  }
  const dead = [];
  for (const { address, name, written } of links) {
    // A calendar to subscribe to is a file like any other.
    const to = new URL(written.replaceAll("&amp;", "&").replace(/^webcal:/, "https:"), `${site.origin}${address}`);
    if (to.origin !== site.origin || answered(to.pathname)) continue;
    const target = pages.get(to.pathname);
    if (target === undefined && (await site.weight(to.pathname)) === undefined) dead.push(`${address}: ${name}="${written}"`);
    const id = decodeURIComponent(to.hash.slice(1));
    if (target !== undefined && id && !target.includes(` id="${id}"`)) dead.push(`${address}: no id="${id}" on ${to.pathname}`);
  }
  return dead;
}

/** What a page leads to or loads; what its head tells others of itself is an address with a host. */
function linksOfPage(html) {
  const attributes = [...html.matchAll(/\s(href|src|action|poster|srcset|content)="([^"]*)"/g)];
  return attributes.flatMap(([, name, written]) => {
    if (name === "srcset") return written.split(",").map((picture) => ({ name, written: picture.trim().split(" ")[0] }));
    return name !== "content" || /^https?:/.test(written) ? [{ name, written }] : [];
  });
}

/** Pages that are more than `most` links away from the home page of their language. Pages of an archive by number are left out. */
export async function farAway(site, most) {
  const found = [];
  const addresses = await site.addresses();
  for (const home of addresses.filter((address) => /^\/(\w\w\/)?$/.test(address))) {
    const distance = new Map([[home, 0]]);
    const queue = [home];
    for (const address of queue) {
      const links = [...(await site.read(address)).matchAll(/<a\s[^>]*href="(\/[^"#?]*)/g)].map(([, to]) => to);
      for (const to of links) {
        if (distance.has(to) || !addresses.includes(to)) continue;
        distance.set(to, distance.get(address) + 1);
        queue.push(to);
      }
    }
    const language = (address) => address.match(/^\/(en)\//)?.[1];
    const own = addresses.filter((address) => language(address) === language(home) && !address.endsWith("404.html") && !/\/\d+\/$/.test(address));
    for (const address of own) {
      if (!(distance.get(address) <= most)) found.push(`${address} is ${distance.get(address) ?? "no number of"} links from ${home}`);
    }
  }
  return found;
}

/** What a first visit to a page loads, in bytes by address. */
export async function loads(site, page, address) {
  const loaded = new Map();
  const note = (request) => loaded.set(new URL(request.url()).pathname, 0);
  page.on("request", note);
  await page.goto(address, { waitUntil: "networkidle" });
  page.off("request", note);
  for (const path of loaded.keys()) loaded.set(path, (await site.weight(path)) ?? 0);
  return loaded;
}
