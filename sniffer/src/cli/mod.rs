//! Arguments, plan, wiring, exit codes. Imported by `main.rs` alone.

#![warn(clippy::print_stderr, clippy::print_stdout)]

mod args;
mod command;
mod plan;
mod run;

mod arming;
mod kernel;
mod netns;

mod budget;
mod clock;
mod control;
#[cfg(feature = "dist")]
mod dist;
mod doctor;
mod dump;
mod input;
mod interfaces;
mod losses;
mod metrics;
mod origin;
mod outputs;
mod privileges;
mod progress;
mod reading;
mod reduce;
mod save;
mod set;
mod sets;
mod signals;
mod taps;
mod terminal;
mod timers;
mod top;
mod worker;
mod workers;

mod names;
mod summary;
mod tunnels;

use std::io;
use std::process::ExitCode;

use anyhow::Chain;
use sniffer::pcap::OsError;
use sniffer::sink;

use self::command::Invocation;

/// Runs the program: 0 when it did what it was told or when nobody reads its output any more, 1 when it could not, 2 (by
/// clap) when the options make no sense.
pub(crate) fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let result = match Invocation::parse(&words) {
        Ok(Invocation::Capture(args)) => run::run(*args),
        Ok(Invocation::Command(command)) => command.run(),
        Err(error) => Err(error.into()),
    };
    match result {
        Err(error) if error.is::<clap::Error>() => {
            error.downcast::<clap::Error>().map_or(ExitCode::FAILURE, |error| tell(&error))
        }
        Err(error) if !is_success(&error) => {
            summary::say(&format!("sniffer: {}\n", message(&error)));
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Prints what clap has to say: help or the version on standard output, or what is wrong with the options.
fn tell(said: &clap::Error) -> ExitCode {
    match said.print() {
        Err(error) if !said.use_stderr() && error.kind() != io::ErrorKind::BrokenPipe => {
            summary::say(&format!("sniffer: standard output: {}\n", OsError(error)));
            ExitCode::FAILURE
        }
        _ => ExitCode::from(said.exit_code() as u8),
    }
}

/// Whether nobody reads the output any more, or as much was written as was asked for.
fn is_success(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        // The capture thread's error is transparent: the chain has it in place of the one that it holds.
        let error = match cause.downcast_ref() {
            Some(worker::Error::Sink(error)) => Some(error),
            _ => cause.downcast_ref(),
        };
        matches!(error, Some(sink::Error::ClosedPipe(_) | sink::Error::Complete))
    })
}

/// An error and its causes on one line.
fn message(error: &anyhow::Error) -> String {
    one_line(error.chain())
}

/// Causes on one line. Some libraries tell theirs themselves; those are not told twice.
fn one_line(causes: Chain<'_>) -> String {
    causes.fold(String::new(), |message, cause| match cause.to_string() {
        cause if message.is_empty() => cause,
        cause if message.contains(&cause) => message,
        cause => format!("{message}: {cause}"),
    })
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn every_cause_is_told_once() {
        let error = anyhow!("no such map (2)").context("map error: no such map (2)").context("cannot load");
        assert_eq!(message(&error), "cannot load: map error: no such map (2)");
    }

    #[test]
    fn a_closed_pipe_is_found_behind_other_words() {
        let closed = sink::Error::ClosedPipe(sink::Destination::Stdout);
        assert!(is_success(&anyhow::Error::from(closed).context("x.pcap")));
        assert!(!is_success(&anyhow!("x.pcap")));
    }
}
