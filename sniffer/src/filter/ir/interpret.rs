//! Runs the intermediate form on a packet, for tests: it must agree with the evaluator before and after each pass.

use super::super::Packet;
use super::super::hir::{ChainVersion, MAX_CHAIN_HEADERS, Meta};
use super::values::swap_number;
use super::{BlockId, End, Expr, Guard, Ir, Val, Walk};

/// Whether the graph keeps the packet.
///
/// # Panics
/// When a value is used that no guard covers.
pub(crate) fn matches(ir: &Ir, packet: &Packet<'_>) -> bool {
    let run = Run { ir, packet };
    let mut at = ir.entry;
    loop {
        let block = &ir.blocks[at.index()];
        if !block.guards.iter().all(|guard| run.holds(*guard)) {
            return false;
        }
        at = match block.end {
            End::Accept => return true,
            End::Reject => return false,
            End::Jump(to) => to,
            End::Branch { test, yes, no } => {
                let (lhs, rhs) = (run.value(test.lhs), run.value(test.rhs));
                if test.op.holds(lhs, rhs) { yes } else { no }
            }
            End::Chain { walk, yes, no } => match run.chain(walk) {
                Some(met) => {
                    if met {
                        yes
                    } else {
                        no
                    }
                }
                None => BlockId::REJECT,
            },
            End::Lookup { key, yes, no } => {
                let words: Vec<_> = key.words.iter().flatten().map(|word| run.value(*word)).collect();
                if ir.sets[key.set.0 as usize].contains(&words) { yes } else { no }
            }
        }
    }
}

struct Run<'a> {
    ir: &'a Ir,
    packet: &'a Packet<'a>,
}

impl Run<'_> {
    fn holds(&self, guard: Guard) -> bool {
        match guard {
            Guard::Captured { index, end } => {
                let index = index.map_or(0, |index| self.value(index));
                u64::from(index) + u64::from(end) <= self.packet.data.len() as u64
            }
            Guard::NonZero(value) => self.value(value) != 0,
        }
    }

    fn value(&self, value: Val) -> u32 {
        let metadata = &self.packet.metadata;
        match self.ir.values.expr(value) {
            Expr::Const(number) => number,
            Expr::Load { index, offset, size } => {
                let start = index.map_or(0, |index| self.value(index)) as usize + offset as usize;
                let bytes =
                    self.packet.data.get(start..start + size as usize).expect("a guard covers the load");
                swap_number(bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte)), size)
            }
            Expr::Swap { value, size } => swap_number(self.value(value), size),
            Expr::Len => self.packet.original_len,
            Expr::Meta(Meta::Protocol) => u32::from(metadata.protocol.to_be()),
            Expr::Meta(Meta::PacketType) => metadata.packet_type.into(),
            Expr::Meta(Meta::IfIndex) => metadata.ifindex,
            Expr::Meta(Meta::VlanPresent) => metadata.vlan_tci.is_some().into(),
            Expr::Meta(Meta::VlanTci) => metadata.vlan_tci.unwrap_or(0).into(),
            Expr::Meta(Meta::Layer(layer)) => metadata.layer(layer),
            Expr::Alu { op, lhs, rhs } => {
                op.apply(self.value(lhs), self.value(rhs)).expect("a guard covers the divisor")
            }
        }
    }

    fn chain(&self, walk: Walk) -> Option<bool> {
        let (mut protocol, mut position) = (self.value(walk.first), self.value(walk.position));
        for _ in 0..MAX_CHAIN_HEADERS {
            if protocol == walk.protocol {
                return Some(true);
            }
            if !walk.version.leads_on(protocol) {
                return Some(false);
            }
            let header = self.packet.data.get(position as usize..)?.get(..2)?;
            position = position.wrapping_add(ChainVersion::header_length(protocol, header[1].into()));
            protocol = header[0].into();
        }
        Some(false)
    }
}
