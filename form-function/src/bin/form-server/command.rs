//! What can be asked of the program.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use forms::Stage;

/// Serves a site and its forms on one machine, and looks after what people sent.
///
/// Settings come from the environment; form-function/README.md lists them. Every command but `keys` works on the data of
/// the server, whether that runs or not.
#[derive(Parser)]
#[command(name = "form-server", version)]
pub(crate) struct Cli {
    /// Without one: `serve`.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serve the site and its forms until asked to stop.
    Serve,
    /// Keys.
    Keys {
        #[command(subcommand)]
        command: Keys,
    },
    /// Copy the store to a new file while the server runs.
    Backup {
        /// The file to make. One that is there already is left alone.
        file: PathBuf,
    },
    /// Answer a person who asks for their data.
    Data {
        #[command(subcommand)]
        command: Data,
    },
    /// Count who took up the services and who came to events, for the site to show. Says nothing about people.
    Figures {
        /// The file of the site's content, such as `content/data/figures.yaml`; otherwise standard output.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Look at registrations and change them.
    Registration {
        #[command(subcommand)]
        command: Registration,
    },
}

#[derive(Subcommand)]
pub(crate) enum Keys {
    /// Print a new set, as lines of an environment file. Nothing is changed by it.
    New,
}

#[derive(Subcommand)]
pub(crate) enum Data {
    /// Write out everything that is kept of a person, as JSON (GDPR art. 15 and 20).
    Export {
        /// `-`: asks for an e-mail address or a telephone number of the person, or reads it from standard input. Written here,
        /// it would stay in the history of the shell and in the logs of the machine.
        person: String,
        /// The file to make, readable by its owner only; otherwise standard output.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Destroy everything that a person wrote, and give back their places (GDPR art. 17).
    Erase {
        /// `-`: asks for an e-mail address or a telephone number of the person, or reads it from standard input.
        person: String,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
        /// Also what the rules of a programme keep of its participants.
        #[arg(long)]
        participants_too: bool,
    },
}

#[derive(Subcommand)]
pub(crate) enum Registration {
    /// List the registrations for an activity. Says nothing about people.
    List {
        /// The name of the activity in addresses.
        activity: String,
    },
    /// Write the list for the door: who has a place at an event and how to reach them, as a spreadsheet opens it (CSV).
    Attendance {
        /// The name of the event in addresses.
        activity: String,
        /// The file to make, readable by its owner only; otherwise standard output.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Print everything that is kept of a registration, as JSON.
    Show(Which),
    /// Agree to one that waits for it.
    Approve(Act),
    /// Do not agree to one that waits for it.
    Reject(ActWithReason),
    /// Offer a place to one that waits, out of turn.
    Promote(ActWithReason),
    /// Bring one back to life. It takes its places anew, if there are any.
    Reinstate(ActWithReason),
    /// Take it back in the name of the Centre.
    Cancel(Act),
    /// Give it back for the person, who asked for it.
    Withdraw(Act),
    /// Give it another number of places.
    Resize {
        #[command(flatten)]
        act: Act,
        /// How many places.
        places: u32,
    },
    /// The person was there.
    Attend(Act),
    /// The person did not come.
    Miss(Act),
    /// Take back that the person was there, or was not.
    UndoAttendance(Act),
    /// Staff could not reach the person. After the third time the person counts as unreachable.
    FailedCall(Act),
    /// The next step of the services.
    Proceed {
        #[command(flatten)]
        act: Act,
        /// The step.
        #[arg(value_enum)]
        stage: StageArgument,
    },
    /// Make every link that was given out worthless.
    RevokeLinks(Act),
}

#[derive(Args)]
pub(crate) struct Which {
    /// The reference that the person has, such as 7K3M9QXB, or the identity.
    pub(crate) registration: String,
}

#[derive(Args)]
pub(crate) struct Act {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Why. It is kept for two years, so no name and nothing about health.
    #[arg(long)]
    pub(crate) reason: Option<String>,
}

#[derive(Args)]
pub(crate) struct ActWithReason {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Why. It is kept for two years, so no name and nothing about health.
    #[arg(long)]
    pub(crate) reason: String,
}

/// The steps of the services, as they are typed.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum StageArgument {
    Contacted,
    InterviewScheduled,
    Admitted,
    Active,
    Exited,
    FollowUpDue,
    Closed,
    NotEligible,
}

impl From<StageArgument> for Stage {
    fn from(stage: StageArgument) -> Stage {
        match stage {
            StageArgument::Contacted => Stage::Contacted,
            StageArgument::InterviewScheduled => Stage::InterviewScheduled,
            StageArgument::Admitted => Stage::Admitted,
            StageArgument::Active => Stage::Active,
            StageArgument::Exited => Stage::Exited,
            StageArgument::FollowUpDue => Stage::FollowUpDue,
            StageArgument::Closed => Stage::Closed,
            StageArgument::NotEligible => Stage::NotEligible,
        }
    }
}
