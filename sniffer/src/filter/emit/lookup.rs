//! Look-ups in the maps of sets. A program calls the helper for each access, which the kernel turns into a few
//! instructions for arrays; keys and what is computed of them lie on the stack meanwhile.

use super::super::ir::{BlockId, SetId};
use super::super::set::table::buckets::{BUCKET, FACTORS, Region};
use super::super::set::table::ip::{ALL, GROUP_BITS, PARTLY_BITS};
use super::super::set::table::ports::BIT_BITS;
use super::super::set::table::{Layout, Table};
use super::code::{Code, SCRATCH, SCRATCH2};
use super::frame::Frame;
use super::steps::Operand;
use crate::bpf::{AluOp, Cond, Helper, Insn, Label, Reg, Size, Width};

/// The sets of a program.
#[derive(Clone, Copy)]
pub(super) struct Sets<'a> {
    /// All of them.
    pub(super) tables: &'a [Table],
    /// The first one of the graph that is being emitted.
    pub(super) first: usize,
}

/// Places on the stack; the same for all look-ups, of which each ends before another one begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slots {
    /// The key, in one or two 64-bit words.
    key: [i16; 2],
    /// The key's prefix that is looked up.
    prefix: [i16; 2],
    /// Its hash.
    hash: i16,
    /// The index of the value that the helper is asked for.
    index: i16,
}

impl Slots {
    fn new(frame: &mut Frame) -> Self {
        let mut slot = || frame.slot();
        Self { key: [slot(), slot()], prefix: [slot(), slot()], hash: slot(), index: slot() }
    }
}

/// Where a look-up goes on.
#[derive(Clone, Copy)]
struct Ends {
    yes: Label,
    no: Label,
}

impl Code<'_> {
    pub(super) fn lookup(&mut self, set: SetId, words: [Option<Operand>; 4], yes: BlockId, no: BlockId) {
        let ends = Ends { yes: self.label(yes), no: self.label(no) };
        let Sets { tables, first } = *self.sets;
        let number = first + set.0 as usize;
        let map = tables[..number].iter().map(|table| table.maps.len() as u32).sum();
        let Table { layout, .. } = &tables[number];
        match layout {
            Layout::Ip { first } => self.lookup_ip(words, map, *first, ends),
            Layout::Ports => self.lookup_port(words, map, ends),
            Layout::Buckets(regions) => self.lookup_buckets(words, map, regions, ends),
        }
    }

    /// [`crate::filter::set::table::ip`]
    fn lookup_ip(&mut self, words: [Option<Operand>; 4], map: u32, first: u32, ends: Ends) {
        let slots = self.save(words);
        let (pair, shift, group, index) = (Reg::R2, SCRATCH2, Reg::R1, Reg::R3);
        self.mov(index, SCRATCH);
        self.alu32(AluOp::Rsh, index, (u32::BITS - GROUP_BITS) as i32);
        if first > 0 {
            // Groups before it get indices beyond the end.
            self.alu32(AluOp::Sub, index, first as i32);
        }
        self.find(map, index, ends.no);
        self.load(Size::Double, group, Reg::R0, 0);
        self.load(Size::Double, shift, Reg::R10, slots.key[0]);
        // Two bits for each /24 of the group.
        self.alu32(AluOp::Rsh, shift, 7);
        self.alu32(AluOp::And, shift, 0x1e);
        self.mov(pair, group);
        self.asm.push(Insn::alu64(AluOp::Rsh, pair, shift));
        self.alu32(AluOp::And, pair, 3);
        self.asm.jump_if(Width::W32, Cond::Eq, pair, 0, ends.no);
        self.asm.jump_if(Width::W32, Cond::Eq, pair, ALL as u32, ends.yes);
        self.rank(group, shift, index);
        self.asm.push(Insn::alu64(AluOp::Rsh, group, u32::BITS as i32));
        self.asm.push(Insn::alu32(AluOp::Add, index, group));
        self.find(map + 1, index, ends.no);
        self.load(Size::Double, SCRATCH, Reg::R10, slots.key[0]);
        // The word of the bitmap, then the bit of the word.
        self.mov(Reg::R1, SCRATCH);
        self.alu32(AluOp::Rsh, Reg::R1, 3);
        self.alu32(AluOp::And, Reg::R1, 0x18);
        self.asm.push(Insn::alu64(AluOp::Add, Reg::R0, Reg::R1));
        self.bit(ends);
    }

    /// `rank` = how many /24s before the one at `shift` are covered partly: the number of their bits in `group`.
    fn rank(&mut self, group: Reg, shift: Reg, rank: Reg) {
        let half = Reg::R2;
        self.asm.push(Insn::alu32(AluOp::Mov, rank, 1));
        self.asm.push(Insn::alu32(AluOp::Lsh, rank, shift));
        self.alu32(AluOp::Sub, rank, 1);
        self.asm.push(Insn::alu32(AluOp::And, rank, group));
        self.asm.push(Insn::alu32(AluOp::And, rank, PARTLY_BITS));
        self.alu32(AluOp::Rsh, rank, 1);
        for (bits, mask) in [(2, 0x3333_3333_u32), (4, 0x0f0f_0f0f)] {
            self.mov(half, rank);
            self.alu32(AluOp::Rsh, half, bits);
            self.asm.push(Insn::alu32(AluOp::And, half, mask));
            self.asm.push(Insn::alu32(AluOp::And, rank, mask));
            self.asm.push(Insn::alu32(AluOp::Add, rank, half));
        }
        self.alu32(AluOp::Mul, rank, 0x0101_0101);
        self.alu32(AluOp::Rsh, rank, 24);
    }

    /// [`crate::filter::set::table::ports`]
    fn lookup_port(&mut self, words: [Option<Operand>; 4], map: u32, ends: Ends) {
        let slots = self.save(words);
        self.mov(Reg::R3, SCRATCH);
        self.alu32(AluOp::Rsh, Reg::R3, BIT_BITS as i32);
        self.find(map, Reg::R3, ends.no);
        self.load(Size::Double, SCRATCH, Reg::R10, slots.key[0]);
        self.bit(ends);
    }

    /// Decides by the bit of the word at `R0` whose number are the lowest bits of the scratch register.
    fn bit(&mut self, ends: Ends) {
        self.load(Size::Double, Reg::R1, Reg::R0, 0);
        self.alu32(AluOp::And, SCRATCH, u64::BITS as i32 - 1);
        self.asm.push(Insn::alu64(AluOp::Rsh, Reg::R1, SCRATCH));
        self.asm.jump_if(Width::W32, Cond::Set, Reg::R1, 1, ends.yes);
        self.asm.jump(ends.no);
    }

    /// [`crate::filter::set::table::buckets`]
    fn lookup_buckets(&mut self, words: [Option<Operand>; 4], map: u32, regions: &[Region], ends: Ends) {
        let key_words = words.iter().flatten().count().div_ceil(2);
        let slots = self.save(words);
        for region in regions {
            let key = if key_words == 1 { slots.key } else { self.prefix(&slots, region.length) };
            let key = &key[..key_words];
            self.hash(key, &slots);
            for factor in [FACTORS[1], FACTORS[2]] {
                let next = self.asm.label();
                self.load(Size::Double, Reg::R3, Reg::R10, slots.hash);
                self.multiply(Reg::R3, factor);
                self.asm.push(Insn::alu64(AluOp::Rsh, Reg::R3, u32::BITS as i32));
                self.asm.push(Insn::alu64(AluOp::Mul, Reg::R3, region.buckets as i32));
                self.asm.push(Insn::alu64(AluOp::Rsh, Reg::R3, u32::BITS as i32));
                self.asm.push(Insn::alu64(AluOp::Add, Reg::R3, region.first as i32));
                self.find(map, Reg::R3, next);
                self.compare(key, ends.yes);
                self.asm.bind(next);
            }
        }
        self.asm.jump(ends.no);
    }

    /// The key cut to so many bits of 128: where its words are.
    fn prefix(&mut self, slots: &Slots, length: u32) -> [i16; 2] {
        if length == u128::BITS {
            return slots.key;
        }
        let kept = [length.min(u64::BITS), length.saturating_sub(u64::BITS)];
        for ((from, to), kept) in slots.key.into_iter().zip(slots.prefix).zip(kept) {
            match u64::BITS - kept {
                u64::BITS => self.asm.push(Insn::mov(SCRATCH, 0)),
                cut => {
                    self.load(Size::Double, SCRATCH, Reg::R10, from);
                    for op in [AluOp::Rsh, AluOp::Lsh] {
                        self.asm.push(Insn::alu64(op, SCRATCH, cut as i32));
                    }
                }
            }
            self.store(to, SCRATCH);
        }
        slots.prefix
    }

    /// Stores the hash of a key, as the table was made with.
    fn hash(&mut self, key: &[i16], slots: &Slots) {
        self.load(Size::Double, SCRATCH, Reg::R10, key[0]);
        if let Some(second) = key.get(1) {
            self.load(Size::Double, SCRATCH2, Reg::R10, *second);
            self.multiply(SCRATCH2, FACTORS[2]);
            self.asm.push(Insn::alu64(AluOp::Xor, SCRATCH, SCRATCH2));
        }
        self.fold(32);
        self.multiply(SCRATCH, FACTORS[0]);
        self.fold(29);
        self.store(slots.hash, SCRATCH);
    }

    /// `scratch ^= scratch >> bits`
    fn fold(&mut self, bits: i32) {
        self.mov(SCRATCH2, SCRATCH);
        self.asm.push(Insn::alu64(AluOp::Rsh, SCRATCH2, bits));
        self.asm.push(Insn::alu64(AluOp::Xor, SCRATCH, SCRATCH2));
    }

    fn multiply(&mut self, reg: Reg, factor: u64) {
        self.asm.push(Insn::LoadWide { dst: Reg::R0, value: factor });
        self.asm.push(Insn::alu64(AluOp::Mul, reg, Reg::R0));
    }

    /// Goes to `yes` when the bucket at `R0` has the key.
    fn compare(&mut self, key: &[i16], yes: Label) {
        let registers = &[Reg::R1, Reg::R2][..key.len()];
        for (slot, reg) in key.iter().zip(registers) {
            self.load(Size::Double, *reg, Reg::R10, *slot);
        }
        let key_bytes = key.len() * size_of::<u64>();
        for place in (0..BUCKET as i16).step_by(key_bytes) {
            let next = self.asm.label();
            for (word, reg) in (0..).zip(registers) {
                self.load(Size::Double, Reg::R3, Reg::R0, place + word * 8);
                if usize::from(word.unsigned_abs()) + 1 == key.len() {
                    self.asm.jump_if(Width::W64, Cond::Eq, Reg::R3, *reg, yes);
                } else {
                    self.asm.jump_if(Width::W64, Cond::Ne, Reg::R3, *reg, next);
                }
            }
            self.asm.bind(next);
        }
    }

    /// `R0` = the address of the map's value number `index`, a register that the call destroys.
    fn find(&mut self, map: u32, index: Reg, missing: Label) {
        let at = self.slots().index;
        self.asm.push(Insn::Store { size: Size::Word, base: Reg::R10, offset: at, src: index.into() });
        self.asm.push(Insn::LoadOwnMap { dst: Reg::R1, index: map });
        self.mov(Reg::R2, Reg::R10);
        self.add(Reg::R2, at.into());
        self.asm.push(Insn::Call(Helper::MapLookup));
        self.asm.jump_if(Width::W64, Cond::Eq, Reg::R0, 0, missing);
    }

    /// Stores the key's words, two by two; the last one, if it is the only one, also stays in the scratch register.
    fn save(&mut self, words: [Option<Operand>; 4]) -> Slots {
        let slots = self.slots();
        let words: Vec<Operand> = words.into_iter().flatten().collect();
        for (pair, slot) in words.chunks(2).zip(slots.key) {
            self.copy(SCRATCH, pair[0]);
            if let Some(second) = pair.get(1) {
                self.asm.push(Insn::alu64(AluOp::Lsh, SCRATCH, u32::BITS as i32));
                let second = self.register(*second, SCRATCH2);
                self.asm.push(Insn::alu64(AluOp::Or, SCRATCH, second));
            }
            self.store(slot, SCRATCH);
        }
        slots
    }

    fn slots(&mut self) -> Slots {
        let frame = &mut *self.frame;
        *self.slots.get_or_insert_with(|| Slots::new(frame))
    }

    fn mov(&mut self, dst: Reg, src: Reg) {
        self.asm.push(Insn::mov(dst, src));
    }

    fn alu32(&mut self, op: AluOp, dst: Reg, number: i32) {
        self.asm.push(Insn::alu32(op, dst, number));
    }
}
