//! Conditions as text, to be read by people and compared by tests. Knows the [`Hir`] and nothing else.

use std::fmt::{self, Display, Formatter};

use super::hir::{AluOp, ChainVersion, Hir, Member, Meta, Relation, Size, Value, Var};

impl Display for Hir {
    /// `half[12] = 0x800 and (word[26] = 0xa000001 or word[30] = 0xa000001)`: `byte`, `half` and `word` are loads from
    /// the packet, `v0` is a variable.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Const(value) => write!(f, "{value}"),
            Self::Not(inner) => {
                f.write_str("not ")?;
                nested(inner, f)
            }
            Self::All(items) => joined(items, "and", f),
            Self::Any(items) => joined(items, "or", f),
            Self::Compare { op, lhs, rhs } => write!(f, "{lhs} {op} {rhs}"),
            Self::Set { var, value } => write!(f, "{var} := {value}"),
            Self::Chain(chain) => {
                let version = match chain.version {
                    ChainVersion::V4 => "ip",
                    ChainVersion::V6 => "ip6",
                };
                write!(
                    f,
                    "{version} chain from {} at {} meets {}",
                    chain.first, chain.position, chain.protocol
                )
            }
            Self::Member(member) => write!(f, "{member}"),
        }
    }
}

impl Display for Member {
    /// `word[26] in {10.0.0.1, 10.0.0.8-10.0.0.15, … 998 more}`, or `word[26] in @name`.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 8;
        for (at, word) in self.key.iter().enumerate() {
            if at > 0 {
                f.write_str(":")?;
            }
            write!(f, "{word}")?;
        }
        if let Some(name) = &self.set.name {
            return write!(f, " in @{name}");
        }
        let (shown, count) = self.set.summary(SHOWN);
        write!(f, " in {{{}", shown.join(", "))?;
        match count - shown.len() {
            0 => f.write_str("}"),
            more => write!(f, ", … {more} more}}"),
        }
    }
}

fn joined(items: &[Hir], word: &str, f: &mut Formatter<'_>) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            write!(f, " {word} ")?;
        }
        nested(item, f)?;
    }
    Ok(())
}

fn nested(hir: &Hir, f: &mut Formatter<'_>) -> fmt::Result {
    match hir {
        Hir::All(_) | Hir::Any(_) => write!(f, "({hir})"),
        _ => write!(f, "{hir}"),
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Const(number @ 0..=9) => write!(f, "{number}"),
            Self::Const(number) => write!(f, "{number:#x}"),
            Self::Load { index: None, offset, size } => write!(f, "{size}[{offset}]"),
            Self::Load { index: Some(index), offset: 0, size } => write!(f, "{size}[{index}]"),
            Self::Load { index: Some(index), offset, size } => {
                write!(f, "{size}[")?;
                operand(index, f)?;
                write!(f, " + {offset}]")
            }
            Self::Len => f.write_str("len"),
            Self::Meta(meta) => write!(f, "{meta}"),
            Self::Var(var) => write!(f, "{var}"),
            Self::Alu { op, lhs, rhs } => {
                operand(lhs, f)?;
                write!(f, " {op} ")?;
                operand(rhs, f)
            }
        }
    }
}

fn operand(value: &Value, f: &mut Formatter<'_>) -> fmt::Result {
    match value {
        Value::Alu { .. } => write!(f, "({value})"),
        _ => write!(f, "{value}"),
    }
}

impl Display for Var {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "v{}", self.0)
    }
}

impl Display for Size {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Byte => "byte",
            Self::Half => "half",
            Self::Word => "word",
        })
    }
}

impl Display for Meta {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Layer(layer) => return write!(f, "layer {layer}"),
            Self::Protocol => "protocol",
            Self::PacketType => "packet type",
            Self::IfIndex => "ifindex",
            Self::VlanPresent => "vlan present",
            Self::VlanTci => "vlan tci",
        })
    }
}

impl Display for Relation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Eq => "=",
            Self::Ne => "!=",
            Self::Gt => ">",
            Self::Ge => ">=",
            Self::Lt => "<",
            Self::Le => "<=",
        })
    }
}

impl Display for AluOp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Mod => "%",
            Self::And => "&",
            Self::Or => "|",
            Self::Xor => "^",
            Self::Shl => "<<",
            Self::Shr => ">>",
        })
    }
}
