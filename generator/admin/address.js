// Addresses from titles, by the rules of `parse/transliterate` in the generator: Cyrillic by the Bulgarian Transliteration Act,
// in which ъ is a, щ is sht, a final ия is ia, and България is Bulgaria. The same titles are tried on both.

const LONGEST = 60;

const CYRILLIC = Object.fromEntries(
  ("а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х h ц ts ч ch ш sh щ sht ъ a ь y ю yu я ya " +
    "э e ѐ e ѝ i ы y ё yo і i ї yi є ie ґ g ј j љ lj њ nj ђ dj ћ tsh џ dzh ѕ dz ѓ gj ќ kj ў u")
    .split(" ")
    .reduce((pairs, text, at, all) => (at % 2 ? [...pairs, [all[at - 1], text]] : pairs), []),
);

/** Latin letters that are not a plain one with a mark. */
const LATIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ŋ: "ng" };

/** Signs that are read as words. */
const SIGNS = { "№": "no", "&": "i", "€": "evro" };

/** The address for a title; empty when nothing of the title can stand in one. */
export function address(title) {
  let made = "";
  for (const word of words(title)) {
    const part = SIGNS[word] ?? latin(word);
    if (!part) continue;
    if (made && made.length + 1 + part.length > LONGEST) break;
    made += (made && "-") + part;
  }
  return made.slice(0, LONGEST);
}

/** Runs of letters and digits, and the signs that are read as words. */
function words(title) {
  const plain = String(title).normalize("NFC").replaceAll(/[\u00ad\u200b-\u200d\ufeff]/g, "");
  return plain.toLowerCase().match(/[№&€]|[\p{Alphabetic}\p{N}]+/gu) ?? [];
}

function latin(word) {
  if (word === "българия") return "bulgaria";
  const ending = word.endsWith("ия") ? "ia" : "";
  const stem = ending ? word.slice(0, -2) : word;
  return Array.from(stem, letter).join("") + ending;
}

function letter(character) {
  const known = CYRILLIC[character] ?? LATIN[character];
  return known ?? character.normalize("NFKD").replaceAll(/[^a-z0-9]/g, "");
}
