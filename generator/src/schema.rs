//! SHELL. `centre schema`: what may stand in content, for the programs in which it is written.

mod vocabulary;
mod json;
mod cms;

use std::io::Write;

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
}

/// What Sveltia CMS is told of a site, with labels and explanations in this language.
pub(crate) fn config(site: &Site, icon: &str, told_in: MessageLanguage) -> String {
    cms::config(&Vocabulary::of(site, icon, told_in))
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
    };
    output.write_all(text.as_bytes())?;
    Ok(Status::Done)
}
