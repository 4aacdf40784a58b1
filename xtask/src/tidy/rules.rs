//! The rules, each a function from a file to its breaches.

use super::source::{Source, Token};

/// One place where a file breaks a rule.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Breach {
    /// The line, from 1.
    pub(super) line: usize,
    /// What is wrong there and what the rule wants.
    pub(super) what: String,
}

/// The level of each module of the `sniffer` crate. A module imports only from itself and from lower levels.
const LEVELS: &[(&str, u8)] = &[
    ("packet", 0),
    ("bpf", 1),
    ("netlink", 1),
    ("sys", 1),
    ("filter", 2),
    ("decode", 2),
    ("pcap", 2),
    ("load", 3),
    ("capture", 3),
    ("counters", 3),
    ("taps", 3),
    ("print", 4),
    ("top", 4),
    ("metrics", 4),
    ("sink", 5),
    ("tui", 5),
    ("cli", 6),
];

/// Foreign crates with one home each in the `sniffer` crate: only these modules name them.
const HOMES: &[(&str, &[&str])] = &[
    ("libc", &["sys"]),
    ("aya", &["load", "counters", "sys"]),
    ("aya_obj", &["load"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli", "main"]),
    ("nix", &["cli"]),
    ("hyper", &["cli"]),
    ("prometheus_client", &["metrics"]),
    ("ratatui", &["tui"]),
];

/// The files, or folders ending in a slash, that may hold `unsafe` code.
const UNSAFE_HOMES: &[&str] = &["sniffer/src/sys/", "sniffer-ebpf/src/access.rs"];

/// All breaches of one file, rule by rule.
pub(super) fn check(source: &Source) -> Vec<Breach> {
    let rules = [opening_sentence, unsafe_home, crate_home, downward_imports, no_bare_allow];
    rules.iter().flat_map(|rule| rule(source)).collect()
}

/// Every file says in its first line what it holds.
fn opening_sentence(source: &Source) -> Vec<Breach> {
    if source.first_line.starts_with("//! ") {
        return Vec::new();
    }
    vec![Breach { line: 1, what: "the file does not open with a `//!` sentence".to_owned() }]
}

/// `unsafe` has its homes; the attribute form `#[unsafe(no_mangle)]` marks a symbol and is no unsafe operation.
fn unsafe_home(source: &Source) -> Vec<Breach> {
    if UNSAFE_HOMES.iter().any(|home| source.path.starts_with(home)) {
        return Vec::new();
    }
    let is_attribute =
        |at: usize| at >= 2 && source.tokens[at - 2].text == "#" && source.tokens[at - 1].text == "[";
    breaches(source, |at, token| {
        (token.text == "unsafe" && !is_attribute(at))
            .then(|| format!("`unsafe` outside {}", UNSAFE_HOMES.join(", ")))
    })
}

/// A foreign crate is named only by the modules that wrap it. Tests may use what they like.
fn crate_home(source: &Source) -> Vec<Breach> {
    let Some(module) = module_of(&source.path) else { return Vec::new() };
    breaches(source, |at, token| {
        let (name, homes) = HOMES.iter().find(|(name, _)| *name == token.text)?;
        let is_path = text(source, at + 1) == ":" && text(source, at + 2) == ":";
        let is_root = at == 0 || text(source, at - 1) != ":";
        let foreign = is_path && is_root && !token.in_tests && !homes.contains(&module);
        foreign.then(|| format!("`{name}` belongs to {} only", homes.join(", ")))
    })
}

/// A module of the library names only itself and modules of lower levels. Tests may look sideways and up.
fn downward_imports(source: &Source) -> Vec<Breach> {
    let Some((module, level)) = module_of(&source.path).and_then(level_of) else { return Vec::new() };
    let mut found = Vec::new();
    for (at, token) in source.tokens.iter().enumerate() {
        if token.text != "crate"
            || token.in_tests
            || text(source, at + 1) != ":"
            || text(source, at + 2) != ":"
        {
            continue;
        }
        for imported in first_segments(&source.tokens[at + 3..]) {
            if let Some((other, other_level)) = level_of(&imported.text)
                && other != module
                && other_level >= level
            {
                let what = format!(
                    "`{module}` (level {level}) imports `{other}` (level {other_level}): only lower levels"
                );
                found.push(Breach { line: imported.line, what });
            }
        }
    }
    found
}

/// Lints are excepted by `#[expect(…, reason = "…")]`, which the compiler takes back when it is no longer needed.
fn no_bare_allow(source: &Source) -> Vec<Breach> {
    breaches(source, |at, token| {
        let in_attribute = at >= 1 && matches!(text(source, at - 1), "[") && text(source, at + 1) == "(";
        (token.text == "allow" && in_attribute)
            .then(|| "`#[allow]`: use `#[expect(…, reason = \"…\")]`".to_owned())
    })
}

/// The breaches that a look at each token finds.
fn breaches(source: &Source, look: impl Fn(usize, &Token) -> Option<String>) -> Vec<Breach> {
    let tokens = source.tokens.iter().enumerate();
    tokens.filter_map(|(at, token)| Some(Breach { line: token.line, what: look(at, token)? })).collect()
}

/// The text of a token, empty past the end.
fn text(source: &Source, at: usize) -> &str {
    source.tokens.get(at).map_or("", |token| &token.text)
}

/// The top-level module of the `sniffer` crate that a path belongs to.
fn module_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("sniffer/src/")?;
    Some(inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs"))
}

fn level_of(module: &str) -> Option<(&'static str, u8)> {
    LEVELS.iter().find(|(name, _)| *name == module).copied()
}

/// The words a path or a use tree after `crate::` begins with: one for `a::b`, several for `{a::b, c}`.
fn first_segments(tokens: &[Token]) -> Vec<&Token> {
    match tokens.first() {
        Some(token) if token.text == "{" => group_segments(tokens),
        Some(token) => vec![token],
        None => Vec::new(),
    }
}

/// The first word of each tree of a brace group that `tokens` begins with.
fn group_segments(tokens: &[Token]) -> Vec<&Token> {
    let mut segments = Vec::new();
    let mut depth = 0;
    let mut expects_segment = false;
    for token in tokens {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," => {}
            _ if depth == 1 && expects_segment => segments.push(token),
            _ => {}
        }
        expects_segment = depth == 1 && matches!(token.text.as_str(), "{" | ",");
        if depth == 0 {
            break;
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the breaches of `text` as if it stood at `path`, given as `line: start of the message`.
    #[track_caller]
    fn check_file(path: &str, text: &str, expected: &[&str]) {
        let source = Source::parse(path.to_owned(), text).expect("the example is Rust");
        let found: Vec<_> =
            check(&source).iter().map(|breach| format!("{}: {}", breach.line, breach.what)).collect();
        assert_eq!(found.len(), expected.len(), "{path}: {found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{path}: {found:?} does not start with {expected:?}");
        }
    }

    #[test]
    fn a_file_opens_with_what_it_holds() {
        check_file("xtask/src/a.rs", "//! Holds a.\n", &[]);
        check_file("xtask/src/a.rs", "// Holds a.\n", &["1: the file does not open"]);
        check_file("xtask/src/a.rs", "\n//! Holds a.\n", &["1: the file does not open"]);
        check_file("xtask/src/a.rs", "", &["1: the file does not open"]);
    }

    #[test]
    fn unsafe_has_its_homes() {
        let code = "//! A.\nfn f() { unsafe { g() } }\n";
        check_file("sniffer/src/sys/ring.rs", code, &[]);
        check_file("sniffer/src/capture/ring.rs", code, &["2: `unsafe` outside"]);
        check_file("sniffer/src/system.rs", "//! A.\nunsafe fn f() {}\n", &["2: `unsafe` outside"]);
        check_file("sniffer-ebpf/src/main.rs", "//! A.\n#[unsafe(no_mangle)]\nstatic A: u8 = 0;\n", &[]);
        check_file(
            "sniffer/src/lib.rs",
            "//! unsafe\n#![deny(unsafe_code)]\n// unsafe\nconst A: &str = \"unsafe\";\n",
            &[],
        );
    }

    #[test]
    fn foreign_crates_have_one_home() {
        check_file("sniffer/src/sys/mod.rs", "//! A.\nuse libc::bind;\n", &[]);
        check_file(
            "sniffer/src/capture/mod.rs",
            "//! A.\nfn f() { libc::bind() }\n",
            &["2: `libc` belongs to sys"],
        );
        check_file("sniffer/src/capture/mod.rs", "//! A.\nuse crate::sys::libc::a;\n", &[]);
        check_file(
            "sniffer/src/print/mod.rs",
            "//! A.\nuse anyhow::Result;\n",
            &["2: `anyhow` belongs to cli, main"],
        );
        check_file("sniffer/src/main.rs", "//! A.\nuse anyhow::Result;\n", &[]);
        check_file("xtask/src/main.rs", "//! A.\nuse clap::Parser;\n", &[]);
    }

    #[test]
    fn modules_import_downwards() {
        check_file(
            "sniffer/src/filter/mod.rs",
            "//! A.\nuse crate::bpf::Insn;\nuse crate::filter::hir;\n",
            &[],
        );
        check_file(
            "sniffer/src/filter/mod.rs",
            "//! A.\nuse crate::pcap::Reader;\n",
            &["2: `filter` (level 2) imports `pcap`"],
        );
        check_file(
            "sniffer/src/bpf.rs",
            "//! A.\n\nfn f() { crate::print::line() }\n",
            &["3: `bpf` (level 1) imports `print`"],
        );
        check_file(
            "sniffer/src/sink/text.rs",
            "//! A.\nuse crate::{decode::{Layers, capture}, packet};\n",
            &[],
        );
        let group = "//! A.\nuse crate::{\n    decode::{Layers, capture},\n    cli::Args,\n};\n";
        check_file("sniffer/src/sink/text.rs", group, &["4: `sink` (level 5) imports `cli`"]);
        check_file("sniffer/src/lib.rs", "//! A.\nuse crate::cli::Args;\n", &[]);
    }

    #[test]
    fn tests_may_look_sideways() {
        let code = "mod tests {\n    use crate::pcap::Reader;\n    use libc::bind;\n}\n";
        check_file("sniffer/src/decode/mod.rs", &format!("//! A.\n#[cfg(test)]\n{code}"), &[]);
        check_file(
            "sniffer/src/decode/mod.rs",
            &format!("//! A.\n{code}"),
            &["4: `libc`", "3: `decode` (level 2)"],
        );
    }

    #[test]
    fn lints_are_expected_with_a_reason() {
        check_file("xtask/src/a.rs", "//! A.\n#[allow(dead_code)]\nfn f() {}\n", &["2: `#[allow]`"]);
        check_file("xtask/src/a.rs", "//! A.\n#![allow(dead_code)]\n", &["2: `#[allow]`"]);
        check_file(
            "xtask/src/a.rs",
            "//! A.\n#[expect(dead_code, reason = \"allow\")]\nfn allow() {}\n",
            &[],
        );
    }
}
