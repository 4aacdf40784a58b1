//! Kernel maps read into snapshots and rates. Knows no capture and no terminal.
#![forbid(unsafe_code)]
