//! What the preview adds to a page: live reload, and the problems of the content on top.

use crate::cli::Common;
use crate::diagnostic::{self, Diagnostic, MessageLanguage};
use crate::fingerprint::fingerprint;
use crate::parse::markdown::escaped;

/// Asks whether there is a newer edition in which the page looks different, and then shows it.
pub(super) const RELOAD_SCRIPT: &str = r#"(async () => {
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
#preview-problems { position: fixed; inset: auto 0 0 0; max-block-size: 60vh; overflow: auto; margin: 0; padding: 1rem;
  background: #2b0b12; color: #fff; font: 14px/1.5 ui-monospace, monospace; border-block-start: 4px solid #ff5a6e; z-index: 1; }
#preview-problems pre { white-space: pre-wrap; margin: .5rem 0 0; }
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
    let added = problems(diagnostics, common).map_or_else(String::new, |problems| {
        format!("<link rel=\"stylesheet\" href=\"/__preview.css\">\n{problems}\n")
    });
    let end = page.rfind("</body>").unwrap_or(page.len());
    Page {
        html: format!("{}{added}{}", &page[..end], &page[end..]),
        end: end + added.len(),
    }
}

/// A page for a site that could not be drawn yet.
pub(super) fn only_errors(diagnostics: &[Diagnostic], common: &Common) -> Page {
    into_page(&document("centre", ""), diagnostics, common)
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

fn problems(diagnostics: &[Diagnostic], common: &Common) -> Option<String> {
    let errors: Vec<Diagnostic> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .cloned()
        .collect();
    if errors.is_empty() {
        return None;
    }
    let language = common.message_language();
    let heading = match language {
        MessageLanguage::Bg => "Показва се последният сайт без грешки",
        MessageLanguage::En => "This is the last site without errors",
    };
    let text = escaped(&diagnostic::to_text(&errors, language));
    Some(format!(
        "<div id=\"preview-problems\" role=\"alert\"><strong>{heading}</strong><pre>{text}</pre></div>"
    ))
}
