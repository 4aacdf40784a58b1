//! `in`, and what a field is compared with: one thing, the alternatives of a chain, or a set.

use std::sync::Arc;

use super::Lowerer;
use super::address::{Fields, Subject, either_end};
use super::port::Ports;
use crate::filter::ast::{Direction, Elements, Protocol, Qualifiers, Spanned};
use crate::filter::build::{any, member};
use crate::filter::error::{ErrorKind, Result};
use crate::filter::hir::{Hir, Value};
use crate::filter::set::{Entries, Field, Set, SetKind};
use crate::filter::span::Span;

/// What a field is compared with.
#[derive(Clone, Debug)]
pub(super) enum Wanted<T> {
    /// One thing.
    One(T),
    /// Any of the alternatives of a chain.
    Chain {
        /// The first of them, which decides what is loaded.
        first: T,
        /// All of them.
        all: Arc<Set>,
    },
    /// Any element of a set.
    In(Arc<Set>),
}

impl<T> Wanted<T> {
    /// The test of one end of a packet, or of both: `one` compares the field at a position with one thing, `key` gives
    /// the words of the field.
    pub(super) fn at_ends(
        &self,
        direction: Direction,
        (source, destination): Fields,
        one: impl Fn(&T, u32) -> Hir,
        key: impl Fn(u32) -> Vec<Value>,
    ) -> Hir {
        match self {
            Self::One(wanted) => either_end(direction, one(wanted, source), one(wanted, destination)),
            // The first alternative asks for both ends before the second one asks for any. So the destination is loaded
            // unless the source is that of the first; what follows loads nothing new.
            Self::Chain { first, all } if direction == Direction::SrcOrDst => {
                any([one(first, source), member(key(destination), all), member(key(source), all)])
            }
            Self::Chain { all: set, .. } | Self::In(set) => {
                either_end(direction, member(key(source), set), member(key(destination), set))
            }
        }
    }
}

impl Lowerer<'_> {
    /// Qualifiers and a set.
    pub(super) fn member(&self, qualifiers: Qualifiers, elements: &Elements<'_>, span: Span) -> Result<Hir> {
        match qualifiers.set_kind() {
            SetKind::Port => {
                let transport = self.transport(qualifiers, "port", span)?;
                let (name, entries) = self.entries(elements, SetKind::Port)?;
                let wanted = Wanted::In(Set::new(name, &entries, Field::Port).into());
                self.in_either(&Ports { wanted, transport, end: super::port::end(qualifiers) }, span)
            }
            SetKind::Ether => {
                let (name, entries) = self.entries(elements, SetKind::Ether)?;
                let wanted = Wanted::In(Set::new(name, &entries, Field::Ether).into());
                self.mac(&wanted, qualifiers.direction, span)
            }
            SetKind::Address => self.address_in(qualifiers, elements, span),
        }
    }

    /// Addresses of the family that the protocol asks for, or of both.
    fn address_in(&self, qualifiers: Qualifiers, elements: &Elements<'_>, span: Span) -> Result<Hir> {
        let (name, entries) = self.entries(elements, SetKind::Address)?;
        let ip = Arc::new(Set::new(name.clone(), &entries, Field::Ip));
        let ip6 = Arc::new(Set::new(name.clone(), &entries, Field::Ip6));
        // What is named may get addresses of a family later that it has none of now.
        let is_needed = |set: &Set| name.is_some() || !set.is_empty();
        let protocol = qualifiers.protocol.map(|protocol| protocol.node);
        let (wants_ip, wants_ip6) = match protocol {
            None => (is_needed(&ip) || !is_needed(&ip6), is_needed(&ip6)),
            Some(Protocol::Ip6) => (false, true),
            Some(_) => (true, false),
        };
        let mut tests = Vec::new();
        if wants_ip {
            tests.push(self.ip(qualifiers, &Wanted::In(ip), Subject::HOST_IP, span)?);
        }
        if wants_ip6 {
            tests.push(self.ip6(qualifiers, &Wanted::In(ip6), Subject::HOST_IP6, span)?);
        }
        Ok(any(tests))
    }

    /// The entries of a set, and its name if it has one.
    fn entries(&self, elements: &Elements<'_>, kind: SetKind) -> Result<(Option<String>, Arc<Entries>)> {
        match elements {
            Elements::Named(Spanned { node: name, span }) => {
                let entries = self
                    .names
                    .set(name, kind)
                    .map_err(|message| (ErrorKind::Set { name: (*name).to_owned(), message }, *span))?;
                let unknown = || (ErrorKind::UnknownSet((*name).to_owned()), *span);
                Ok((Some((*name).to_owned()), entries.ok_or_else(unknown)?))
            }
            Elements::List(list) => {
                let mut entries = Entries::new(kind);
                for Spanned { node: text, span } in list {
                    entries.insert(text, self.names).map_err(|kind| (kind, *span))?;
                }
                Ok((None, Arc::new(entries)))
            }
        }
    }
}
