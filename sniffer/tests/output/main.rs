//! `--json` and `--fields` of whole savefiles, as scripts read them. Needs no privilege; compares with an installed tshark
//! where there is one, and reads the captures beside the checkout where they exist.

#[expect(dead_code, reason = "a part of the laboratory is enough here")]
#[path = "../support/mod.rs"]
mod support;

mod applications;
mod fields;
mod json;
mod quic;
mod savefiles;
mod tls;
