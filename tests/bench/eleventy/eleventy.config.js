// What the other templates do, for Eleventy: contents, tags, neighbours, lists by ten, a feed for every section, a sitemap.

import markdownIt from "markdown-it";
import anchors from "markdown-it-anchor";

const SECTIONS = ["services", "news", "events"];
const LANGUAGES = ["bg", "en"];
const PATHS = {
  bg: { services: "/uslugi/", news: "/novini/", events: "/sabitiya/" },
  en: { services: "/en/services/", news: "/en/news/", events: "/en/events/" },
};
const TITLES = {
  bg: { services: "Услуги", news: "Новини", events: "Събития" },
  en: { services: "Services", news: "News", events: "Events" },
};
const MONTHS = { bg: "bg-BG", en: "en-GB" };

export default function (config) {
  const quotes = { bg: "„“‚‘", en: "“”‘’" };
  const markdown = Object.fromEntries(
    LANGUAGES.map((lang) => [lang, markdownIt({ typographer: true, quotes: quotes[lang] }).use(anchors)]),
  );
  config.setLibrary("md", {
    set: () => {},
    render: (text, data) => markdown[data.lang].render(linked(text, data.lang)),
  });
  config.addGlobalData("site", { paths: PATHS, titles: TITLES, sections: SECTIONS, languages: LANGUAGES, feeds: feeds() });
  for (const lang of LANGUAGES) {
    for (const section of SECTIONS) {
      config.addCollection(`${section}_${lang}`, (all) => newest(all, (data) => data.section === section && data.lang === lang));
    }
    config.addCollection(`dated_${lang}`, (all) => newest(all, (data) => data.section && data.lang === lang));
  }
  config.addCollection("lists", (all) => chunks(all));
  config.addFilter("contents", (html) => [...html.matchAll(/<h2 id="([^"]*)"[^>]*>(.*?)<\/h2>/g)].map(([, id, title]) => ({ id, title })));
  const words = Object.fromEntries(
    LANGUAGES.map((lang) => [lang, new Intl.DateTimeFormat(MONTHS[lang], { dateStyle: "long", timeZone: "UTC" })]),
  );
  config.addFilter("day", (date, lang) => words[lang].format(date));
  config.addFilter("iso", (date) => date.toISOString().slice(0, 10));
  config.addFilter("neighbours", (pages, url) => {
    positions.has(pages) || positions.set(pages, new Map(pages.map((page, at) => [page.url, at])));
    const at = positions.get(pages).get(url);
    return { newer: pages[at - 1], older: pages[at + 1] };
  });
  return { dir: { input: "content", includes: "../_includes", output: "public" }, markdownTemplateEngine: false };
}

const positions = new WeakMap();

/** Links between files become addresses. */
function linked(text, lang) {
  return text.replace(/\]\(\/(\w+)\/([\w-]+)\.md\)/g, (_, section, stem) => `](${PATHS[lang][section]}${stem}/)`);
}

function newest(all, wanted) {
  return all.getAll().filter((page) => wanted(page.data)).sort((a, b) => b.date - a.date);
}

/** Every page of every list: sections and tags, by ten. */
function chunks(all) {
  const lists = [];
  for (const lang of LANGUAGES) {
    for (const section of SECTIONS) {
      lists.push({ lang, title: TITLES[lang][section], path: PATHS[lang][section], pages: newest(all, (data) => data.section === section && data.lang === lang) });
    }
    const tags = new Map();
    for (const page of newest(all, (data) => data.section && data.lang === lang)) {
      for (const tag of page.data.topics) {
        tags.set(tag, [...(tags.get(tag) ?? []), page]);
      }
    }
    for (const [tag, pages] of tags) {
      lists.push({ lang, title: tag, path: `${lang === "en" ? "/en" : ""}/tags/${tag}/`, pages });
    }
  }
  return lists.flatMap((list) => {
    const last = Math.max(1, Math.ceil(list.pages.length / 10));
    return Array.from({ length: last }, (_, at) => ({
      ...list,
      number: at + 1,
      last,
      pages: list.pages.slice(at * 10, at * 10 + 10),
      url: address(list.path, at + 1),
      previous: at > 0 ? address(list.path, at) : "",
      next: at + 1 < last ? address(list.path, at + 2) : "",
    }));
  });
}

function feeds() {
  return LANGUAGES.flatMap((lang) => [
    { lang, path: lang === "en" ? "/en/" : "/", title: "Център", pages: `dated_${lang}` },
    ...SECTIONS.map((section) => ({ lang, path: PATHS[lang][section], title: TITLES[lang][section], pages: `${section}_${lang}` })),
  ]);
}

function address(path, number) {
  return number === 1 ? path : `${path}page/${number}/`;
}
