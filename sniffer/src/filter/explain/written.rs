//! An expression with everything put in that may be left out: parentheses, and qualifiers that a test takes from the one
//! on its left. What is printed can be typed.

use super::tree::Node;
use crate::filter::ast::{Arith, Direction, Id, Primitive, Qualifiers, Relation, Spanned};
use crate::filter::hir::AluOp;

/// A condition.
pub(super) fn node(node: &Node<'_, '_>, text: &str) -> String {
    match node {
        Node::All(items) => joined(items, " and ", text),
        Node::Any(items) => joined(items, " or ", text),
        Node::Not(inner) => format!("not {}", nested(inner, text)),
        Node::Test(primitive) => test(primitive, text),
    }
}

fn joined(items: &[Node<'_, '_>], connective: &str, text: &str) -> String {
    items.iter().map(|item| nested(item, text)).collect::<Vec<_>>().join(connective)
}

fn nested(item: &Node<'_, '_>, text: &str) -> String {
    match item {
        Node::All(_) | Node::Any(_) => format!("({})", node(item, text)),
        Node::Not(_) | Node::Test(_) => node(item, text),
    }
}

fn test(primitive: &Spanned<Primitive<'_>>, text: &str) -> String {
    match &primitive.node {
        Primitive::Qualified { qualifiers, id } => qualified(*qualifiers, id, text),
        Primitive::Relation { op, lhs, rhs } => relation(*op, lhs, rhs, text),
        _ => primitive.span.of(text).to_owned(),
    }
}

fn qualified(qualifiers: Qualifiers, id: &Id<'_>, text: &str) -> String {
    let protocol = qualifiers.protocol.map(|word| word.span.of(text));
    let direction = qualifiers.direction.map(|word| word.span.of(text));
    let is_wlan = qualifiers.direction.is_some_and(|word| matches!(word.node, Direction::Wlan(_)));
    let kind = qualifiers.kind.map(|word| word.span.of(text)).or((!is_wlan).then_some("host"));
    let words = [protocol, direction, kind, Some(id.span.of(text))];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A comparison.
pub(super) fn relation(op: Relation, lhs: &Arith, rhs: &Arith, text: &str) -> String {
    format!("{} {op} {}", value(lhs, text), value(rhs, text))
}

fn value(arith: &Arith, text: &str) -> String {
    match arith {
        Arith::Number(number @ 0..=9) => number.to_string(),
        Arith::Number(number) => format!("{number:#x}"),
        Arith::Length => "len".to_owned(),
        Arith::Load { protocol, index, size } => {
            let index = index_of(index, text);
            let size = match *size as u32 {
                1 => String::new(),
                bytes => format!(":{bytes}"),
            };
            format!("{}[{index}{size}]", protocol.span.of(text))
        }
        Arith::Negate(inner) => format!("(-{})", value(inner, text)),
        Arith::Binary { op, lhs, rhs, .. } => {
            format!("({} {} {})", value(lhs, text), symbol(*op), value(rhs, text))
        }
    }
}

/// Positions are read in decimal.
fn index_of(index: &Arith, text: &str) -> String {
    match index {
        Arith::Number(number) => number.to_string(),
        index => value(index, text),
    }
}

fn symbol(op: AluOp) -> &'static str {
    match op {
        AluOp::Add => "+",
        AluOp::Sub => "-",
        AluOp::Mul => "*",
        AluOp::Div => "/",
        AluOp::Mod => "%",
        AluOp::And => "&",
        AluOp::Or => "|",
        AluOp::Xor => "^",
        AluOp::Shl => "<<",
        AluOp::Shr => ">>",
    }
}
