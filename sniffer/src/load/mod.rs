//! Generated code and the prebuilt object become loaded programs and maps. Knows no filter source text and no capture.
//!
//! The stages are slots of one program array; [`Pipeline`] owns it:
//!
//! ```text
//! ingress (attached) ─► filter (generated, may be absent) ─► accept
//! ```
//!
//! What the kernel can do is found out by trying to load, never by its version.
#![forbid(unsafe_code)]

mod pipeline;

mod btf;
mod elf;
mod error;
mod logs;
mod object;
mod program;

pub use btf::{BtfError, SkbLayout};
pub use elf::ElfError;
pub use error::{DirectError, Error};
pub use logs::Logs;
pub use pipeline::{Config, KernelPath, Pipeline};
pub use program::{Standalone, TestFrame};
