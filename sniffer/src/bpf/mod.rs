//! eBPF instructions: encoding, labels, assembling, disassembling. Knows nothing of packets, filters or the kernel API.
#![forbid(unsafe_code)]

mod insn;

mod assembler;
mod display;
mod encode;

pub use assembler::{AssembleError, Assembler, Label};
pub use display::{CArray, Decimal, Listing};
pub use encode::{RawInsn, encode};
pub use insn::{AluOp, Cond, Helper, Insn, Reg, Size, Source, Width};
