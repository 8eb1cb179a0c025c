//! SHELL. `centre schema`: what may stand in content, for the programs in which it is written.

mod vocabulary;
mod json;
mod cms;
mod vscode;

use std::fs;
use std::io::{ErrorKind, Write};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use crate::cli::{Common, Status};
use crate::diagnostic::MessageLanguage;
use crate::load;
use crate::pictures::Pictures;
use crate::site::Site;
use vocabulary::Vocabulary;

/// Whom it is for.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Which program is told.
    #[arg(value_enum, default_value_t)]
    reader: Reader,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Reader {
    /// Any that completes and checks fields as they are typed: JSON Schema.
    #[default]
    Json,
    /// Sveltia CMS: its `config.yml`.
    Cms,
    /// Visual Studio Code: what is missing in `.vscode/` is written there.
    Vscode,
}

/// What Sveltia CMS is told of a site, with labels and explanations in this language.
pub(crate) fn config(site: &Site, icon: &str, told_in: MessageLanguage) -> String {
    cms::config(&Vocabulary::of(site, icon, told_in))
}

/// What the script beside it is told of the components of texts.
pub(crate) fn components(site: &Site, told_in: MessageLanguage) -> String {
    format!(
        "{:#}\n",
        cms::components(&Vocabulary::of(site, "", told_in))
    )
}

/// Prints it, with labels and explanations in the language of messages.
pub(crate) fn run(
    common: &Common,
    schema: &Schema,
    output: &mut dyn Write,
    messages: &mut dyn Write,
) -> anyhow::Result<Status> {
    let mut source = load::source(&common.root)?;
    let (plan, found) = crate::plan(&mut source, &Pictures::default(), &common.options());
    let Some(plan) = plan else {
        common.print(&found, messages)?;
        return Ok(Status::Refused);
    };
    let vocabulary = Vocabulary::of(
        &plan.site,
        plan.assets.address("icon.svg"),
        common.message_language(),
    );
    let text = match schema.reader {
        Reader::Json => serde_json::to_string_pretty(&json::schema(&vocabulary))? + "\n",
        Reader::Cms => cms::config(&vocabulary),
        Reader::Vscode => {
            for (name, content) in vscode::files(&vocabulary, common.message_language()) {
                settle(common, name, &content, messages)?;
            }
            return Ok(Status::Done);
        }
    };
    output.write_all(text.as_bytes())?;
    Ok(Status::Done)
}

/// Writes a file of `.vscode/`, unless somebody has one there.
#[expect(clippy::disallowed_methods, reason = "the shell writes these files")]
fn settle(
    common: &Common,
    name: &str,
    content: &serde_json::Value,
    messages: &mut dyn Write,
) -> anyhow::Result<()> {
    let shown = format!(".vscode/{name}");
    let path = common.root.join(&shown);
    let text = serde_json::to_string_pretty(content)? + "\n";
    let folder = common.root.join(".vscode");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    match fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
    {
        Ok(mut file) => {
            file.write_all(text.as_bytes())
                .with_context(|| shown.clone())?;
            common.say(
                &format!("записан: {shown}"),
                &format!("written: {shown}"),
                messages,
            )
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => common.say(
            &format!("{shown} вече го има и остава, както е"),
            &format!("{shown} is there already and stays as it is"),
            messages,
        ),
        Err(error) => Err(error).context(shown),
    }
}
