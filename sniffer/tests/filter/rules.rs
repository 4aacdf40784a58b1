//! Why a filter of ours may differ from tcpdump's: one rule for each difference that `docs/filter-language.md` names. A
//! rule looks at the expression and at the frame; what none explains is an error.

use sniffer::filter::ast::{
    Arith, ByteOp, Connective, Encapsulation, Expr, IdKind, Kind, Primitive, Protocol,
};
use sniffer::filter::hir::Hir;
use sniffer::filter::{ErrorKind, Filter, Packet, Span, matches, parse};
use sniffer::packet::LinkType;

use crate::tcpdump::{Version, saved};

/// The reason in words.
pub(crate) type Rule = &'static str;

/// Differences to every version of libpcap.
mod always {
    use super::Rule;

    pub(super) const CONSTANT: Rule =
        "a constant division by zero or shift, which only libpcap's optimizer sees";
    pub(super) const INDEX: Rule = "libpcap takes an index for the operand of a division or shift";
    pub(super) const REGISTERS: Rule = "libpcap runs out of registers";
    pub(super) const OPTIMIZER: Rule = "libpcap's optimizer drops or moves a load beyond the captured bytes";
    pub(super) const EMPTY_WORDS: Rule = "a word that a netmask leaves nothing of is not read";
    pub(super) const RIGHT_GUARD: Rule = "libpcap forgets the guard of a right operand";
    pub(super) const POSITIONS: Rule = "positions do not wrap";
}

/// Differences to versions before the one that we follow.
mod old {
    use super::Rule;

    pub(super) const LARGE: Rule = "before 1.11: numbers that are too large";
    pub(super) const DECNET: Rule = "before 1.11: decnet net is decnet host";
    pub(super) const WORDS: Rule = "before 1.11: no vxlan";
    pub(super) const RANGES: Rule = "before 1.11: decimal numbers in ranges only";
    pub(super) const BYTE: Rule = "before 1.11: byte I & V and byte I | V read nothing";
    pub(super) const MULTICAST: Rule = "before 1.10.6: ip multicast is 224.0.0.0/3";
    pub(super) const ISIS: Rule = "before 1.11: reserved bits of IS-IS types are compared";
    pub(super) const TUNNEL: Rule =
        "before 1.10.7: tests behind a tunnel that is not there read unset registers";
    pub(super) const BYTE_ORDER: Rule = "before 1.11: one byte order of NULL";
    pub(super) const OPTIMIZER: Rule = "before 1.10.5: mistakes of libpcap's optimizer";
    pub(super) const RADIO: Rule = "before 1.10.6: positions behind a radio header are overwritten";
}

/// Why we alone refuse an expression.
pub(crate) fn of_our_refusal(kind: &ErrorKind) -> Option<Rule> {
    match kind {
        ErrorKind::DivisionByZero | ErrorKind::Shift => Some(always::CONSTANT),
        ErrorKind::TooLarge { .. } | ErrorKind::Decnet(_) => Some(old::LARGE),
        ErrorKind::Qualifier { qualifier, subject } if qualifier == "decnet" && subject == "net" => {
            Some(old::DECNET)
        }
        _ => None,
    }
}

/// Why tcpdump alone refuses an expression.
pub(crate) fn of_their_refusal(text: &str, why: &str) -> Option<Rule> {
    let has = |word: &str| text.split(' ').any(|part| part == word);
    let says = |words: &[&str]| words.iter().any(|words| why.contains(words));
    if says(&["too many registers"]) {
        Some(always::REGISTERS)
    } else if says(&["division by zero", "modulus by zero", "shift by more than"]) {
        Some(always::INDEX)
    } else if has("vxlan") && says(&["syntax error", "vxlan"]) {
        Some(old::WORDS)
    } else if has("portrange") && text.contains("0x") && says(&["unknown port in range"]) {
        Some(old::RANGES)
    } else {
        None
    }
}

/// An expression on a link type.
pub(crate) struct Case<'a> {
    filter: &'a Filter,
    link_type: LinkType,
    libpcap: Version,
    has: Traits,
}

/// What of an expression rules ask for.
#[derive(Default)]
struct Traits {
    /// Rules that its words make possible.
    possible: Vec<Rule>,
    /// `geneve` and `vxlan`, as written.
    tunnels: Vec<String>,
    /// Tests that are true where the guard of a right operand holds.
    right_guards: Vec<String>,
}

impl<'a> Case<'a> {
    /// A case of an expression that compiles.
    pub(crate) fn new(text: &str, filter: &'a Filter, link_type: LinkType, libpcap: Version) -> Self {
        let mut has = Traits::default();
        if let Ok(Some(expr)) = parse(text) {
            has.look_at(&expr, text);
        }
        Self { filter, link_type, libpcap, has }
    }

    /// Why the verdicts on a packet differ: ours, and that of the unoptimized program.
    pub(crate) fn rule(&self, packet: &Packet<'_>, ours: bool, plain: bool) -> Option<Rule> {
        let holds = |text: &str| self.holds(text, packet);
        let behind = |test: &str| PREFIXES.iter().any(|prefix| holds(&format!("{prefix}{test}")));
        let has = |rule: Rule| self.has.possible.contains(&rule);
        let is_cut = (packet.data.len() as u32) < packet.original_len || packet.data.len() < 60;
        let is_beyond = || rejects_somewhere(self.filter.hir(), packet);
        let always = [
            (always::OPTIMIZER, ours == plain && is_beyond()),
            (always::EMPTY_WORDS, has(always::EMPTY_WORDS) && ours && !plain && is_cut),
            (always::RIGHT_GUARD, self.has.right_guards.iter().any(|guard| !holds(guard))),
            (always::POSITIONS, has(always::POSITIONS) && is_beyond()),
        ];
        let is_absent = || self.has.tunnels.iter().any(|tunnel| !holds(tunnel));
        let is_swapped = self.link_type == LinkType::NULL && packet.data.starts_with(&[0, 0, 0]);
        let old = [
            (old::BYTE, (1, 11, 0), has(old::BYTE)),
            (old::MULTICAST, (1, 10, 6), has(old::MULTICAST) && behind("ip[16] >= 240")),
            (old::ISIS, (1, 11, 0), has(old::ISIS) && behind("isis and not isis proto 0")),
            (old::TUNNEL, (1, 10, 7), has(old::TUNNEL) || is_absent()),
            (old::BYTE_ORDER, (1, 11, 0), is_swapped),
            (old::RADIO, (1, 10, 6), RADIO.contains(&self.link_type) && plain != ours),
            (old::OPTIMIZER, (1, 10, 5), ours == plain),
        ];
        let old = old.into_iter().filter(|(_, until, _)| self.libpcap < *until);
        let rules = always.into_iter().chain(old.map(|(rule, _, holds)| (rule, holds)));
        rules.into_iter().find(|(_, holds)| *holds).map(|(rule, _)| rule)
    }

    /// Whether another expression keeps the packet.
    fn holds(&self, text: &str, packet: &Packet<'_>) -> bool {
        saved(self.link_type, text).is_ok_and(|filter| matches(filter.hir(), packet))
    }
}

/// What may stand around a packet.
const PREFIXES: &[&str] =
    &["", "vlan and ", "vlan and vlan and ", "mpls and ", "pppoes and ", "geneve and ", "vxlan and "];

const RADIO: &[LinkType] = &[
    LinkType::IEEE802_11,
    LinkType::IEEE802_11_RADIOTAP,
    LinkType::IEEE802_11_AVS,
    LinkType::IEEE802_11_PRISM,
];

impl Traits {
    fn note(&mut self, rule: Rule, is_possible: bool) {
        if is_possible {
            self.possible.push(rule);
        }
    }

    fn look_at(&mut self, expr: &Expr<'_>, text: &str) {
        match expr {
            Expr::Not(inner) => self.look_at(inner, text),
            Expr::Chain { first, rest } => {
                let tunnels = self.tunnels.len();
                self.look_at(first, text);
                for (_, next) in rest {
                    self.look_at(next, text);
                }
                // One in an alternative may not be asked for at all.
                let has_or = rest.iter().any(|(connective, _)| *connective == Connective::Or);
                self.note(old::TUNNEL, has_or && self.tunnels.len() > tunnels);
            }
            Expr::Primitive(primitive) => self.primitive(&primitive.node, primitive.span, text),
        }
    }

    fn primitive(&mut self, primitive: &Primitive<'_>, span: Span, text: &str) {
        use Protocol::{Csnp, Iih, Isis, L1, L2, Lsp, Psnp, Snp};
        match primitive {
            Primitive::Byte { op: ByteOp::And | ByteOp::Or, .. } => self.note(old::BYTE, true),
            Primitive::Multicast(Some(word)) => self.note(old::MULTICAST, word.node == Protocol::Ip),
            Primitive::Protocol(L1 | L2 | Iih | Lsp | Snp | Csnp | Psnp) => self.note(old::ISIS, true),
            Primitive::Encapsulation(Encapsulation::Geneve | Encapsulation::Vxlan, _) => {
                self.tunnels.push(text[span.start..span.end].to_owned());
            }
            Primitive::Relation { lhs, rhs, .. } => {
                self.operand(lhs, false);
                self.operand(rhs, true);
            }
            Primitive::Qualified { qualifiers, id } => {
                let protocol = qualifiers.protocol.map(|word| word.node);
                let kind = qualifiers.kind.map(|word| word.node);
                self.note(old::ISIS, protocol == Some(Isis) && kind == Some(Kind::Proto));
                self.note(always::EMPTY_WORDS, leaves_words_empty(&id.kind));
            }
            _ => {}
        }
    }

    fn operand(&mut self, value: &Arith, is_right: bool) {
        match value {
            Arith::Number(_) | Arith::Length => {}
            Arith::Negate(inner) => self.operand(inner, is_right),
            Arith::Load { protocol, index, .. } => {
                if is_right {
                    let word = format!("{:?}", protocol.node).to_lowercase();
                    self.right_guards.push(format!("{word}[0] >= 0"));
                }
                self.note(always::POSITIONS, !matches!(**index, Arith::Number(_)));
                self.operand(index, true);
            }
            Arith::Binary { lhs, rhs, .. } => {
                self.operand(lhs, is_right);
                self.operand(rhs, true);
            }
        }
    }
}

/// Whether a netmask has a word without bits.
fn leaves_words_empty(id: &IdKind<'_>) -> bool {
    match id {
        IdKind::DottedPrefix(_, len) => len.node == 0,
        IdKind::Ipv6Prefix(_, len) => len.node <= 96,
        _ => false,
    }
}

/// Whether some test of the condition rejects the packet when it stands alone: neither it nor its opposite keeps it.
fn rejects_somewhere(hir: &Hir, packet: &Packet<'_>) -> bool {
    match hir {
        Hir::Const(_) => false,
        Hir::Not(inner) => rejects_somewhere(inner, packet),
        Hir::All(items) | Hir::Any(items) => items.iter().any(|item| rejects_somewhere(item, packet)),
        Hir::Compare { .. } | Hir::Set { .. } | Hir::Chain(_) | Hir::Member(_) => {
            !matches(hir, packet) && !matches(&Hir::Not(Box::new(hir.clone())), packet)
        }
    }
}
