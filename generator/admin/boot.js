// Starts the editor with what it cannot know by itself: our rules for addresses, our components, where its icons are,
// which language is spoken.

const { address, components, config, editor, icons, language, local } = document.querySelector("script[data-editor]").dataset;
const rules = await import(address);
globalThis.centreEditor = { address: rules.address, icons };
globalThis.CMS_MANUAL_INIT = true;

// Who has chosen a language keeps it.
const CHOSEN = "sveltia-cms.prefs";
try {
  if (!localStorage.getItem(CHOSEN)) localStorage.setItem(CHOSEN, JSON.stringify({ locale: language }));
} catch {
  // A browser that remembers nothing shows the editor in its own language.
}

// Files are written into a folder of this computer, where the browser can do so and the page comes from this computer. Elsewhere,
// and at `/admin/?try`, the editor works on files that the browser keeps for itself, where nothing can be broken.
const here = ["localhost", "127.0.0.1"].includes(location.hostname) && "showDirectoryPicker" in globalThis;
const trying = new URLSearchParams(location.search).has("try") || (local !== undefined && !here);

const fetched = async (file) => (await fetch(file, { cache: "no-cache" })).json();
const settings = await fetched(config);
if (trying) settings.backend = { name: "test-repo" };
const { init, registerEditorComponent } = await import(editor);
const { register } = await import(components);
register(await fetched("/admin/components.json"), registerEditorComponent);
init({ config: { ...settings, load_config_file: false } });
