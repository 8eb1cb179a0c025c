// Makes of the npm package `@sveltia/cms` the two files that the generator publishes: one script that asks no other host for
// anything, and the icons that it draws. See ../README.md.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("..", import.meta.url));
const source = join(here, "node_modules/@sveltia/cms/npm");
const { PYTHON = "python3" } = process.env;

/**
 * What is another way in our page. Each is there so often and no more: a new version in which it is not must be looked at, not
 * guessed at.
 */
const CHANGES = [
  // Addresses and names of files by our rules for letters, which `boot.js` hands over.
  [1, /function cpe\(e,t\)\{/g, "$&if(globalThis.centreEditor?.address)return globalThis.centreEditor.address(e);"],
  // Where content is a folder of this computer, there is no other way to sign in.
  [1, /Array\.isArray\(c\)&&!c\.length&&r\.add\(Y\(`config\.error\.no_auth_methods`\)\)/g, "(0)"],
  // Languages of the interface.
  [1, /jQ=`ar,bg,[^`]*`\.split/g, "jQ=`bg,en-US`.split"],
  // A language that was just switched on has nothing to be judged yet; without this, saving stops half way now and then.
  [1, /Object\.values\(R\(l\)\[t\]\)\.some/g, "Object.values(R(l)[t]??{}).some"],
  // Nobody is asked how GitHub is today.
  [1, /(?<=zye=async\(\)=>\{)try\{let\{status/g, 'return"none";$&'],
  // The name of a component of ours may be Bulgarian.
  [1, /rD=\/\^\(\[ \\t\]\*`\{3,\}\)\(\[\\w-\]\+\)\?\[ \\t\]\?\//g, "rD=/^([ \\t]*`{3,})([\\p{L}\\w-]+)?[ \\t]?/u"],
  [1, /\(\?<lang>\\w\+\?\)\?\\n\(\?:\(\?<code>\.\*\)\\n\)\?```\/s/g, "(?<lang>[\\p{L}\\w-]+?)?\\n(?:(?<code>.*)\\n)?```/su"],
  // Of the fonts only the icons, from where `boot.js` says; letters are those of the system, in both scripts alike.
  [1, /w\(\{"source-sans-3-latin-wght-normal\.woff2":.*?\}\),_\(\{loadEngine/g, 'w({"material-symbols-outlined-latin-wght-normal.woff2":globalThis.centreEditor?.icons}),_({loadEngine'],
  [1, /b=\[\{family:`Source Sans 3`.*?\{family:`Material/g, "b=[{family:`Material"],
  [3, /@font-face ?\{[^{}]*cdn\.jsdelivr\.net[^{}]*\}/g, ""],
];

/** What our content has no use for: coloured code, maps, other encoders of pictures, parts that are written with React. */
const LEFT_OUT = /^(@shikijs\/|svgo|leaflet|terra-draw|immutable|\.\/chunks\/(heic|webp_enc|shiki-engine|react-dom)|\.\.\/locales\/(ar|ca|cs|da|de|el|en|es|fa|fi|fr|hr|it|ja|ko|nl|pl|pt|ru|sv|tr|uk|vi|zh))/;

/** The icons of our own config, beside those whose names stand in the script. */
const OUR_ICONS = ["article", "description", "event", "group", "home", "location_on", "newspaper", "volunteer_activism"];

const changed = {
  name: "changed",
  setup(bundle) {
    bundle.onResolve({ filter: LEFT_OUT }, ({ path }) => ({ path, namespace: "left-out" }));
    bundle.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "export default undefined" }));
    bundle.onLoad({ filter: /npm\/index\.js$/ }, ({ path }) => {
      let contents = readFileSync(path, "utf8");
      for (const [times, pattern, instead] of CHANGES) {
        const found = contents.match(pattern)?.length ?? 0;
        if (found !== times) throw new Error(`${pattern} is there ${found} times, not ${times}`);
        contents = contents.replace(pattern, instead);
      }
      return { contents, loader: "js" };
    });
  },
};

const bundled = await build({
  entryPoints: [join(source, "index.js")],
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  minify: true,
  legalComments: "inline",
  loader: { ".png": "empty", ".wasm": "empty", ".woff2": "empty" },
  plugins: [changed],
  write: false,
});
const script = bundled.outputFiles[0].text;
writeFileSync(join(target, "sveltia-cms.js"), script);

const folder = mkdtempSync(join(tmpdir(), "icons-"));
const font = readdirSync(join(source, "assets")).find((name) => /^material-symbols.*\.woff2$/.test(name));
writeFileSync(join(folder, "script.js"), script + OUR_ICONS.map((name) => `"${name}"`).join());
execFileSync(PYTHON, [join(here, "icons.py"), join(source, "assets", font), join(folder, "script.js"), join(target, "icons.woff2")], { stdio: "inherit" });
rmSync(folder, { recursive: true });

for (const name of ["sveltia-cms.js", "icons.woff2"]) {
  const bytes = readFileSync(join(target, name));
  console.log(name, bytes.length, createHash("sha256").update(bytes).digest("hex"));
}
