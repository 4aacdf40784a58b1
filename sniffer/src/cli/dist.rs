//! `sniffer dist`, in builds with the feature of that name alone: manual pages and completions, made from the options as
//! the program knows them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Command, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::Man;

use super::args;
use super::command;

/// Options of `sniffer dist`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder to write to
    folder: PathBuf,
}

/// The section of the manual for administration, as tcpdump's.
const SECTION: &str = "8";

/// What stands at the end of the page of captures.
const AFTERWORD: &str = r#".SH "EXIT STATUS"
0 at the end of a file, at a limit, after SIGINT, SIGTERM and SIGHUP, and when the reader of a pipe goes away; 1 when
something fails; 2 when an option is wrong.
.SH SIGNALS
SIGUSR1 prints the counts so far, SIGUSR2 writes what is in the buffers of the output.
.SH "SEE ALSO"
.BR pcap\-filter (7),
.BR tcpdump (8)
"#;

/// Writes all of them.
///
/// # Errors
/// When a file cannot be written.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    fs::create_dir_all(&args.folder).with_context(|| args.folder.display().to_string())?;
    let mut whole = whole();
    whole.build();
    for command in whole.get_subcommands().filter(|command| !command.is_hide_set()) {
        page(&args.folder, command.clone(), "")?;
    }
    page(&args.folder, whole.clone(), AFTERWORD)?;
    for shell in [Shell::Bash, Shell::Fish, Shell::Zsh] {
        clap_complete::generate_to(shell, &mut whole, "sniffer", &args.folder)?;
    }
    Ok(())
}

/// The options of a capture and the commands together, which the program itself tells apart by the first word.
fn whole() -> Command {
    let commands = command::Commands::command();
    let visible = commands.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    args::Args::command().subcommands(visible).disable_help_subcommand(true)
}

/// Writes one page.
fn page(folder: &Path, command: Command, afterword: &str) -> anyhow::Result<()> {
    let man = Man::new(command).section(SECTION);
    let path = folder.join(man.get_filename());
    let mut text = Vec::new();
    man.render(&mut text)?;
    text.extend(afterword.as_bytes());
    fs::write(&path, text).with_context(|| path.display().to_string())
}
