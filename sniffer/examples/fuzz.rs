//! The fuzz targets under libFuzzer: the variable `SNIFFER_FUZZ_TARGET` names the one to run, the arguments are
//! libFuzzer's. Built and started by `cargo xtask fuzz`.
#![no_main]

use std::env;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sniffer::{bpf, filter};

#[path = "../tests/corpus/mod.rs"]
#[expect(dead_code, reason = "the expressions are for other tests")]
mod corpus;
#[path = "../tests/filter/generate.rs"]
#[expect(dead_code, reason = "targets need one kind of text")]
mod generate;
#[path = "../tests/support/mod.rs"]
#[expect(dead_code, reason = "targets need frames only")]
mod support;
#[path = "../tests/fuzz/targets/mod.rs"]
mod targets;
#[path = "../tests/filter/vocabulary.rs"]
mod vocabulary;

use targets::{ALL, Target};

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = env::var("SNIFFER_FUZZ_TARGET").unwrap_or_default();
    let names: Vec<_> = ALL.iter().map(|target| target.name).collect();
    ALL.iter().find(|target| target.name == name).unwrap_or_else(|| panic!("the targets are {names:?}"))
});

fuzz_target!(|bytes: &[u8]| (TARGET.run)(bytes));
