//! What the preview adds to a page: live reload, and the problems of the content on top.

use super::panel::panel;
use crate::cli::Common;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::fingerprint;
use crate::parse::markdown::escaped;

/// Asks whether there is a newer edition in which the page looks different, and then shows it; closes the panel, and changes
/// its language.
pub(super) const PREVIEW_SCRIPT: &str = r#"(async () => {
  const panel = document.getElementById("preview-problems");
  const close = () => panel?.setAttribute("hidden", "");
  panel?.addEventListener("click", ({ target }) => {
    const asked = target.closest("button")?.dataset.preview;
    if (asked === "close") close();
    if (asked === "language") for (const part of panel.children) part.hidden = !part.hidden;
  });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  const { version, looks } = document.currentScript.dataset;
  const seen = new URLSearchParams({ version, looks, path: location.pathname });
  for (;;) {
    try {
      const answer = await fetch("/__reload?" + seen);
      if (!answer.ok) throw answer;
      if (await answer.text() !== version) return location.reload();
    } catch {
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
})();
"#;

/// The looks of what is added, and of the mailbox.
pub(super) const PREVIEW_STYLE: &str = r"
#preview-problems { position: fixed; inset: auto 0 0 0; max-block-size: 66vh; overflow: auto; z-index: 9; padding: 1rem max(1rem, (100vw - 60rem) / 2);
  background: #2b0b12; color: #fff; color-scheme: dark; font: 1rem/1.5 system-ui, sans-serif; border-block-start: 4px solid #ff5a6e; }
#preview-problems[hidden], #preview-problems [hidden] { display: none; }
#preview-problems :is(h2, h3, p, ol, pre) { margin: 0 0 .5rem; max-inline-size: none; font-family: inherit; color: inherit; text-transform: none; }
#preview-problems h2 { font-size: 1.25rem; line-height: 1.3; }
#preview-problems h3 { font-size: 1rem; margin-block-start: 1rem; }
#preview-problems ol { padding-inline-start: 1.5rem; }
#preview-problems li { margin: 0 0 1rem; }
#preview-problems :is(code, pre) { font-family: ui-monospace, monospace; background: none; color: inherit; padding: 0; border: 0; }
#preview-problems pre { overflow-x: auto; padding: .5rem; background: #000; white-space: pre; }
#preview-problems pre span { color: #ffb3bd; }
#preview-problems mark { background: #ff5a6e; color: #000; }
#preview-problems a { color: #ffd0d6; }
#preview-problems summary { padding-block: .5rem; cursor: pointer; }
#preview-problems button { font: inherit; min-block-size: 44px; padding: 0 1rem; border: 2px solid #fff; border-radius: 4px; background: none; color: inherit; cursor: pointer; }
#preview-problems :is(button, a, summary, pre):focus-visible { outline: 3px solid #ffd34d; outline-offset: 2px; }
@media print { #preview-problems { display: none; } }
.preview-page { max-inline-size: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
.preview-page table { border-collapse: collapse; inline-size: 100%; }
.preview-page :is(td, th) { padding: .5rem; border-block-end: 1px solid #888; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
.preview-mail { max-inline-size: 50rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; }
.preview-mail pre { white-space: pre-wrap; padding: 1rem; border: 1px solid #888; }
.preview-mail iframe { inline-size: 100%; block-size: 32rem; border: 1px solid #888; background: #fff; }
.preview-mail dt { font-weight: bold; }
";

/// A page with the problems of the content on top.
pub(super) struct Page {
    html: String,
    /// Where its script belongs.
    end: usize,
}

impl Page {
    /// A name for how it looks.
    pub(super) fn looks(&self) -> String {
        fingerprint::<8>(self.html.as_bytes())
    }

    /// The page with the script that waits for news. `version` is that of the edition from which it was drawn.
    pub(super) fn with_script(&self, version: u64) -> String {
        let (page, rest) = self.html.split_at(self.end);
        let looks = self.looks();
        format!(
            "{page}<script src=\"/__reload.js\" data-version=\"{version}\" data-looks=\"{looks}\" defer></script>\n{rest}"
        )
    }
}

/// The page with what the preview adds.
pub(super) fn into_page(page: &str, diagnostics: &[Diagnostic], common: &Common) -> Page {
    with_panel(page, panel(diagnostics, common, true))
}

fn with_panel(page: &str, panel: Option<String>) -> Page {
    let added = panel.map_or_else(String::new, |panel| {
        format!("<link rel=\"stylesheet\" href=\"/__preview.css\">\n{panel}\n")
    });
    let end = page.rfind("</body>").unwrap_or(page.len());
    Page {
        html: format!("{}{added}{}", &page[..end], &page[end..]),
        end: end + added.len(),
    }
}

/// A page for a site that could not be drawn yet.
pub(super) fn only_errors(diagnostics: &[Diagnostic], common: &Common) -> Page {
    with_panel(&document("centre", ""), panel(diagnostics, common, false))
}

/// A page of the preview's own.
pub(super) fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"bg\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{}</title>\
         <link rel=\"stylesheet\" href=\"/__preview.css\"></head>\n<body>\n{body}\n</body>\n</html>\n",
        escaped(title)
    )
}
