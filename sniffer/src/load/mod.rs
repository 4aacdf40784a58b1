//! Generated code and the prebuilt object become loaded programs and maps. Knows no filter source text and no capture.
//!
//! The stages are slots of one program array; [`Pipeline`] owns it:
//!
//! ```text
//! ingress (attached) ─► filter (generated, may be absent) ─► accept, reduce or tally ─► rules of --snap (generated)
//! ```
//!
//! What the kernel can do is found out by trying to load, never by its version.
#![forbid(unsafe_code)]

mod config;
mod pipeline;
mod reductions;
mod stages;

mod btf;
mod code;
mod elf;
mod error;
mod logs;
mod maps;
mod object;
mod program;

mod standalone;
mod test_run;

pub use btf::{BtfError, SkbLayout};
pub use config::{Config, KernelPath, TallySizes};
pub use elf::ElfError;
pub use error::{DirectError, Error};
pub use logs::Logs;
pub use pipeline::Pipeline;
pub use reductions::{FlowLimit, Rate, Reductions, Share, SnapTo};
pub use sniffer_common::LinkHeader;
pub use standalone::Standalone;
pub use test_run::TestFrame;
