//! SHELL. The command line.

mod checking;
mod line;
mod words;

use std::io::Write;
use std::path::{Component, PathBuf};
use std::process::{ExitCode, Termination};
use std::time::{Duration, Instant};

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

use crate::changes::Changes;
use crate::check;
use crate::diagnostic::{self, Diagnostic, MessageLanguage};
use crate::pictures::Pictures;
use crate::pictures::on_disk::prepare_below;
use crate::site::next_change_at;
use crate::source::Source;
use crate::status::build::build_status;
use crate::write::{About, Stage, WriteError, Written};
use crate::{Options, draw, load, plan};

pub use line::{Told, read};

/// Builds the website of a public centre and its form definitions from Markdown.
#[derive(Debug, Parser)]
#[command(name = "centre", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the site and the form definitions.
    Build {
        /// Print where the time went.
        #[arg(long)]
        timings: bool,
        /// Leave out the compressed forms (`.br`, `.gz`) of files.
        #[arg(long)]
        no_compress: bool,
    },
    /// Only look for problems in the content.
    Check(checking::Check),
    /// Make a new file of content, with every field explained.
    New(crate::new::New),
    /// Show what is not translated, what is not published, and what happens when.
    Status,
    /// Print what may stand in content: as JSON Schema, or as configuration of a CMS.
    Schema(crate::schema::Schema),
    /// Say as JSON what differs from an earlier build: files to send and delete, addresses to invalidate.
    Changes(Changes),
    /// Show the site with working forms, and every change as it is saved.
    #[cfg(feature = "serve")]
    Serve(crate::serve::Serve),
}

/// What all commands understand.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// The folder that holds `content` and `themes`.
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    pub root: PathBuf,
    /// The folder to write to, as seen from the root.
    #[arg(long, global = true, default_value = "dist", value_name = "DIR")]
    pub output: PathBuf,
    /// The moment for which the site is built, such as 2026-11-23T09:00:00+02:00.
    #[arg(long, global = true, value_name = "RFC3339")]
    pub now: Option<Timestamp>,
    /// How problems are printed.
    #[arg(long, global = true, value_enum, default_value_t)]
    format: Format,
    /// The language of messages; otherwise that of the system, else Bulgarian.
    #[arg(long, global = true, value_enum)]
    lang: Option<LanguageArgument>,
    /// The address of the site, instead of the one in content/site.yaml.
    #[arg(long, global = true, value_name = "URL")]
    pub base_url: Option<String>,
    /// Include pages that are not published yet.
    #[arg(long, global = true)]
    pub drafts: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Github,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LanguageArgument {
    Bg,
    En,
}

/// How a command ended; the number is the exit status.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// It is done.
    Done = 0,
    /// The content has problems that stop publishing.
    Refused = 1,
    /// The work could not be done at all.
    Failed = 2,
}

impl Termination for Status {
    fn report(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}

/// Runs a command. What was asked for goes to `output`, and what is to be said about it to `messages`.
pub fn run(cli: &Cli, output: &mut dyn Write, messages: &mut dyn Write) -> Status {
    let done = match &cli.command {
        Command::Build {
            timings,
            no_compress,
        } => build(&cli.common, *timings, !no_compress, messages),
        Command::Check(check) => checking::run(&cli.common, check, output, messages),
        Command::New(new) => crate::new::run(&cli.common, new, output, messages),
        Command::Changes(changes) => crate::changes::run(&cli.common, changes, output),
        Command::Schema(schema) => crate::schema::run(&cli.common, schema, output, messages),
        Command::Status => crate::status::run(&cli.common, output, messages),
        #[cfg(feature = "serve")]
        Command::Serve(serve) => crate::serve::run(&cli.common, serve, messages),
    };
    done.unwrap_or_else(|error| {
        // Where messages cannot be written, nothing can be said about it either.
        let _ = writeln!(
            messages,
            "{}: {error:#}",
            cli.common.word("грешка", "error")
        );
        Status::Failed
    })
}

impl Common {
    /// What a build depends on besides the content; the clock is read here and nowhere else.
    pub(crate) fn options(&self) -> Options {
        #[expect(
            clippy::disallowed_methods,
            reason = "the edge of the program, where time becomes an argument"
        )]
        let now = self.now.unwrap_or_else(Timestamp::now);
        Options {
            now,
            drafts: self.drafts,
            base_url: self.base_url.clone(),
        }
    }

    /// The pictures of a site, with what earlier builds have made of them. A program that asked for another format hears
    /// nothing on the way.
    pub(crate) fn pictures(&self, source: &Source) -> Pictures {
        let told = matches!(self.format, Format::Text).then(|| self.message_language());
        prepare_below(&self.root, &source.media, told)
    }

    pub(crate) fn message_language(&self) -> MessageLanguage {
        match self.lang {
            Some(LanguageArgument::Bg) => MessageLanguage::Bg,
            Some(LanguageArgument::En) => MessageLanguage::En,
            None => system_language(),
        }
    }

    pub(crate) fn wants_json(&self) -> bool {
        matches!(self.format, Format::Json)
    }

    /// One of two texts, by the language of messages.
    pub(crate) fn word<'a>(&self, bg: &'a str, en: &'a str) -> &'a str {
        match self.message_language() {
            MessageLanguage::Bg => bg,
            MessageLanguage::En => en,
        }
    }

    /// Says something to a person; a program that asked for another format gets only that.
    pub(crate) fn say(&self, bg: &str, en: &str, messages: &mut dyn Write) -> anyhow::Result<()> {
        if matches!(self.format, Format::Text) {
            writeln!(messages, "{}", self.word(bg, en))?;
        }
        Ok(())
    }

    fn output_folder(&self) -> PathBuf {
        self.root.join(&self.output)
    }

    pub(crate) fn print(
        &self,
        diagnostics: &[Diagnostic],
        messages: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let language = self.message_language();
        let text = match self.format {
            Format::Text => diagnostic::to_text(diagnostics, language),
            Format::Json => diagnostic::to_json(diagnostics),
            Format::Github => diagnostic::to_github(diagnostics, language),
        };
        Ok(messages.write_all(text.as_bytes())?)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the edge of the program, where settings are read"
)]
fn system_language() -> MessageLanguage {
    match std::env::var("LANG") {
        Ok(name) if name.starts_with("en") => MessageLanguage::En,
        _ => MessageLanguage::Bg,
    }
}

fn build(
    common: &Common,
    timings: bool,
    compress: bool,
    messages: &mut dyn Write,
) -> anyhow::Result<Status> {
    let mut clock = Stopwatch::start();
    let mut parts = common
        .output
        .components()
        .filter(|part| *part != Component::CurDir);
    let first = parts.next().and_then(|part| part.as_os_str().to_str());
    anyhow::ensure!(
        !matches!(first, None | Some("content" | "themes")),
        "{}",
        common.word(
            &format!("от {0} се прави сайтът, там не може да се записва; изберете друга папка с --output", common.output.display()),
            &format!("{0} is where the site is written from; choose another folder with --output", common.output.display()),
        )
    );
    let mut source = load::source(&common.root)?;
    clock.lap("load");
    let pictures = common.pictures(&source);
    clock.lap("pictures");
    let (plan, mut diagnostics) = plan(&mut source, &pictures, &common.options());
    clock.lap("parse, assemble, check");
    let refused = |diagnostics: &[Diagnostic], messages: &mut dyn Write| {
        common.print(diagnostics, messages)?;
        common.say("нищо не е записано", "nothing was written", messages)?;
        Ok(Status::Refused)
    };
    let Some(plan) = plan.filter(|_| !diagnostic::has_errors(&diagnostics)) else {
        return refused(&diagnostics, messages);
    };
    let stage = Stage::open(&common.output_folder(), compress).map_err(|error| match error {
        WriteError::Busy(folder) if matches!(common.message_language(), MessageLanguage::Bg) => {
            anyhow::anyhow!(
                "{}: друга сборка пише тук в момента; опитайте след малко",
                folder.display()
            )
        }
        error => error.into(),
    })?;
    let gone = check::gone::gone(&plan, stage.last(), &mut diagnostics);
    let staged = match draw(&source, &plan, |file| stage.put(&file)) {
        Ok(staged) => staged.into_iter().collect::<Result<Vec<_>, _>>()?.concat(),
        Err(found) => {
            stage.abandon()?;
            diagnostics.extend(found);
            return refused(&diagnostics, messages);
        }
    };
    clock.lap("render, write");
    let about = About {
        next_change_at: next_change_at(&plan.site),
        public: if common.drafts {
            stage.last().public.clone()
        } else {
            check::gone::written(&plan)
        },
        gone,
        status: build_status(&plan.site, &diagnostics),
    };
    let written = stage.publish(&staged, about)?;
    clock.lap("publish");
    let pages = plan.routes.iter().filter(|route| route.is_page()).count();
    // The program ends here; taking a large site apart piece by piece would only take time.
    std::mem::forget(plan);
    common.print(&diagnostics, messages)?;
    let took = clock.total().as_millis();
    let (
        folder,
        Written {
            changed,
            deleted,
            total,
        },
    ) = (common.output_folder(), written);
    let folder = folder.display();
    common.say(
        &format!("{pages} страници, {total} файла: {changed} записани, {deleted} изтрити, за {took} ms в {folder}"),
        &format!("{pages} pages, {total} files: {changed} written, {deleted} deleted, in {took} ms to {folder}"),
        messages,
    )?;
    if timings {
        for (name, time) in &clock.laps {
            writeln!(messages, "{:>8.1} ms  {name}", time.as_secs_f64() * 1000.0)?;
        }
    }
    Ok(Status::Done)
}

/// Where the time went.
struct Stopwatch {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Stopwatch {
    #[expect(
        clippy::disallowed_methods,
        reason = "measures the program, decides nothing"
    )]
    fn start() -> Stopwatch {
        Stopwatch {
            last: Instant::now(),
            laps: Vec::new(),
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "measures the program, decides nothing"
    )]
    fn lap(&mut self, name: &'static str) {
        let now = Instant::now();
        self.laps.push((name, now - self.last));
        self.last = now;
    }

    fn total(&self) -> Duration {
        self.laps.iter().map(|(_, time)| *time).sum()
    }
}
