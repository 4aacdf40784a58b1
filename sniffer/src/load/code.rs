//! Instructions of the prebuilt object, as bytes: replacements for those that have to wait for the running kernel.
//!
//! Encodings are those of `Documentation/bpf/standardization/instruction-set.rst`.

use std::collections::HashSet;

/// The size of an instruction; that of a 64-bit constant takes two of these.
const SLOT: usize = 8;

const LOAD_IMM64: u8 = 0x18;
const LOAD_WORD: u8 = 0x61;
const LOAD_BYTE: u8 = 0x71;
const MOV32_IMM: u8 = 0xb4;
const MOV64_IMM: u8 = 0xb7;
const JUMP: u8 = 0x05;
const CALL: u8 = 0x85;
const EXIT: u8 = 0x95;
/// In a call's source register: the immediate is the BTF id of a kernel function (`BPF_PSEUDO_KFUNC_CALL`).
const KERNEL_FUNCTION: u8 = 2;

type Insn = [u8; SLOT];

/// A jump to the next instruction, which the verifier removes.
const NOTHING: Insn = [JUMP, 0, 0, 0, 0, 0, 0, 0];

/// A call of a kernel function, or `r0 = 0` for one that does not exist.
pub(super) fn call(btf_id: Option<u32>) -> Insn {
    match btf_id {
        Some(id) => insn(CALL, KERNEL_FUNCTION << 4, id),
        None => insn(MOV64_IMM, 0, 0),
    }
}

/// The instructions of one section.
pub(super) struct Code<'a> {
    slots: &'a [Insn],
    /// The slots that are jumped to.
    targets: HashSet<usize>,
}

impl<'a> Code<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let slots = bytes.as_chunks().0;
        let targets = (0..).zip(slots).filter_map(|(at, insn)| target(at, *insn)).collect();
        Self { slots, targets }
    }

    /// What to put in the place of `r = address; r = *(r + 0)` at a position in bytes, for a value at that address. None
    /// where the code is not that, or where the load is come to in another way too.
    pub(super) fn constant(&self, at: u64, value: u32) -> Option<Vec<u8>> {
        let first = at as usize / SLOT;
        let [address, _, load] = self.slots.get(first..)?.first_chunk()?;
        let register = address[1] & 0xf;
        let is_load = matches!(load[0], LOAD_WORD | LOAD_BYTE)
            && load[1] == register << 4 | register
            && load[2..4] == [0, 0];
        if address[0] != LOAD_IMM64 || !is_load || self.targets.contains(&(first + 2)) {
            return None;
        }
        Some([insn(MOV32_IMM, register, value), NOTHING, NOTHING].concat())
    }
}

/// The slot that an instruction jumps to.
fn target(at: usize, insn: Insn) -> Option<usize> {
    let is_jump = matches!(insn[0] & 0x7, 0x5 | 0x6) && !matches!(insn[0], CALL | EXIT);
    let offset = i16::from_le_bytes([insn[2], insn[3]]);
    is_jump.then(|| (at + 1).checked_add_signed(isize::from(offset))).flatten()
}

fn insn(opcode: u8, registers: u8, immediate: u32) -> Insn {
    let [a, b, c, d] = immediate.to_le_bytes();
    [opcode, registers, 0, 0, a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `r2 = address; r2 = *(u32 *)(r2 + 0)`, with changes.
    fn reading(change: impl FnOnce(&mut [Insn])) -> Vec<u8> {
        let mut insns =
            [insn(LOAD_IMM64, 2, 0), insn(0, 0, 0), insn(LOAD_WORD, 0x22, 0), NOTHING, insn(EXIT, 0, 0)];
        change(&mut insns);
        insns.concat()
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut [Insn]), expected: Option<[Insn; 3]>) {
        let code = reading(change);
        assert_eq!(Code::new(&code).constant(0, 0x0102_0304), expected.map(|insns| insns.concat()));
    }

    #[test]
    fn only_a_load_of_the_whole_word_into_its_own_address_becomes_a_constant() {
        let constant = [[MOV32_IMM, 2, 0, 0, 4, 3, 2, 1], NOTHING, NOTHING];
        check(|_| {}, Some(constant));
        check(|insns| insns[2][0] = LOAD_BYTE, Some(constant));
        // The address is used again, a part of the word is read, or it is not read at once.
        check(|insns| insns[2][1] = 0x23, None);
        check(|insns| insns[2][1] = 0x32, None);
        check(|insns| insns[2][2] = 2, None);
        check(|insns| insns[2] = NOTHING, None);
    }

    #[test]
    fn a_load_that_is_jumped_to_stays() {
        let back = |low| [JUMP, 0, low, 0xff, 0, 0, 0, 0];
        check(|insns| insns[3] = back(0xfe), None);
        let constant = [[MOV32_IMM, 2, 0, 0, 4, 3, 2, 1], NOTHING, NOTHING];
        check(|insns| insns[3] = back(0xfc), Some(constant));
    }
}
