//! `cargo xtask tidy`: the house rules that neither the compiler nor clippy knows. Reads the sources, changes nothing.

mod rules;
mod source;

use std::path::Path;

use anyhow::{Result, bail};

use self::source::Source;
use crate::workspace;

/// The folders of our own Rust sources.
const FOLDERS: &[&str] = &["sniffer", "sniffer-common", "sniffer-ebpf", "xtask"];

/// Checks every Rust file of the workspace and prints each breach as `file:line: what`.
///
/// # Errors
/// When a file breaks a rule, or cannot be read.
pub(crate) fn run() -> Result<()> {
    eprintln!("tidy: {}", FOLDERS.join(" "));
    let mut files = 0;
    let mut breaches = 0;
    for folder in FOLDERS {
        source::walk(&workspace::root().join(folder), &mut |path| {
            let source = read(path)?;
            for breach in rules::check(&source) {
                eprintln!("{}:{}: {}", source.path, breach.line, breach.what);
                breaches += 1;
            }
            files += 1;
            Ok(())
        })?;
    }
    if breaches > 0 {
        bail!("tidy: {breaches} breaches of the house rules in {files} files");
    }
    Ok(())
}

fn read(path: &Path) -> Result<Source> {
    let name = path.strip_prefix(workspace::root()).unwrap_or(path).to_string_lossy().into_owned();
    Source::parse(name, &std::fs::read_to_string(path)?)
}
