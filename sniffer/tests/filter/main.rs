//! The filter compiler against libpcap: an installed tcpdump keeps the same frames of the corpus, and libpcap's own
//! table of expressions has the same outcome.

#[path = "../corpus/mod.rs"]
mod corpus;
#[path = "../layered/mod.rs"]
mod layered;
#[expect(dead_code, reason = "the tests of the kernel side use the rest")]
#[path = "../support/mod.rs"]
mod support;

mod differential;
mod generate;
mod libpcap_cases;
mod oracle;
mod random;
mod real;
mod rules;
mod see_through;
mod tcpdump;
mod vocabulary;
