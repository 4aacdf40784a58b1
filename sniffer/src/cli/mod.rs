//! Arguments, plan, wiring, exit codes. Imported by `main.rs` alone.

pub(crate) fn run() {}
