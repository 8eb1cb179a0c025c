// Each gate finds what it is there for: a page without faults passes all of them, and one planted fault stops it at its gate.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { Browser, PHONE } from "./browser.mjs";
import { accessible, framed, keepsNothing, keyboard, largeTargets, prints, reflows } from "./gates.mjs";
import { deadLinks, farAway } from "./whole.mjs";

const PAGE = `<!doctype html>
<html lang="bg">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Страница</title>
<link rel="icon" href="data:,">
<style>
  body { margin: 1rem; color: #222; background: #fff }
  a { color: #00f; display: inline-block; padding: 0.9rem 0 }
  button { min-height: 3rem }
  :focus { outline: 3px solid #000 }
  @media print { header nav, .skip-link { display: none } }
</style>
</head>
<body>
<a class="skip-link" href="#main">Към съдържанието</a>
<header><nav aria-label="Меню"><a href="/uslugi/">Услуги</a> <a href="/en/" hreflang="en" lang="en">English</a></nav></header>
<main id="main">
<h1>Заглавие</h1>
<p>Обади се: <a href="tel:+35932000000">032 000 000</a></p>
<p><button type="button">Напред</button></p>
</main>
<footer><a href="/dostapnost/">Достъпност</a> <a href="/poveritelnost/">Поверителност</a></footer>
</body>
</html>`;

const replaced = (from, to) => {
  assert.ok(PAGE.includes(from), from);
  return PAGE.replace(from, to);
};
const inMain = (html) => replaced("</main>", `${html}</main>`);
const styled = (css) => replaced("</style>", `${css}</style>`);

/** A gate, a page with one fault, and what the gate says of it. */
const planted = {
  "a picture without words": [accessible, inMain('<img src="data:," width="10" height="10">'), /image-alt/],
  "pale text": [accessible, styled("p { color: #bbb }"), /color-contrast/],
  "a field without label": [accessible, inMain("<input>"), /label/],
  "a skipped heading": [accessible, inMain("<h4>Подробности</h4>"), /heading-order/],
  "content outside of landmarks": [accessible, replaced("<footer>", "<p>Извън</p><footer>"), /region/],
  "a wide box": [reflows, inMain('<div style="width: 400px">Широко</div>'), /320 px/],
  "a long word": [reflows, inMain("<p>Непротивоконституционствувателствувайтесинепротивоконституционствувателствувайте</p>"), /320 px/],
  "text that is cut off": [reflows, inMain('<div style="height: 1.2em; overflow: hidden">Дълъг текст, който не се побира на един ред</div>'), /cut off/],
  "a focus that nobody sees": [keyboard, styled(":focus { outline: none }"), /no ring/],
  "a stop outside of the window": [keyboard, styled("button { position: absolute; left: -999px }"), /outside/],
  "a covered stop": [keyboard, inMain('<div style="position: fixed; inset: 0; background: #fff">Прозорец</div>'), /covered/],
  "a trap": [keyboard, inMain('<button type="button" onkeydown="event.preventDefault()">Стой</button><button type="button">Още</button>'), /Tab stops/],
  "pale text on paper": [prints, styled("p { color: #eee }"), /pale text/],
  "a dark ground on paper": [prints, styled("@media print { main { background: #000; color: #000 } }"), /dark ground/],
  "a menu on paper": [prints, styled("@media print { header nav { display: block } }"), /on paper/],
  "two main headings": [framed, inMain("<h1>Второ</h1>"), /2 main headings/],
  "no language": [framed, replaced('<html lang="bg">', "<html>"), /no language/],
  "no way past the menu": [framed, replaced('href="#main"', 'href="/"'), /first stop/],
  "no accessibility statement": [framed, replaced("/dostapnost/", "/"), /accessibility statement/],
  "no privacy notice": [framed, replaced("/poveritelnost/", "/"), /privacy notice/],
  "no other language": [framed, replaced(' hreflang="en"', ""), /other language/],
  "a number for one country": [framed, replaced("tel:+35932000000", "tel:032000000"), /whole world/],
  "a cookie": [keepsNothing, inMain("<script>document.cookie = 'a=1'</script>"), /cookie a/],
  "a stored key": [keepsNothing, inMain("<script>localStorage.setItem('a', '1')</script>"), /local storage a/],
  "a small button": [largeTargets, styled("button { min-height: 1rem; height: 1.5rem; padding: 0 }"), /24 px/],
};

let browser, server, url;
let body = PAGE;

before(async () => {
  browser = await Browser.launch();
  server = createServer((_, response) => response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(body));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}`;
});
after(async () => {
  await browser?.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function judge(gate, html) {
  body = html;
  const page = await browser.open(url, { viewport: PHONE, javaScriptEnabled: true });
  await page.goto("/");
  const found = await gate(page);
  await page.context().close();
  return found;
}

test("a page without faults passes every gate", async () => {
  for (const gate of [accessible, reflows, keyboard, prints, framed, keepsNothing, largeTargets]) {
    assert.deepEqual(await judge(gate, PAGE), [], gate.name);
  }
});

for (const [name, [gate, html, says]] of Object.entries(planted)) {
  test(`${gate.name} finds ${name}`, async () => {
    assert.match((await judge(gate, html)).join("\n"), says);
  });
}

/** A site of these pages. */
const siteOf = (pages, texts = {}) => ({
  origin: "https://centre.example",
  addresses: async () => Object.keys(pages).sort(),
  texts: async () => Object.keys(texts).sort(),
  read: async (address) => pages[address] ?? texts[address],
  weight: async (address) => (pages[address] ?? texts[address])?.length,
});

test("deadLinks finds a page, a file and a heading that are not there", async () => {
  const site = siteOf({ "/": '<a href="/a/">А</a> <a href="/a/#no">А</a> <img src="/no.png">', "/a/": '<a href="/b/">Б</a> <h2 id="yes">Да</h2> <a href="#yes">Да</a>' });
  assert.deepEqual(await deadLinks(site, () => false), ['/: no id="no" on /a/', '/: src="/no.png"', '/a/: href="/b/"']);
});

test("deadLinks looks into pictures of several sizes, into the head, into feeds and into calendars", async () => {
  const pages = {
    "/": '<img srcset="/s.png 1x, /no.png 2x"><link rel="canonical" href="https://centre.example/old/"><meta property="og:url" content="https://centre.example/"><a href="https://other.example/no/">Навън</a> <a href="/event.ics">Календар</a>',
    "/s.png": "",
  };
  const texts = {
    "/event.ics": "URL:https://centre.example/sabitiya/de\r\n n/\r\n",
    "/feed.xml": '<link href="https://centre.example/"/><link href="https://centre.example/en/feed.xml"/>',
  };
  assert.deepEqual(await deadLinks(siteOf(pages, texts), () => false), [
    '/: srcset="/no.png"',
    '/: href="https://centre.example/old/"',
    '/event.ics: link="https://centre.example/sabitiya/den/"',
    '/feed.xml: link="https://centre.example/en/feed.xml"',
  ]);
});

test("farAway finds a page that is too far, and one that nothing leads to", async () => {
  const site = siteOf({ "/": '<a href="/a/">', "/a/": '<a href="/b/">', "/b/": '<a href="/c/">', "/c/": "", "/island/": "" });
  assert.deepEqual(await farAway(site, 2), ["/c/ is 3 links from /", "/island/ is no number of links from /"]);
});
