// Looks words up in the index that was made with the site. Knows no language: letters, spellings, endings and texts come
// with the index (generator/src/search/). Asks for nothing but the index, and keeps nothing.

const DIGITS = "#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}";
const WORD = /[\p{L}\p{N}\u0300-\u036f\u00ad\u200b-\u200d\ufeff]+/gu;
/** What a term counts that stands in the text, in a heading or a description, or in the title. */
const [BODY, ABOUT, TITLE] = [1, 3, 6];
const SHOWN = 20;
const ANCHORS = 3;
/** How many letters a word may lose before it is given up, and how many have to stay. */
const [CUT_OFF, SHORTEST] = [4, 4];

/** Reads the index: terms in their order, and for each the pages to which it leads. */
export function unpack(file) {
  const index = { ...file, known: new Map() };
  for (const column of ["paths", "titles", "descriptions", "headings"]) index[column] = file[column].split("\n");
  const postings = new Map();
  const add = (term, page, weight) => {
    if (!postings.has(term)) postings.set(term, new Map());
    const pages = postings.get(term);
    pages.set(page, Math.max(pages.get(page) ?? 0, weight));
  };
  const [counts, distances] = [numbers(file.counts), numbers(file.pages)];
  let [before, at] = ["", 0];
  for (const [number, [, shared, rest]] of [...file.terms.matchAll(/([A-Z])([^A-Z]*)/g)].entries()) {
    before = before.slice(0, shared.charCodeAt(0) - 65) + rest;
    let next = 0;
    for (const end = at + counts[number]; at < end; at++) {
      const page = next + distances[at];
      add(before, page, file.weights[at] === "1" ? ABOUT : BODY);
      next = page + 1;
    }
  }
  // The words of what is shown are not in the file a second time.
  for (const page of index.paths.keys()) {
    for (const found of terms(index, index.titles[page])) add(found, page, TITLE);
    for (const found of terms(index, index.descriptions[page])) add(found, page, ABOUT);
  }
  index.terms = [...postings.keys()].sort();
  index.postings = index.terms.map((term) => [...postings.get(term)]);
  return index;
}

/** Digits to the base of 30, the lowest first, and a last one below 60. */
function numbers(coded) {
  const numbers = [];
  let [number, place] = [0, 1];
  for (const character of coded) {
    const digit = DIGITS.indexOf(character);
    if (digit < 60) {
      numbers.push(number + digit * place);
      [number, place] = [0, 1];
    } else {
      number += (digit - 60) * place;
      place *= 30;
    }
  }
  return numbers;
}

/** The term of a word: in Latin letters and one spelling, without endings. */
export function term({ alphabet, spelling, endings }, word) {
  const letters = [...word.normalize("NFC").toLowerCase()];
  let folded = letters.map((letter) => alphabet[letter] ?? (/[a-z0-9]/.test(letter) ? letter : "")).join("");
  if (/^\d*$/.test(folded)) return folded;
  for (const [from, to] of spelling) folded = folded.replaceAll(from, to);
  folded = onceEach(folded);
  for (let round = 0; round < 12; round++) {
    const fits = ([ending, , least]) => folded.length >= ending.length + least && folded.endsWith(ending);
    const rule = endings.find(fits);
    if (!rule) break;
    folded = onceEach(folded.slice(0, folded.length - rule[0].length) + rule[1]);
  }
  return folded;
}

/** A letter that stands twice in a row counts once. */
function onceEach(word) {
  return word.replace(/([a-z])\1+/g, "$1");
}

/** The terms of a text. */
export function terms(index, text) {
  const words = (text.match(WORD) ?? []).map((word) => {
    if (!index.known.has(word)) index.known.set(word, term(index, word));
    return index.known.get(word);
  });
  return [...new Set(words)].filter((word) => word.length > 1 || /\d/.test(word));
}

/** The numbers of the pages that a query leads to, the best first: those with most of its words, and these surest. */
export function find(index, query) {
  const found = new Map();
  for (const wanted of known(index, query)) {
    const pages = new Map();
    for (let at = first(index.terms, wanted); index.terms[at]?.startsWith(wanted); at++) {
      // Who is still writing, or wrote the beginning of a longer word, means it less surely.
      const near = wanted.length / index.terms[at].length;
      const surely = near === 1 ? 1 : 0.3 + near * 0.3;
      const postings = index.postings[at];
      const rare = Math.log(1 + index.paths.length / postings.length);
      for (const [page, weight] of postings) pages.set(page, Math.max(pages.get(page) ?? 0, rare * weight * surely));
    }
    for (const [page, score] of pages) {
      const { words, sum } = found.get(page) ?? { words: 0, sum: 0 };
      found.set(page, { words: words + 1, sum: sum + score });
    }
  }
  const ranked = [...found].sort(([a, { words: m, sum: x }], [b, { words: n, sum: y }]) => n - m || y - x || a - b);
  return ranked.map(([page]) => page);
}

/** The terms of a query, each cut off at the end until it begins a term of the index: another word of the same family. */
function known(index, query) {
  const readings = [query, ...(index.keyboards ?? []).map((keyboard) => retyped(keyboard, query))];
  const read = readings.map((reading) => terms(index, reading).map((wanted) => [beginning(index, wanted), wanted]));
  const meant = read.find((words) => words.some(([found]) => found)) ?? read[0];
  return meant.map(([found, wanted]) => found ?? wanted);
}

function beginning(index, wanted) {
  const least = Math.max(SHORTEST, wanted.length - CUT_OFF);
  for (let length = wanted.length; length >= least; length--) {
    const beginning = wanted.slice(0, length);
    if (index.terms[first(index.terms, beginning)]?.startsWith(beginning)) return beginning;
  }
}

/** What was meant by whoever did not notice that the keyboard was set to another language. */
function retyped([keys, letters], query) {
  return query.toLowerCase().replace(/\S/g, (key) => letters[keys.indexOf(key)] ?? key);
}

/** Where a term stands, or would. */
function first(terms, wanted) {
  let [low, high] = [0, terms.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (terms[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The headings of a page that a query speaks of, as `[id, text]`. */
export function anchors(index, page, query) {
  const wanted = known(index, query);
  const headings = (index.headings[page] ?? "").split("\t").filter(Boolean);
  const parts = headings.map((heading) => [heading.slice(0, heading.indexOf(" ")), heading.slice(heading.indexOf(" ") + 1)]);
  return parts.filter(([, text]) => terms(index, text).some((word) => speaksOf(word, wanted))).slice(0, ANCHORS);
}

function speaksOf(word, wanted) {
  return wanted.some((beginning) => word.startsWith(beginning));
}

// --- The page --------------------------------------------------------------------------------------------------------------

/** The text, with the words that were looked for marked. */
function marked(index, text, wanted) {
  const nodes = [];
  let at = 0;
  for (const { 0: word, index: start } of text.matchAll(WORD)) {
    const found = term(index, word);
    if (!found || !speaksOf(found, wanted)) continue;
    nodes.push(text.slice(at, start), element("mark", {}, word));
    at = start + word.length;
  }
  return [...nodes, text.slice(at)];
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function result(index, page, query) {
  const wanted = known(index, query);
  const [path, title, description] = [index.paths[page], index.titles[page], index.descriptions[page]];
  const link = (href, text) => element("a", { href }, ...marked(index, text, wanted));
  const item = element("li", {}, element("h2", { class: "search-results__title" }, link(path, title)));
  const section = index.sections.find(([beginning]) => path.startsWith(beginning) && path !== beginning);
  if (section) item.append(element("p", { class: "search-results__section" }, section[1]));
  if (description) item.append(element("p", {}, ...marked(index, description, wanted)));
  const headings = anchors(index, page, query).map(([id, text]) => element("li", {}, link(`${path}#${id}`, text)));
  if (headings.length) item.append(element("ul", {}, ...headings));
  return item;
}

/** How much was found, as a sentence. */
export function inWords({ language, texts }, count, query) {
  if (count === 0) return texts.nothing.replace("{query}", () => query);
  const found = texts.found[new Intl.PluralRules(language).select(count)] ?? texts.found.other;
  const first = count > SHOWN ? ` ${texts.first.replace("{n}", SHOWN)}` : "";
  return found.replace("{n}", count) + first;
}

function start(address) {
  const form = document.querySelector("main form.search");
  const input = form.elements.q;
  const status = document.querySelector("[data-search-failed]");
  const list = document.querySelector(".search-results");
  const ways = document.querySelector(".search-ways");
  const loading = fetch(address).then((answer) => {
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json().then(unpack);
  });

  const show = async () => {
    const query = input.value.trim();
    const index = await loading;
    if (query !== input.value.trim()) return;
    const pages = query ? find(index, query) : [];
    list.replaceChildren(...pages.slice(0, SHOWN).map((page) => result(index, page, query)));
    list.hidden = pages.length === 0;
    ways.hidden = !list.hidden;
    status.textContent = query && inWords(index, pages.length, query);
  };
  const failed = () => {
    status.textContent = status.dataset.searchFailed;
    list.hidden = true;
    ways.hidden = false;
  };
  const search = () => {
    show().catch(failed);
    // Last, since a browser may refuse it to who types very fast.
    const query = input.value.trim();
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  };

  input.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  show().catch(failed);
}

const script = globalThis.document?.querySelector("script[data-search-index]");
if (script) start(script.dataset.searchIndex);
