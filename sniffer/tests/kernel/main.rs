//! Tests that need the kernel and root: each makes its own network namespaces and leaves nothing behind.

#[expect(dead_code, reason = "names and versions are for the tests beside tcpdump")]
#[path = "../corpus/mod.rs"]
mod corpus;
#[path = "../filter/generate.rs"]
#[expect(dead_code, reason = "what is no expression is for other tests")]
mod generate;
#[path = "../layered/mod.rs"]
mod layered;
#[expect(dead_code, reason = "the tests of the program itself use the rest")]
#[path = "../support/mod.rs"]
mod support;
#[path = "../filter/vocabulary.rs"]
mod vocabulary;

mod arming;
mod beside;
mod capture;
mod chatter;
mod classes;
mod contract;
mod cost;
mod counters;
mod directions;
mod disk;
mod doctor;
mod errors;
mod faults;
mod firewall;
mod interface_losses;
mod interfaces;
mod laboratory;
mod ledger;
mod live_and_saved;
mod metrics;
mod names;
mod pcapng;
mod pipeline;
mod privileges;
mod random;
mod reductions;
mod refusals;
mod rotation;
mod set_command;
mod sets;
mod specimens;
mod standard_output;
mod statistics;
mod swap;
mod tally;
mod taps;
mod text;
mod top;
mod verdicts;
mod workers;
