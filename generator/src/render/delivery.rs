//! Files that tell the web server how to hand out the others: `_headers` and `_redirects`, in the form that static hosts
//! read.

mod headers;
pub mod redirects;

use crate::output::OutputFile;
use redirects::Redirect;

/// The files of a site with these redirects, and with an editor's page or without.
pub(crate) fn delivery(redirects: &[Redirect], has_editor: bool) -> Vec<OutputFile> {
    let file = |path: &str, text: String| OutputFile {
        path: path.to_owned(),
        bytes: text.into_bytes(),
    };
    vec![
        file("_headers", headers::headers(has_editor)),
        file("_redirects", redirects::to_text(redirects)),
    ]
}
