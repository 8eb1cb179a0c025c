//! A file on its way to the output folder.

/// A file to be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutputFile {
    /// The path below its folder, with `/` between its parts.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl OutputFile {
    /// The file below `site/`, which the web server serves.
    #[must_use]
    pub fn of_site(self) -> OutputFile {
        self.below("site/")
    }

    /// The file below `forms/`, which the form function reads.
    #[must_use]
    pub fn of_forms(self) -> OutputFile {
        self.below("forms/")
    }

    fn below(mut self, folder: &str) -> OutputFile {
        self.path.insert_str(0, folder);
        self
    }
}
