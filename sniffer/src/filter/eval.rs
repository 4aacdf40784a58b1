//! The reference evaluator: what a condition says of one packet, computed from the [`Hir`] alone. It filters savefiles
//! and is what every other engine is compared with. Must not know how code is generated.

use super::Packet;
use super::hir::{
    Chain, ChainVersion, Hir, MAX_CHAIN_HEADERS, MAX_KEY_WORDS, MAX_VARS, Member, Meta, Size, Value, Var,
};

/// Whether the filter keeps the packet. Allocates nothing; the depth of the recursion is that of the condition.
pub fn matches(hir: &Hir, packet: &Packet<'_>) -> bool {
    let mut machine = Machine { packet, vars: [0; MAX_VARS] };
    machine.condition(hir).unwrap_or(false)
}

/// Ends the evaluation: the packet is rejected, whatever stands around the place that did it.
struct Rejected;

struct Machine<'a> {
    packet: &'a Packet<'a>,
    vars: [u32; MAX_VARS],
}

impl Machine<'_> {
    fn condition(&mut self, hir: &Hir) -> Result<bool, Rejected> {
        match hir {
            Hir::Const(value) => Ok(*value),
            Hir::Not(inner) => Ok(!self.condition(inner)?),
            Hir::All(items) => self.until(items, false),
            Hir::Any(items) => self.until(items, true),
            Hir::Compare { op, lhs, rhs } => {
                let lhs = self.value(lhs)?;
                Ok(op.holds(lhs, self.value(rhs)?))
            }
            Hir::Set { var, value } => {
                let value = self.value(value)?;
                if let Some(slot) = self.vars.get_mut(var.0 as usize) {
                    *slot = value;
                }
                Ok(true)
            }
            Hir::Chain(chain) => self.chain(chain),
            Hir::Member(member) => self.member(member),
        }
    }

    /// Evaluates in order up to the first condition that is `end`; gives the last result.
    fn until(&mut self, items: &[Hir], end: bool) -> Result<bool, Rejected> {
        for item in items {
            if self.condition(item)? == end {
                return Ok(end);
            }
        }
        Ok(!end)
    }

    fn value(&self, value: &Value) -> Result<u32, Rejected> {
        match value {
            Value::Const(number) => Ok(*number),
            Value::Load { index, offset, size } => {
                let index = index.as_deref().map_or(Ok(0), |index| self.value(index))?;
                self.load(index, *offset, *size)
            }
            Value::Len => Ok(self.packet.original_len),
            Value::Meta(meta) => Ok(self.meta(*meta)),
            Value::Var(var) => Ok(self.var(*var)),
            Value::Alu { op, lhs, rhs } => {
                let lhs = self.value(lhs)?;
                op.apply(lhs, self.value(rhs)?).ok_or(Rejected)
            }
        }
    }

    fn load(&self, index: u32, offset: u32, size: Size) -> Result<u32, Rejected> {
        let start = (index as usize).checked_add(offset as usize).ok_or(Rejected)?;
        let bytes =
            self.packet.data.get(start..).and_then(|rest| rest.get(..size as usize)).ok_or(Rejected)?;
        Ok(bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte)))
    }

    fn var(&self, var: Var) -> u32 {
        self.vars.get(var.0 as usize).copied().unwrap_or(0)
    }

    fn meta(&self, meta: Meta) -> u32 {
        let metadata = &self.packet.metadata;
        match meta {
            Meta::Protocol => u32::from(metadata.protocol),
            Meta::PacketType => u32::from(metadata.packet_type),
            Meta::IfIndex => metadata.ifindex,
            Meta::VlanPresent => u32::from(metadata.vlan_tci.is_some()),
            Meta::VlanTci => u32::from(metadata.vlan_tci.unwrap_or(0)),
            Meta::Layer(layer) => metadata.layer(layer),
        }
    }

    fn member(&self, member: &Member) -> Result<bool, Rejected> {
        let mut key = [0; MAX_KEY_WORDS];
        for (word, value) in key.iter_mut().zip(&member.key) {
            *word = self.value(value)?;
        }
        Ok(member.set.contains(&key[..member.key.len().min(MAX_KEY_WORDS)]))
    }

    /// Follows next-header bytes: each header names the protocol of the next one in its first byte and, except in
    /// AH, its length less one in units of 8 bytes in its second.
    fn chain(&self, chain: &Chain) -> Result<bool, Rejected> {
        let mut protocol = self.value(&chain.first)?;
        let mut position = self.value(&chain.position)?;
        for _ in 0..MAX_CHAIN_HEADERS {
            if protocol == chain.protocol {
                return Ok(true);
            }
            if !chain.version.leads_on(protocol) {
                return Ok(false);
            }
            let next = self.load(position, 0, Size::Byte)?;
            let length = self.load(position, 1, Size::Byte)?;
            position = position.wrapping_add(ChainVersion::header_length(protocol, length));
            protocol = next;
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::super::hir::{AluOp, Relation};
    use super::super::{Layer, Metadata};
    use super::*;

    fn load(offset: u32, size: Size) -> Value {
        Value::Load { index: None, offset, size }
    }

    fn compare(lhs: Value, op: Relation, rhs: u32) -> Hir {
        Hir::Compare { op, lhs, rhs: Value::Const(rhs) }
    }

    fn alu(op: AluOp, lhs: Value, rhs: Value) -> Value {
        Value::Alu { op, lhs: lhs.into(), rhs: rhs.into() }
    }

    /// A condition that rejects the packet.
    fn beyond() -> Hir {
        compare(load(8, Size::Byte), Relation::Eq, 0)
    }

    const DATA: &[u8] = &[0x12, 0x34, 0x56, 0x78, 0x02, 0x00, 0x00, 0x01];

    fn check(hir: &Hir, expected: bool) {
        let layers = [Layer(0), Layer(1), Layer(2), Layer(3)];
        let metadata =
            Metadata { protocol: 0x86dd, packet_type: 4, ifindex: 7, vlan_tci: Some(0x2064), layers };
        let packet = Packet { data: DATA, original_len: 1500, metadata };
        assert_eq!(matches(hir, &packet), expected, "{hir:?}");
    }

    #[test]
    fn loads_are_big_endian_and_end_with_the_captured_bytes() {
        check(&compare(load(0, Size::Word), Relation::Eq, 0x1234_5678), true);
        check(&compare(load(1, Size::Half), Relation::Eq, 0x3456), true);
        check(&compare(load(7, Size::Byte), Relation::Eq, 1), true);
        check(&compare(load(7, Size::Half), Relation::Ge, 0), false);
        check(&compare(load(u32::MAX, Size::Word), Relation::Ge, 0), false);
        let moving = |index: Value| Value::Load { index: Some(index.into()), offset: 2, size: Size::Byte };
        check(&compare(moving(load(4, Size::Byte)), Relation::Eq, 2), true);
        check(&compare(moving(Value::Const(u32::MAX)), Relation::Ge, 0), false);
    }

    #[test]
    fn a_rejection_stands_above_all_logic_but_only_where_it_is_reached() {
        check(&beyond(), false);
        check(&Hir::Not(beyond().into()), false);
        check(&Hir::Any(vec![beyond(), Hir::Const(true)]), false);
        check(&Hir::Any(vec![Hir::Const(true), beyond()]), true);
        check(&Hir::Not(Hir::All(vec![Hir::Const(false), beyond()]).into()), true);
        check(&Hir::All(vec![]), true);
        check(&Hir::Any(vec![]), false);
    }

    #[test]
    fn arithmetic_wraps_and_division_by_zero_rejects() {
        let byte = || load(4, Size::Byte); // 2
        let zero = || load(5, Size::Byte);
        let table = [
            (AluOp::Sub, zero(), byte(), u32::MAX - 1),
            (AluOp::Mul, Value::Const(0x8000_0001), byte(), 2),
            (AluOp::Div, Value::Const(7), byte(), 3),
            (AluOp::Mod, Value::Const(7), byte(), 1),
            (AluOp::Shl, byte(), Value::Const(31), 0),
            (AluOp::Shl, byte(), Value::Const(32), 0),
            (AluOp::Shr, Value::Const(u32::MAX), Value::Const(33), 0),
            (AluOp::Xor, byte(), Value::Const(3), 1),
        ];
        for (op, lhs, rhs, expected) in table {
            check(&compare(alu(op, lhs, rhs), Relation::Eq, expected), true);
        }
        for op in [AluOp::Div, AluOp::Mod] {
            let rejected = compare(alu(op, byte(), zero()), Relation::Eq, 1);
            check(&Hir::Not(rejected.into()), false);
        }
    }

    #[test]
    fn comparisons_are_unsigned() {
        let minus_one = || alu(AluOp::Sub, Value::Const(0), Value::Const(1));
        for (op, expected) in [
            (Relation::Gt, true),
            (Relation::Ge, true),
            (Relation::Ne, true),
            (Relation::Lt, false),
            (Relation::Le, false),
            (Relation::Eq, false),
        ] {
            check(&compare(minus_one(), op, 0), expected);
        }
    }

    #[test]
    fn what_is_beside_the_bytes_can_be_compared() {
        check(&compare(Value::Len, Relation::Eq, 1500), true);
        for (meta, expected) in [
            (Meta::Protocol, 0x86dd),
            (Meta::PacketType, 4),
            (Meta::IfIndex, 7),
            (Meta::VlanPresent, 1),
            (Meta::VlanTci, 0x2064),
            (Meta::Layer(2), 2),
            (Meta::Layer(4), 0),
        ] {
            check(&compare(Value::Meta(meta), Relation::Eq, expected), true);
        }
    }

    #[test]
    fn variables_begin_with_zero_and_are_set_only_when_reached() {
        let var = Var(3);
        let set = || Hir::Set { var, value: Value::Const(4) };
        let is = |value| compare(Value::Var(var), Relation::Eq, value);
        check(&is(0), true);
        check(&Hir::All(vec![set(), is(4)]), true);
        check(&Hir::All(vec![Hir::Any(vec![Hir::Const(true), set()]), is(0)]), true);
    }

    #[test]
    fn chains_are_walked_to_the_protocol_or_to_their_end() {
        // Hop-by-hop (8 bytes), AH (12 bytes), fragment (8 bytes), then UDP.
        let mut data = [0_u8; 28];
        data[0] = 51;
        (data[8], data[9]) = (44, 1);
        data[20] = 17;
        let walk = |version, first, protocol, data: &[u8]| {
            let (first, position) = (Value::Const(first), Value::Const(0));
            let hir = Hir::Chain(Chain { version, first, position, protocol });
            matches(&hir, &Packet { data, original_len: 28, metadata: Metadata::default() })
        };
        let v6 = ChainVersion::V6;
        for protocol in [0, 51, 44, 17] {
            assert!(walk(v6, 0, protocol, &data), "{protocol}");
        }
        assert!(!walk(v6, 0, 6, &data), "the chain ends at UDP");
        assert!(!walk(v6, 0, 17, &data[..21]), "the second byte of the last header is missing");
        assert!(!walk(ChainVersion::V4, 0, 51, &data), "IPv4 does not walk hop-by-hop headers");
        assert!(walk(ChainVersion::V4, 51, 6, &[6, 0, 0, 0]));
        // Headers that lead to one another for ever end the walk.
        let endless = vec![0; 8 * (MAX_CHAIN_HEADERS as usize + 2)];
        assert!(!walk(v6, 0, 17, &endless));
    }
}
