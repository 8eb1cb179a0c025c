//! Files that tell the web server how to hand out the others: `_headers` and `_redirects`, in the form that static hosts
//! read.

mod headers;
pub mod redirects;

use crate::output::OutputFile;
use redirects::Redirect;

/// The files of a site with these redirects.
pub(crate) fn delivery(redirects: &[Redirect]) -> Vec<OutputFile> {
    let file = |path: &str, text: String| OutputFile {
        path: path.to_owned(),
        bytes: text.into_bytes(),
    };
    vec![
        file("_headers", headers::headers()),
        file("_redirects", redirects::to_text(redirects)),
    ]
}
