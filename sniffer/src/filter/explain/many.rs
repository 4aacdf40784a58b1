//! Sets, and alternatives that are looked up together, in plain words: one line however many there are.

use super::tree::Node;
use super::words::{Context, ends, of_protocol, of_transport};
use crate::filter::ast::{Elements, Id, IdKind, Primitive, Qualifiers};
use crate::filter::lower::{Kin, SHORTEST};
use crate::filter::set::{Entries, Field, Set, SetKind};

/// How many are named.
const MOST_NAMED: usize = 4;

/// Which versions of IP have elements.
#[derive(Clone, Copy)]
struct Versions {
    ip: bool,
    ip6: bool,
}

impl Versions {
    const BOTH: Self = Self { ip: true, ip6: true };

    fn of(id: &Id<'_>) -> Self {
        match id.kind {
            IdKind::Ipv6(_) | IdKind::Ipv6Prefix(..) => Self { ip: false, ip6: true },
            IdKind::Name(_) => Self::BOTH,
            _ => Self { ip: true, ip6: false },
        }
    }

    fn or(self, other: Self) -> Self {
        Self { ip: self.ip || other.ip, ip6: self.ip6 || other.ip6 }
    }
}

/// `in { … }`, `in @name`
pub(super) fn member(qualifiers: Qualifiers, elements: &Elements<'_>, context: Context<'_>) -> String {
    let kind = qualifiers.set_kind();
    match elements {
        Elements::Named(name) => {
            // It was there when the expression was compiled.
            let entries = context.names.set(name.node, kind).ok().flatten();
            let count = entries.map_or(0, |entries| entries.len());
            let packets = packets(qualifiers, kind, Versions::BOTH);
            let entries = if count == 1 { "entry" } else { "entries" };
            format!("{packets} an element of the set @{}, which has {count} {entries}", name.node)
        }
        Elements::List(list) => {
            let mut entries = Entries::new(kind);
            for entry in list {
                // All are well-formed, or the expression would not have been compiled.
                entries.insert(entry.node, context.names).ok();
            }
            let is_there = |field| !Set::new(None, &entries, field).is_empty();
            let versions = match kind {
                SetKind::Address => Versions { ip: is_there(Field::Ip), ip6: is_there(Field::Ip6) },
                SetKind::Port | SetKind::Ether => Versions::BOTH,
            };
            let texts: Vec<&str> = list.iter().map(|entry| entry.node).collect();
            format!("{} {}", packets(qualifiers, kind, versions), one_of(&texts))
        }
    }
}

/// The alternatives at the start of `items` that are looked up together, how many they are, and all in one line: `a or b or
/// …`, and where all must hold `not a and not b and …`.
pub(super) fn run(items: &[Node<'_, '_>], are_all: bool, context: Context<'_>) -> Option<(usize, String)> {
    let alternative = |node| qualified(node, are_all, context);
    let (kin, qualifiers, _) = alternative(items.first()?)?;
    let ids: Vec<&Id<'_>> = items
        .iter()
        .map_while(|item| alternative(item).filter(|(other, ..)| *other == kin))
        .map(|(_, _, id)| id)
        .collect();
    if ids.len() < SHORTEST {
        return None;
    }
    let versions = ids.iter().map(|id| Versions::of(id)).reduce(Versions::or)?;
    let texts: Vec<&str> = ids.iter().map(|id| id.span.of(context.text)).collect();
    let not = if are_all { "not: " } else { "" };
    let packets = packets(qualifiers, qualifiers.set_kind(), versions);
    Some((ids.len(), format!("{not}{packets} {}, looked up together", one_of(&texts))))
}

fn qualified<'e, 'a>(
    node: &Node<'e, 'a>,
    is_negated: bool,
    context: Context<'_>,
) -> Option<(Kin, Qualifiers, &'e Id<'a>)> {
    let primitive = match node {
        Node::Test(primitive) if !is_negated => primitive,
        Node::Not(inner) if is_negated => match **inner {
            Node::Test(primitive) => primitive,
            _ => return None,
        },
        _ => return None,
    };
    let Primitive::Qualified { qualifiers, id } = &primitive.node else { return None };
    Some((Kin::of(*qualifiers, id, context.is_wlan)?, *qualifiers, id))
}

fn packets(qualifiers: Qualifiers, kind: SetKind, versions: Versions) -> String {
    let protocol = qualifiers.protocol.map(|word| word.node);
    let of = match (kind, protocol) {
        (SetKind::Port, _) => of_transport(protocol),
        (_, Some(protocol)) => of_protocol(protocol),
        (_, None) => match versions {
            Versions { ip: false, ip6: true } => "IPv6",
            Versions { ip6: false, .. } => "IPv4, ARP and RARP",
            Versions { ip: true, ip6: true } => "IP, ARP and RARP",
        },
    };
    let port = if kind == SetKind::Port { " a port that is" } else { "" };
    format!("{of} packets {}{port}", ends(qualifiers.direction.map(|word| word.node)))
}

fn one_of(texts: &[&str]) -> String {
    let named = texts[..texts.len().min(MOST_NAMED)].join(", ");
    match texts.len() {
        1 => named,
        count @ ..=MOST_NAMED => format!("one of {count}: {named}"),
        count => format!("one of {count}: {named} and {} more", count - MOST_NAMED),
    }
}
