//! The headers of variable length before the payload of an 802.11 frame: their lengths are computed once, before
//! everything else, and only if something asks for them.

use super::Lowerer;
use crate::filter::build::{add, all, alu, and, any, equal, load, masked, not, or, set};
use crate::filter::hir::{AluOp, Hir, Size, Value, Var};
use crate::filter::link::{Link, Radio, Scheme};
use crate::filter::wlan::{CONTROL, DATA};
use crate::packet::LinkType;

/// Holds the length of what precedes an 802.11 header.
pub(super) const RADIO: Var = Var(0);
/// Holds the position behind an 802.11 header.
pub(super) const WLAN_PAYLOAD: Var = Var(1);
/// The subtype bit of data frames with a `QoS` field.
const QOS: u8 = 0x80;

impl Lowerer<'_> {
    /// `hir` behind the computation of the positions that it uses.
    pub(super) fn with_radio_header(&self, hir: Hir) -> Hir {
        let link = Link::of(self.options.link_type);
        if link.scheme != Scheme::Wlan {
            return hir;
        }
        let radio = link.radio();
        let uses_payload = mentions(&hir, WLAN_PAYLOAD);
        let uses_radio = radio != Radio::None && (uses_payload || mentions(&hir, RADIO));
        let mut steps = Vec::new();
        if radio == Radio::Ppi {
            const PPI_LINK_TYPE: u32 = 4;
            steps.push(equal(
                load(None, PPI_LINK_TYPE, Size::Word),
                u32::from(LinkType::IEEE802_11.0).swap_bytes(),
            ));
        }
        if uses_radio {
            steps.push(radio_header(radio));
        }
        if uses_payload {
            steps.push(wlan_header(radio));
        }
        all(steps.into_iter().chain([hir]))
    }
}

/// Stores the length of what precedes the 802.11 header.
fn radio_header(radio: Radio) -> Hir {
    const AVS_LENGTH: u32 = 4;
    const PRISM_LENGTH: u32 = 144;
    let avs = || set(RADIO, load(None, AVS_LENGTH, Size::Word));
    match radio {
        Radio::None => Hir::Const(true),
        Radio::Avs => avs(),
        // Some drivers send AVS headers under the name of Prism; a magic number tells.
        Radio::Prism => or(
            and(masked(load(None, 0, Size::Word), 0xffff_f000, 0x8021_1000), avs()),
            set(RADIO, Value::Const(PRISM_LENGTH)),
        ),
        Radio::Radiotap | Radio::Ppi => {
            let high = alu(AluOp::Shl, load(None, 3, Size::Byte), Value::Const(8));
            set(RADIO, alu(AluOp::Or, high, load(None, 2, Size::Byte)))
        }
    }
}

/// Stores the position of the LLC header: behind 24 bytes, in `QoS` data frames 26, and padding where radiotap says so.
fn wlan_header(radio: Radio) -> Hir {
    const HEADER: u32 = 24;
    let start = if radio == Radio::None { Value::Const(0) } else { Value::Var(RADIO) };
    let control = |bits: u8| masked(load(Some(start.clone()), 0, Size::Byte), bits.into(), bits.into());
    let grown = |bytes| set(WLAN_PAYLOAD, add(Value::Var(WLAN_PAYLOAD), Value::Const(bytes)));
    let qos = or(and(control(QOS), grown(2)), Hir::Const(true));
    let padding = if radio == Radio::Radiotap { radiotap_padding() } else { Hir::Const(true) };
    let data_frame = all([control(DATA), not(control(CONTROL)), qos, padding]);
    and(set(WLAN_PAYLOAD, add(start.clone(), Value::Const(HEADER))), or(data_frame, Hir::Const(true)))
}

/// Rounds the payload's position up when the flags field of radiotap says that the hardware aligned it. All fields are
/// little-endian.
fn radiotap_padding() -> Hir {
    const PRESENT: u32 = 4;
    const HAS_TSFT: u32 = 0x0000_0001_u32.swap_bytes();
    const HAS_FLAGS: u32 = 0x0000_0002_u32.swap_bytes();
    const HAS_MORE: u32 = 0x8000_0000_u32.swap_bytes();
    const PADDED: u32 = 0x20;
    let present = |bit| masked(load(None, PRESENT, Size::Word), bit, bit);
    let padded = |flags| masked(load(None, flags, Size::Byte), PADDED, PADDED);
    let rounded = alu(AluOp::And, add(Value::Var(WLAN_PAYLOAD), Value::Const(3)), Value::Const(!3));
    all([
        present(HAS_FLAGS),
        not(present(HAS_MORE)),
        any([and(present(HAS_TSFT), padded(16)), and(not(present(HAS_TSFT)), padded(8))]),
        set(WLAN_PAYLOAD, rounded),
    ])
}

/// Whether `hir` reads `var`.
fn mentions(hir: &Hir, var: Var) -> bool {
    match hir {
        Hir::Const(_) => false,
        Hir::Not(inner) => mentions(inner, var),
        Hir::All(items) | Hir::Any(items) => items.iter().any(|item| mentions(item, var)),
        Hir::Compare { lhs, rhs, .. } => reads(lhs, var) || reads(rhs, var),
        Hir::Set { value, .. } => reads(value, var),
        Hir::Chain(chain) => reads(&chain.first, var) || reads(&chain.position, var),
        Hir::Member(member) => member.key.iter().any(|word| reads(word, var)),
    }
}

fn reads(value: &Value, var: Var) -> bool {
    match value {
        Value::Const(_) | Value::Len | Value::Meta(_) => false,
        Value::Var(other) => *other == var,
        Value::Load { index, .. } => index.as_deref().is_some_and(|index| reads(index, var)),
        Value::Alu { lhs, rhs, .. } => reads(lhs, var) || reads(rhs, var),
    }
}
