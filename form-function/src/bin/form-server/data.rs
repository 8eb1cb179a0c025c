//! SHELL: answers to a person who asks for their data.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::Context;
use form_function::desk::{self, Desk, Erased, Fate, STAYS};
use form_function::store::{Documents, Store};
use forms::{Group, Registration};

use crate::command::Data;
use crate::handed_over;
use crate::office::{Office, at_desk};

/// What is typed in the place of a person who is named on standard input.
const FROM_INPUT: &str = "-";

/// Carries out a command.
pub(crate) async fn run(command: Data) -> anyhow::Result<()> {
    match command {
        Data::Export { person, out } => {
            let office = Office::open(&Group::ALL).await?;
            at_desk!(office, desk => export(desk, &person, out.as_deref()).await)
        }
        Data::Erase {
            person,
            yes,
            participants_too,
        } => {
            let office = Office::open(&[]).await?;
            at_desk!(office, desk => erase(desk, &person, yes, participants_too).await)
        }
    }
}

async fn export<S: Store + Documents>(
    desk: &Desk<'_, S>,
    person: &str,
    out: Option<&Path>,
) -> anyhow::Result<()> {
    let found = find(desk, person).await?;
    let export = desk::export(desk, &found).await?;
    let mut json = serde_json::to_vec_pretty(&export)?;
    json.push(b'\n');
    handed_over::write(out, &json)
}

async fn erase<S: Store + Documents>(
    desk: &Desk<'_, S>,
    person: &str,
    yes: bool,
    participants_too: bool,
) -> anyhow::Result<()> {
    let found = find(desk, person).await?;
    let mut screen = io::stdout();
    writeln!(screen, "Registrations of this person:")?;
    for registration in &found {
        writeln!(screen, "  {}", line(registration))?;
    }
    if !yes {
        anyhow::ensure!(
            person != FROM_INPUT || io::stdin().is_terminal(),
            "the address came from a program, so there is nobody to ask; add `--yes` to erase"
        );
        write!(
            screen,
            "Erase what they wrote for good, and give their places back? Type `erase` to go on: "
        )?;
        screen.flush()?;
        anyhow::ensure!(
            read_line()? == "erase",
            "nothing was erased; type `erase`, or add `--yes`"
        );
    }
    let erased = desk::erase(desk, &found, participants_too).await?;
    writeln!(screen, "{}", desk.now.strftime("%Y-%m-%d %H:%M UTC"))?;
    for registration in &erased {
        writeln!(screen, "  {}", outcome(registration))?;
    }
    writeln!(screen, "{STAYS}")?;
    desk::clear_remains(desk).await.context(
        "it is erased, but may still stand in the log of changes that the store keeps; the server empties that within an hour",
    )?;
    anyhow::ensure!(
        erased.iter().all(|one| one.fate != Fate::NotDestroyed),
        "not everything was erased; do it again"
    );
    Ok(())
}

/// Every registration of a person; there must be one.
async fn find<S: Store>(desk: &Desk<'_, S>, person: &str) -> anyhow::Result<Vec<Registration>> {
    let typed = match person {
        FROM_INPUT => ask_for_person()?,
        typed => typed.to_owned(),
    };
    let calling_code = desk.bundle.manifest.identity.calling_code.as_deref();
    let person = desk::person(desk.index, calling_code, typed.trim())?;
    let found = desk.registrations_of(&person).await?;
    anyhow::ensure!(
        !found.is_empty(),
        "nobody is found under this address or number; try another one of theirs. Whose data is erased is found no more"
    );
    Ok(found)
}

fn line(registration: &Registration) -> String {
    format!(
        "{}  {}  {}",
        registration.reference,
        registration.activity,
        registration.state.as_str()
    )
}

/// What became of a registration, class by class.
fn outcome(erased: &Erased) -> String {
    let reference = &erased.before.reference;
    match &erased.fate {
        Fate::Held => format!(
            "{reference}  kept: the person takes part in a programme, whose rules say for how long (GDPR art. 17(3)(b)); \
             when they allow it, `--participants-too`"
        ),
        Fate::NotDestroyed => {
            format!("{reference}  not erased: it was changed at this very moment")
        }
        Fate::Destroyed { parts, given_back } => {
            let classes = Group::ALL.map(|group| {
                let was_there = parts.iter().any(|part| part.group == group);
                let fate = if was_there { "erased" } else { "nothing kept" };
                format!("{group}: {fate}")
            });
            let places = if *given_back { "; cancelled first" } else { "" };
            format!("{reference}  {}{places}", classes.join(", "))
        }
    }
}

/// The address or number from standard input; somebody who sits there is asked for it.
fn ask_for_person() -> io::Result<String> {
    if io::stdin().is_terminal() {
        let mut screen = io::stderr();
        write!(screen, "E-mail address or telephone number: ")?;
        screen.flush()?;
    }
    read_line()
}

fn read_line() -> io::Result<String> {
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
