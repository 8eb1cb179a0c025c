//! SHELL: mail as files, for a first run, for preview and for tests.
#![expect(clippy::disallowed_methods, reason = "SHELL: writes files")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Mail, MailError, Mailer, message};
use crate::private_folder;

/// Writes each mail to a file of its own, which any mail program opens.
pub struct FileMailer {
    folder: PathBuf,
}

impl FileMailer {
    /// Makes the folder if it is not there.
    pub fn open(folder: &Path) -> io::Result<FileMailer> {
        private_folder::make(folder)?;
        Ok(FileMailer {
            folder: folder.to_owned(),
        })
    }
}

impl Mailer for FileMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let bytes = message::message(mail)?.formatted();
        // Named by the identity, so that a mail sent twice is one file.
        let path = self.folder.join(format!("{}.eml", mail.id.0));
        let written = tokio::task::spawn_blocking(move || write_whole(&path, &bytes)).await;
        match written {
            Ok(Ok(())) => Ok(()),
            _ => Err(MailError::Unreachable {
                reason: "the file could not be written",
            }),
        }
    }
}

/// Under its own name there is a whole file or none.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = path.with_extension("part");
    fs::write(&unfinished, bytes)?;
    fs::rename(&unfinished, path)
}
