//! `Ir` → eBPF. The same decision graph is emitted once for each way of reading packets:
//!
//! - **in place**: one check of the linear length, then loads at `skb->data` through a pointer that the kernel
//!   functions `bpf_cast_to_kern_ctx` and `bpf_rdonly_cast` make readable. A frame with too few linear bytes starts
//!   again the other way, so that checks may ask for more than a path needs;
//! - **by copy**: one `bpf_skb_load_bytes` of the first bytes to the stack, one more for each load that it does not
//!   cover. Exact: bytes that are not captured reject the frame.
//!
//! [`Access::Compat`] has the second part only, which any kernel from 5.10 loads for a process with `CAP_BPF`. Must
//! not know where the numbers of a [`DirectLayout`] come from, nor which kernel runs.

mod access;
mod allocate;
mod arithmetic;
mod chain;
mod checks;
mod code;
mod direct;
mod frame;
mod liveness;
mod lookup;
mod schedule;
mod steps;
mod tier;
mod window;

#[cfg(test)]
mod simulate;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

use super::hir::Hir;
use super::ir::{self, Ir};
use super::passes;
use super::set::table::Table;
use crate::bpf::{AssembleError, Insn, Listing};

pub use super::ir::{InCode, LimitError};
pub use super::set::table::MapImage;

/// The most slots that a program may have: `BPF_COMPLEXITY_LIMIT_INSNS` of the kernel's `include/linux/bpf.h`.
pub const MAX_SLOTS: usize = 1_000_000;

/// The stack of a program in bytes: `MAX_BPF_STACK` of the kernel's `include/linux/filter.h`.
pub const MAX_STACK: u32 = 512;

/// What the running kernel must tell for reads in place. Offsets are in bytes, ids are those of types in its BTF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DirectLayout {
    /// Offset of `len` in `struct sk_buff`.
    pub len: i16,
    /// Offset of `data_len` in `struct sk_buff`.
    pub data_len: i16,
    /// Offset of `data` in `struct sk_buff`.
    pub data: i16,
    /// The function `bpf_cast_to_kern_ctx`.
    pub cast_to_kern_ctx: u32,
    /// The function `bpf_rdonly_cast`.
    pub rdonly_cast: u32,
    /// A structure that ends in a flexible array of bytes; the verifier lets any offset behind it be read.
    pub flex_struct: u32,
    /// How many bytes before the packet such a structure is to begin, at least its size.
    pub flex_bias: u8,
}

/// How a program reads packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// In place where the bytes are linear, else by copy. Needs kernel 6.2, `CAP_BPF`, `CAP_PERFMON` and a licence
    /// compatible with the GPL.
    Direct(DirectLayout),
    /// By copy only.
    Compat,
}

/// What a program does with a frame that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnMatch {
    /// Returns the number: how many bytes of the frame a socket is to keep.
    Return(u32),
    /// Goes on in another program. When the slot is empty, the whole frame is kept.
    TailCall {
        /// File descriptor of the program array.
        map_fd: i32,
        /// The slot.
        slot: u32,
    },
    /// Returns a number that an earlier program has left in the frame's control buffer, with something added.
    ReturnNoted {
        /// Which of the five words of the control buffer.
        word: u8,
        /// What is added.
        more: u32,
        /// The most that is returned.
        at_most: u32,
    },
}

/// What a filter is compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// How packets are read.
    pub access: Access,
    /// What follows a match.
    pub on_match: OnMatch,
}

/// A socket filter program; its [`fmt::Display`] is a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The instructions.
    pub insns: Vec<Insn>,
    /// The array maps that [`Insn::LoadOwnMap`] of the instructions names by their places.
    pub maps: Arc<[MapImage]>,
}

impl Program {
    /// The instructions with the program's maps as these file descriptors, one for each of [`Program::maps`].
    pub fn with_maps(&self, fds: &[i32]) -> Vec<Insn> {
        let bound = |insn: &Insn| match *insn {
            // A place without a map is no program that the kernel takes.
            Insn::LoadOwnMap { dst, index } => {
                Insn::LoadMap { dst, fd: fds.get(index as usize).copied().unwrap_or(-1) }
            }
            insn => insn,
        };
        self.insns.iter().map(bound).collect()
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Listing(&self.insns).fmt(f)
    }
}

/// Why a condition has no program.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum EmitError {
    /// The condition is too large for any program.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// Too many values are needed at once.
    #[error("the filter needs {0} bytes of stack: at most {MAX_STACK} are allowed")]
    TooMuchStack(u32),
    /// Too long a program.
    #[error("the filter needs {0} instructions: at most {MAX_SLOTS} are allowed")]
    TooLong(usize),
    /// Too long a jump.
    #[error("the filter is too long")]
    Jump(#[from] AssembleError),
}

/// The program for a condition.
///
/// # Errors
///
/// When the condition exceeds a limit of the kernel's machine.
pub fn emit(hir: &Hir, target: &Target) -> Result<Program, EmitError> {
    emit_rules(&[(hir, target.on_match)], OnMatch::Return(0), target.access)
}

/// The program for a condition as it stands.
///
/// # Errors
///
/// When the condition exceeds a limit of the kernel's machine.
pub fn emit_unoptimized(hir: &Hir, target: &Target) -> Result<Program, EmitError> {
    within_limits(|in_code| {
        let ir = ir::build_with(hir, in_code)?;
        emit_graphs(&[(ir, target.on_match)], OnMatch::Return(0), target.access)
    })
}

/// The program for conditions that are tried in turn: it does what belongs to the first that holds, or else what is done
/// `otherwise`. A condition that asks for bytes which the frame does not have does not hold.
///
/// # Errors
///
/// When the conditions exceed a limit of the kernel's machine.
pub fn emit_rules(
    rules: &[(&Hir, OnMatch)],
    otherwise: OnMatch,
    access: Access,
) -> Result<Program, EmitError> {
    let rules: Vec<_> = rules.iter().map(|(hir, on_match)| (ir::factor(hir), *on_match)).collect();
    within_limits(|in_code| emit_improved(&rules, otherwise, access, in_code))
}

/// The program for a condition whose sets are searched in that way, or none: for the one who measures which way is faster.
///
/// # Errors
///
/// When the condition exceeds a limit of the kernel's machine.
pub fn emit_searching(hir: &Hir, target: &Target, in_code: InCode) -> Result<Program, EmitError> {
    emit_improved(&[(ir::factor(hir), target.on_match)], OnMatch::Return(0), target.access, in_code)
}

fn emit_improved(
    rules: &[(Hir, OnMatch)],
    otherwise: OnMatch,
    access: Access,
    in_code: InCode,
) -> Result<Program, EmitError> {
    let mut graphs = Vec::new();
    for (hir, on_match) in rules {
        let mut ir = ir::build_with(hir, in_code)?;
        passes::run(&mut ir);
        graphs.push((ir, *on_match));
    }
    emit_graphs(&graphs, otherwise, access)
}

/// Emits with small sets in code; when several of them are too much together, with all sets in maps.
fn within_limits(emit: impl Fn(InCode) -> Result<Program, EmitError>) -> Result<Program, EmitError> {
    match emit(InCode::BEST) {
        Err(EmitError::Jump(_) | EmitError::TooLong(_)) => emit(InCode::NEVER),
        result => result,
    }
}

fn emit_graphs(rules: &[(Ir, OnMatch)], otherwise: OnMatch, access: Access) -> Result<Program, EmitError> {
    let sets: Vec<_> = rules.iter().flat_map(|(ir, _)| &ir.sets).collect();
    let tables: Vec<Table> = sets.into_iter().map(|set| Table::of(set)).collect();
    let insns = tier::emit(rules, &tables, otherwise, access)?;
    let slots = insns.iter().map(Insn::slots).sum();
    if slots > MAX_SLOTS {
        return Err(EmitError::TooLong(slots));
    }
    Ok(Program { insns, maps: tables.into_iter().flat_map(|table| table.maps).collect() })
}
