//! SHELL. `centre new`: a new file of content, or a translation to be written.

#![expect(clippy::disallowed_methods, reason = "this module writes the new file")]

mod choices;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use anyhow::Context as _;
use clap::Args;
use clap::builder::PossibleValuesParser;
use forms::Language;

use crate::check::RESERVED;
use crate::cli::{Common, Status};
use crate::diagnostic::{self, Diagnostic, Text};
use crate::model::{self, Kind, Section};
use crate::pictures::Pictures;
use crate::scaffold::{self, Answers, Interview, Taken, greeting};
use crate::site::Site;
use crate::source::{Source, SourceFile};
use crate::{Options, load};
use choices::{kind_of, kinds, offered};

/// What is to be made.
#[derive(Debug, Args)]
pub(crate) struct New {
    /// What it is.
    #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(kinds()))]
    what: Option<String>,
    /// Its title; of a translation, the file that is translated. Without it, questions are asked on a terminal.
    #[arg(value_name = "TITLE")]
    title: Option<String>,
    /// Print the file instead of writing it.
    #[arg(long)]
    print: bool,
    /// The last part of its address, instead of one made from the title.
    #[arg(long, value_name = "ADDRESS")]
    address: Option<String>,
    /// The language of the translation, where there are several.
    #[arg(long, value_name = "LANGUAGE")]
    to: Option<String>,
}

/// Why nothing was made: what is said to the editor.
type Refusal = Text;

/// Makes the file and says where it is and what comes next.
pub(crate) fn run(
    common: &Common,
    new: &New,
    output: &mut dyn Write,
    messages: &mut dyn Write,
) -> anyhow::Result<Status> {
    let source = load::source(&common.root)?;
    let options = Options {
        drafts: true,
        ..common.options()
    };
    let (plan, found) = crate::plan(&mut source.clone(), &Pictures::default(), &options);
    let Some(plan) = plan else {
        common.print(&found, messages)?;
        return Ok(Status::Refused);
    };
    let site = plan.site;
    let kind = new.what.as_deref().and_then(kind_of);
    let answers = match (kind, &new.what, &new.title) {
        (Some(kind), _, Some(title)) => Some(Answers {
            kind,
            title: title.clone(),
            values: Vec::new(),
        }),
        (None, Some(_), _) => None,
        _ => {
            let today = options.now.to_zoned(site.settings.zone.clone()).date();
            let (language, zone) = (common.message_language(), &site.settings.zone);
            let interview = Interview::new(language, zone, today, kind, offered(&site));
            let Some(answers) = conversation(common, interview, messages)? else {
                return Ok(Status::Refused);
            };
            Some(answers)
        }
    };
    let made = match &answers {
        Some(answers) => page(common, new, answers, &site, &source, &options),
        None => translation(common, new, &site, &source),
    };
    let (path, text, said) = match made {
        Ok(made) => made,
        Err(Problem::Refused(refusal)) => {
            common.say(&refusal.bg, &refusal.en, messages)?;
            return Ok(Status::Refused);
        }
        Err(Problem::Unreadable(diagnostics)) => {
            common.print(&diagnostics, messages)?;
            return Ok(Status::Refused);
        }
    };
    if new.print {
        output.write_all(text.as_bytes())?;
        return Ok(Status::Done);
    }
    write(&common.root.join(&path), &text)?;
    common.say(&said.bg, &said.en, messages)?;
    Ok(Status::Done)
}

/// Asks on the terminal for what nobody said on the command line.
fn conversation(
    common: &Common,
    mut interview: Interview<'_>,
    messages: &mut dyn Write,
) -> anyhow::Result<Option<Answers>> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        common.say(
            "напишете какво е и заглавието му:  centre new news \"Заглавие\"",
            "say what it is and its title:  centre new news \"Title\"",
            messages,
        )?;
        return Ok(None);
    }
    let hello = greeting();
    common.say(&hello.bg, &hello.en, messages)?;
    let mut input = input.lock();
    while let Some(question) = interview.question() {
        write!(messages, "\n{question}\n> ")?;
        messages.flush()?;
        let mut bytes = Vec::new();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        let Some(line) = typed(bytes) else {
            let said = common.word(
                "някои букви не се прочетоха; напишете го отново",
                "some letters could not be read; write it again",
            );
            writeln!(messages, "  {said}")?;
            continue;
        };
        if let Some(said) = interview.answer(&line) {
            writeln!(messages, "  {said}")?;
        }
    }
    Ok(interview.finish())
}

/// A line as it was typed, on a terminal of whatever encoding.
fn typed(bytes: Vec<u8>) -> Option<String> {
    let line = SourceFile::new(String::new(), bytes);
    match (line.broken_at, line.foreign) {
        (None, _) => Some(line.text),
        (Some(_), foreign) => foreign.map(|foreign| foreign.text),
    }
}

/// Why nothing is made.
enum Problem {
    Refused(Refusal),
    Unreadable(Vec<Diagnostic>),
}

fn refused<T>(bg: impl Into<String>, en: impl Into<String>) -> Result<T, Problem> {
    Err(Problem::Refused(Text::new(bg, en)))
}

/// A path, its text, and what is said of it.
type Made = Result<(String, String, Text), Problem>;

fn page(
    common: &Common,
    new: &New,
    answers: &Answers,
    site: &Site,
    source: &Source,
    options: &Options,
) -> Made {
    let Answers {
        kind,
        title,
        values,
    } = answers;
    let taken = taken(kind.section, site, source);
    let wanted = new.address.as_deref();
    // Whoever has answered all those questions is not sent away for an address that can be changed afterwards.
    let asked = !values.is_empty() && wanted.is_none();
    let mut address = scaffold::address(title, wanted, &taken);
    if asked && matches!(address, Err(Taken::NoAddress)) {
        address = scaffold::address(kind.name, None, &taken);
    }
    let stem = match address {
        Ok(stem) => stem,
        Err(Taken::By { free, .. }) if asked => free,
        Err(Taken::NoAddress) => {
            return refused(
                "от това заглавие не може да се направи адрес; добавете  --address moy-adres  (малки латински букви, цифри и дефис)",
                "no address can be made from this title; add  --address my-address  (small Latin letters, digits and hyphens)",
            );
        }
        Err(Taken::By { file, free }) => {
            return refused(
                format!("такъв адрес вече има {file}\nможе би  --address {free}"),
                format!("{file} already has this address\ndid you mean  --address {free}"),
            );
        }
    };
    let folder = kind.section.folder();
    let path = format!("content/{folder}/{stem}.md");
    let today = options.now.to_zoned(site.settings.zone.clone()).date();
    let text = scaffold::page(kind, title, values, today, common.message_language());
    let permalink = site
        .languages()
        .next()
        .filter(|_| kind.section.has_pages())
        .and_then(|language| match kind.section {
            Section::Pages => Some(format!("/{stem}/")),
            section => Some(format!(
                "{}{stem}/",
                site.section(section, language)?.as_str()
            )),
        });
    let address = |word: &str| {
        permalink
            .as_ref()
            .map_or_else(String::new, |permalink| format!("\n{word} {permalink}"))
    };
    let unlisted =
        kind.section != Section::Pages && !site.settings.sections.contains_key(&kind.section);
    let list = |text: &str| {
        if unlisted {
            format!("\n{text}")
        } else {
            String::new()
        }
    };
    let said = Text::new(
        format!(
            "създадена чернова: {path}{}{}\nкакво следва: попълнете редовете с „?“, напишете текста и изтрийте реда  draft: true\nвижте я: centre serve\nпревод: centre new translation {path}",
            address("адрес:"),
            list(&format!(
                "за списък на сайта добавете {folder} в sections на content/site.yaml"
            )),
        ),
        format!(
            "made a draft: {path}{}{}\nwhat next: fill in the lines with “?”, write the text and delete the line  draft: true\nsee it: centre serve\ntranslation: centre new translation {path}",
            address("address:"),
            list(&format!(
                "for a list on the site add {folder} to sections in content/site.yaml"
            )),
        ),
    );
    Ok((path, text, said))
}

/// Which file has an address, by its last part.
fn taken(section: Section, site: &Site, source: &Source) -> BTreeMap<String, String> {
    let mut taken = BTreeMap::new();
    if section == Section::Pages {
        for (language, name) in &site.settings.languages {
            let lists = Section::LISTED
                .into_iter()
                .filter_map(|section| site.section(section, language))
                .chain(site.tags(language));
            for list in lists {
                taken.insert(
                    last_part(list.as_str()),
                    format!("content/site.yaml ({name})"),
                );
            }
        }
        for folder in RESERVED {
            taken.insert(last_part(folder), folder.to_owned());
        }
    }
    for entry in site
        .entries
        .iter()
        .filter(|entry| entry.id.section == section)
    {
        for version in entry.versions.values() {
            taken.insert(
                last_part(version.permalink.as_str()),
                version.place.file.clone(),
            );
        }
    }
    let folder = format!("content/{}/", section.folder());
    for file in source
        .documents
        .iter()
        .filter(|file| file.path.starts_with(&folder))
    {
        let stem = file.stem().split('.').next().unwrap_or_default();
        taken.insert(stem.to_owned(), file.path.clone());
    }
    taken
}

fn last_part(permalink: &str) -> String {
    let inside = permalink.trim_end_matches('/');
    inside.rsplit('/').next().unwrap_or_default().to_owned()
}

fn translation(common: &Common, new: &New, site: &Site, source: &Source) -> Made {
    let Some(title) = &new.title else {
        return refused(
            "напишете файла, който се превежда:  centre new translation content/news/pokana.md",
            "say which file is translated:  centre new translation content/news/pokana.md",
        );
    };
    let named = title.trim_start_matches("./").replace('\\', "/");
    let named = named
        .rsplit_once("content/")
        .map_or(named.as_str(), |(_, path)| path);
    let path = format!("content/{}.md", named.trim_end_matches(".md"));
    let Some((original, kind)) = original(source, &path) else {
        let known: Vec<&str> = source
            .documents
            .iter()
            .map(|file| file.path.as_str())
            .collect();
        let meant = diagnostic::closest(&path, &known);
        let hint =
            |words: &str| meant.map_or_else(String::new, |meant| format!("\n{words}  {meant}"));
        return refused(
            format!("няма файл {path}{}", hint("може би")),
            format!("there is no file {path}{}", hint("did you mean")),
        );
    };
    let file_of = |tag: &str| path.replace(".md", &format!(".{tag}.md"));
    let is_there = |tag: &str| {
        source
            .documents
            .iter()
            .any(|file| file.path == file_of(tag))
    };
    let others: Vec<&str> = site.languages().skip(1).map(Language::as_str).collect();
    let chosen = match &new.to {
        Some(tag) => others.iter().copied().find(|other| other == tag),
        None => others
            .iter()
            .copied()
            .find(|other| !is_there(other))
            .or(others.first().copied()),
    };
    let Some(tag) = chosen else {
        let others = others.join(", ");
        return refused(
            format!("сайтът се превежда на: {others}"),
            format!("this site is translated into: {others}"),
        );
    };
    let target = file_of(tag);
    if is_there(tag) {
        return refused(
            format!("преводът вече е там: {target}"),
            format!("the translation is already there: {target}"),
        );
    }
    let text = scaffold::translation(original, kind, common.message_language())
        .map_err(Problem::Unreadable)?;
    let said = Text::new(
        format!(
            "създаден превод: {target}\nкакво следва: преведете текстовете, махнете въпросителните знаци и изтрийте реда  draft: true"
        ),
        format!(
            "made a translation: {target}\nwhat next: translate the texts, remove the question marks and delete the line  draft: true"
        ),
    );
    Ok((target, text, said))
}

/// The file of the main language, and what can be written in it.
fn original<'a>(source: &'a Source, path: &str) -> Option<(&'a SourceFile, &'static Kind)> {
    let file = source.documents.iter().find(|file| file.path == path)?;
    let folder = path.split('/').nth(1)?;
    let section = Section::of_folder(folder)?;
    let stem = file.stem();
    (!stem.contains('.')).then(|| (file, model::kind_of(section, stem == "index")))
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let mut file = fs::File::create_new(path).with_context(|| path.display().to_string())?;
    file.write_all(text.as_bytes())
        .with_context(|| path.display().to_string())
}
