//! Where figures go: standard output, and with `--write` their section of `docs/benchmarks.md`.

use std::{env, fs, io};

use super::machine;

/// The page, seen from the crate.
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/benchmarks.md");

/// Prints the outcome of the benchmark `name`. When the program was called with `--write`, replaces what stands in the
/// page between the lines `<!-- NAME -->` and `<!-- /NAME -->`.
///
/// # Errors
/// When the page cannot be read or written, or has no such lines.
pub(crate) fn publish(name: &str, body: &str) -> io::Result<()> {
    let section = format!("`cargo xtask bench {name}` on {}:\n\n{body}", machine::describe());
    println!("{section}");
    if env::args().any(|argument| argument == "--write") {
        let page = fs::read_to_string(PAGE)?;
        let page = replaced(&page, name, &section)
            .ok_or_else(|| io::Error::other(format!("no place for {name} in {PAGE}")))?;
        fs::write(PAGE, page)?;
    }
    Ok(())
}

fn replaced(page: &str, name: &str, section: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n"));
    let (before, rest) = page.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}{}\n{end}{after}", section.trim_end()))
}
