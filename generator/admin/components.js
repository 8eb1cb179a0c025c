// Our components as blocks of the editor. In a file one is a block of code whose first line names it, with fields inside:
//
//   ```въпроси
//   questions:
//     - question: Колко струва?
//       answer: Нищо.
//   ```
//
// Which there are, and what stands in them, `components.json` says, which the generator makes of its own list. A block that
// nobody changed in the editor is written as it was read, to the byte; one that is written in another way than below stays the
// block of code that it is.

/** A text between quotes, or without where it can be mistaken for nothing else; or the sign that lines follow. */
const VALUE = String.raw`(?:"(?:[^"\\\n]|\\["\\/])*"|'(?:[^'\n]|'')*'|[\p{L}\p{N}/„“(+](?:[^\n:#]|:(?![ \n])|(?<! )#)*|\|-?)?`;
const FENCE = "```";

/**
 * How such a block looks in a file. Every line is of one sort only: one with a name that we know, one that is further in, or an
 * empty one. Were a line of two sorts, a long block that fits not quite would keep the browser busy for ever.
 */
export function pattern({ words, parameters }) {
  const names = parameters.flatMap(({ name, rows = [] }) => [name, ...rows.map((row) => row.name)]).join("|") || "(?!)";
  const named = String.raw`[ ]*(?:-[ ]+)?(?:${names}):`;
  const lines = [String.raw`${named}[ ]*${VALUE}[ ]*\n`, String.raw`(?!${named})[ ]{2,}[^ \n][^\n]*\n`, String.raw`[ ]*\n`];
  return new RegExp(String.raw`^${FENCE}(?<word>${words.join("|")})[ ]*\n(?<body>(?:${lines.join("|")})*?)${FENCE}[ ]*$`, "mu");
}

function unquoted(text) {
  if (text.startsWith('"')) return text.slice(1, -1).replace(/\\(.)/g, "$1");
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  return text;
}

const depth = (text) => text.match(/^ */)[0].length;

/** The fields on lines that all begin so far in, where lists may be among them. */
function fields(lines) {
  const found = {};
  while (lines.length) {
    const [, before, name, rest] = lines.shift().match(/^([ ]*(?:-[ ]+)?)([\w-]+):[ ]*(.*?)[ ]*$/) ?? [];
    if (!name) continue;
    const inside = [];
    while (lines.length && (!lines[0].trim() || depth(lines[0]) > before.length)) inside.push(lines.shift());
    if (/^\|-?$/.test(rest)) {
      const margin = Math.min(...inside.filter((text) => text.trim()).map(depth));
      found[name] = inside.map((text) => text.slice(margin)).join("\n").trimEnd();
    } else if (rest) {
      lines.unshift(...inside);
      found[name] = unquoted(rest);
    } else {
      found[name] = rows([...inside, ...taken(lines, before.length)]);
    }
  }
  return found;
}

/** The lines of a list that begin no further in than its name. */
function taken(lines, margin) {
  const list = [];
  while (lines.length && (/^[ ]*-[ ]/.test(lines[0]) || depth(lines[0]) > margin || !lines[0].trim())) list.push(lines.shift());
  return list;
}

function rows(lines) {
  const found = [];
  const first = lines.find((text) => text.trim());
  for (const text of lines) {
    const begins = /^[ ]*-[ ]/.test(text) && depth(text) === depth(first);
    if (begins) found.push([]);
    // Without the hyphen, all fields of a row begin in one column.
    found.at(-1)?.push(begins ? text.replace("-", " ") : text);
  }
  return found.map(fields);
}

/** What stands in the body of a block. */
export function read(text) {
  return fields(text.split("\n"));
}

/** A value on the line of its name, or on lines of its own. */
function written(value, margin) {
  const text = String(value);
  if (text.includes("\n")) {
    const inside = text.trimEnd().split("\n").map((part) => (part.trim() ? `${margin}  ${part}` : ""));
    return `|\n${inside.join("\n")}`;
  }
  const plain = /^[\p{L}\p{N}/][\p{L}\p{N} .,!?/()–-]*$/u.test(text);
  if (plain) return text.trim();
  return `"${text.trim().replace(/["\\]/g, "\\$&")}"`;
}

const is = (value) => value !== undefined && value !== null && String(value).trim() !== "";

/** The text of a block with these values. */
export function write({ words, parameters }, values) {
  const word = words.includes(values.word) ? values.word : words[0];
  const lines = [];
  for (const { name, rows: columns } of parameters) {
    const value = values[name];
    if (columns) {
      const list = Array.isArray(value) ? value : [];
      if (list.length) lines.push(`${name}:`);
      for (const row of list) {
        const filled = columns.filter((column) => is(row?.[column.name]));
        filled.forEach((column, at) => lines.push(`${at ? "    " : "  - "}${column.name}: ${written(row[column.name], "    ")}`));
      }
    } else if (is(value)) {
      lines.push(`${name}: ${written(value, "")}`);
    }
  }
  return ["```" + word, ...lines, "```"].join("\n");
}

/** Makes the editor know these components. */
export function register(components, registerEditorComponent) {
  for (const component of components) {
    const { id, label, icon, fields: shown, words } = component;
    const asRead = new Map();
    registerEditorComponent({
      id,
      label,
      icon,
      fields: [{ name: "word", widget: "hidden", default: words[0] }, ...shown],
      pattern: pattern(component),
      fromBlock: ({ 0: block, groups }) => {
        const values = { ...read(groups.body), word: groups.word };
        asRead.set(write(component, values), block);
        return values;
      },
      toBlock: (values) => {
        const block = write(component, values);
        return asRead.get(block) ?? block;
      },
      // Never the name of an element: the editor would take every such element that is pasted for this component.
      toPreview: () => label,
    });
  }
}
