//! The syntax tree with what binds equally grouped as it is evaluated.

use crate::filter::ast::{Connective, Expr, Primitive, Spanned};

/// A condition.
pub(super) enum Node<'e, 'a> {
    All(Vec<Node<'e, 'a>>),
    Any(Vec<Node<'e, 'a>>),
    Not(Box<Node<'e, 'a>>),
    Test(&'e Spanned<Primitive<'a>>),
}

impl<'e, 'a> Node<'e, 'a> {
    /// `a or b and c` becomes all of (any of a, b) and c.
    pub(super) fn of(expr: &'e Expr<'a>) -> Self {
        match expr {
            Expr::Not(inner) => Self::Not(Box::new(Self::of(inner))),
            Expr::Primitive(primitive) => Self::Test(primitive),
            Expr::Chain { first, rest } => {
                let (mut node, mut last) = (Self::of(first), None);
                for (connective, next) in rest {
                    let next = Self::of(next);
                    node = match (node, connective) {
                        (Self::All(mut items), Connective::And) if last == Some(Connective::And) => {
                            items.push(next);
                            Self::All(items)
                        }
                        (Self::Any(mut items), Connective::Or) if last == Some(Connective::Or) => {
                            items.push(next);
                            Self::Any(items)
                        }
                        (node, Connective::And) => Self::All(vec![node, next]),
                        (node, Connective::Or) => Self::Any(vec![node, next]),
                    };
                    last = Some(*connective);
                }
                node
            }
        }
    }
}
