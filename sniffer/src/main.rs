//! The program.
#![forbid(unsafe_code)]

mod cli;

fn main() {
    cli::run();
}
