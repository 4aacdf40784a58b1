//! The machine of the code generator's own tests.

#[path = "../../../src/filter/emit/simulate.rs"]
mod simulate;

use crate::filter::Packet;
use crate::filter::emit::{DirectLayout, Program};

/// What the machine's kernel looks like.
pub(super) const LAYOUT: DirectLayout = simulate::LAYOUT;

/// What the program returns for a packet of which the first `linear` bytes can be read in place.
pub(super) fn verdict(program: &Program, packet: &Packet<'_>, linear: usize) -> u32 {
    simulate::run(program, packet, linear).verdict
}
