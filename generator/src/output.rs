//! Files to be written, kept in memory until the whole build has succeeded.

/// A file to be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutputFile {
    /// The path below its output folder, with `/` between its parts.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Everything a build gives.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Output {
    /// What the web server serves: `dist/site/`.
    pub site: Vec<OutputFile>,
    /// What the form function reads: `dist/forms/`.
    pub forms: Vec<OutputFile>,
}
