//! A Rust file as the rules see it: its first line, and its tokens, which hold neither comments nor strings' contents.

use std::path::Path;

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::workspace;

/// One file, read.
pub(super) struct Source {
    /// The path from the workspace's root.
    pub(super) path: String,
    /// The first line of the text.
    pub(super) first_line: String,
    /// Every word and punctuation mark with its line, in order, groups opened up.
    pub(super) tokens: Vec<Token>,
}

/// A word or one punctuation character. Literals are left out: no rule speaks of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    /// The line it stands on, from 1.
    pub(super) line: usize,
    /// Its text.
    pub(super) text: String,
    /// Whether it is part of a module compiled for tests only.
    pub(super) in_tests: bool,
}

impl Source {
    /// Splits a file's text into tokens.
    ///
    /// # Errors
    /// When the text is not Rust.
    pub(super) fn parse(path: String, text: &str) -> Result<Self> {
        let stream: TokenStream = text.parse().map_err(|error| anyhow!("{path}: {error}"))?;
        let mut tokens = Vec::new();
        flatten(stream, path.contains("/tests/") || path.ends_with("/tests.rs"), &mut tokens);
        let first_line = text.lines().next().unwrap_or_default().to_owned();
        Ok(Self { path, first_line, tokens })
    }
}

/// Appends a stream's tokens; the body of a `#[cfg(test)] mod` is marked as test code.
fn flatten(stream: TokenStream, in_tests: bool, tokens: &mut Vec<Token>) {
    for tree in stream {
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                let body_in_tests = in_tests || open == "{" && follows_test_module(tokens);
                push(tokens, group.span_open(), open, in_tests);
                flatten(group.stream(), body_in_tests, tokens);
                push(tokens, group.span_close(), close, in_tests);
            }
            TokenTree::Ident(word) => push(tokens, word.span(), &word.to_string(), in_tests),
            TokenTree::Punct(mark) => push(tokens, mark.span(), &mark.to_string(), in_tests),
            TokenTree::Literal(_) => {}
        }
    }
}

fn push(tokens: &mut Vec<Token>, span: proc_macro2::Span, text: &str, in_tests: bool) {
    tokens.push(Token { line: span.start().line, text: text.to_owned(), in_tests });
}

/// Whether the tokens so far end in `#[cfg(test)] mod NAME`.
fn follows_test_module(tokens: &[Token]) -> bool {
    const OPENING: [&str; 8] = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let Some((_name, before)) = tokens.split_last() else { return false };
    before.len() >= OPENING.len()
        && before.iter().rev().zip(OPENING.iter().rev()).all(|(token, text)| token.text == *text)
}

/// Calls `visit` with every Rust file below a folder, in the order of their names.
///
/// # Errors
/// When a folder cannot be read, or the first error of `visit`.
pub(super) fn walk(folder: &Path, visit: &mut dyn FnMut(&Path) -> Result<()>) -> Result<()> {
    for path in workspace::files_in(folder)? {
        if path.is_dir() && !path.ends_with("target") {
            walk(&path, visit)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            visit(&path)?;
        }
    }
    Ok(())
}
