//! The commands beside capturing: `sniffer COMMAND …`. Only the first word can name one; everything else is an option or
//! the expression, as with tcpdump.

use std::ffi::OsString;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use super::args::Args;
#[cfg(feature = "dist")]
use super::dist;
use super::{doctor, run, set, taps, top};

/// A command beside capturing.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say what this kernel and this process can do for a capture, and how to grant what is missing
    Doctor(doctor::Args),
    /// Write manual pages and completions to a folder
    #[cfg(feature = "dist")]
    #[command(hide = true)]
    Dist(dist::Args),
    /// Say what an expression keeps and what may surprise: --explain by another name
    Explain(Box<Args>),
    /// Look at a set of a running capture, and change it
    Set(set::Args),
    /// List the sockets that tap this host: who else makes every frame pay?
    Taps(taps::Args),
    /// Watch what passes an interface: rates, protocols, flows, hosts, ports. No frame is copied
    Top(top::Args),
}

impl Command {
    /// Does what was typed.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Doctor(args) => doctor::run(&args),
            #[cfg(feature = "dist")]
            Self::Dist(args) => dist::run(&args),
            Self::Set(args) => set::run(&args),
            Self::Taps(args) => taps::run(&args),
            Self::Top(args) => top::run(&args),
            Self::Explain(mut args) => {
                args.filter.explain = true;
                run::run(*args)
            }
        }
    }
}

/// What was typed: a command, or a capture or a savefile to read.
pub(crate) enum Invocation {
    /// A command beside capturing.
    Command(Command),
    /// Everything else.
    Capture(Box<Args>),
}

#[derive(Parser)]
#[command(name = "sniffer", version, max_term_width = 100)]
pub(super) struct Commands {
    #[command(subcommand)]
    command: Command,
}

impl Invocation {
    /// Takes the words of a command line, the program's name first.
    ///
    /// # Errors
    /// What the options cannot be made sense of for; also the help that was asked for.
    pub(crate) fn parse(words: &[OsString]) -> Result<Self, clap::Error> {
        let commands = Commands::command();
        let is_command = words.get(1).is_some_and(|word| {
            commands.get_subcommands().any(|command| word.as_os_str() == command.get_name())
        });
        if is_command {
            return Commands::try_parse_from(words).map(|typed| Self::Command(typed.command));
        }
        let matches = Args::command().after_help(summary(&commands)).try_get_matches_from(words)?;
        Args::from_arg_matches(&matches).map(|args| Self::Capture(Box::new(args)))
    }
}

/// The commands with a line each, for the end of `--help`.
fn summary(commands: &clap::Command) -> String {
    let lines = commands.get_subcommands().map(|command| {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        format!("\n  {:<10} {about}", command.get_name())
    });
    format!("Commands, as the first word (sniffer COMMAND --help):{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Invocation {
        let words: Vec<_> = ["sniffer"].iter().chain(words).map(OsString::from).collect();
        Invocation::parse(&words).expect("the words make sense")
    }

    #[test]
    fn only_the_first_word_names_a_command() {
        assert!(matches!(parse(&["doctor"]), Invocation::Command(Command::Doctor(_))));
        let Invocation::Capture(args) = parse(&["-n", "host", "doctor"]) else {
            panic!("this is an expression")
        };
        assert_eq!(args.expression, ["host", "doctor"]);
    }
}
