//! `Hir` → `Hir`: brings alternatives together that begin with the same conditions, as those of `port 80 or port 443` do
//! for either version of IP. Keeps the verdict on every packet, including those that a short load rejects.

use std::collections::HashMap;

use super::super::hir::{Hir, Relation, Value};

/// The same condition with shared beginnings written once. Recursion is as deep as the condition.
pub(crate) fn factor(hir: &Hir) -> Hir {
    match hir {
        Hir::Const(_) | Hir::Compare { .. } | Hir::Set { .. } | Hir::Chain(_) | Hir::Member(_) => hir.clone(),
        Hir::Not(inner) => Hir::Not(factor(inner).into()),
        Hir::All(items) => Hir::All(together(items)),
        Hir::Any(items) => any(items.iter().flat_map(alternatives).collect()),
    }
}

/// The items of a conjunction; neighbours that are negated become one negated disjunction.
fn together(items: &[Hir]) -> Vec<Hir> {
    let mut out = Vec::new();
    for run in items.chunk_by(|a, b| matches!((a, b), (Hir::Not(_), Hir::Not(_)))) {
        match run {
            [Hir::Not(_), _, ..] => {
                let inner = run.iter().flat_map(|item| match item {
                    Hir::Not(inner) => alternatives(inner),
                    other => vec![other],
                });
                out.push(Hir::Not(any(inner.collect()).into()));
            }
            _ => out.extend(run.iter().map(factor)),
        }
    }
    out
}

/// What is or-ed in a condition.
fn alternatives(hir: &Hir) -> Vec<&Hir> {
    match hir {
        Hir::Any(items) => items.iter().flat_map(alternatives).collect(),
        other => vec![other],
    }
}

/// What is and-ed in a condition.
fn conjuncts(hir: &Hir) -> Vec<&Hir> {
    match hir {
        Hir::All(items) => items.iter().flat_map(conjuncts).collect(),
        other => vec![other],
    }
}

/// The disjunction of the items. Those that first compare the same value with different numbers exclude one another,
/// so that each may come before or after the others.
fn any(items: Vec<&Hir>) -> Hir {
    let items: Vec<Vec<&Hir>> = items.into_iter().map(conjuncts).collect();
    any_of(&items.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// The disjunction of conjunctions.
fn any_of(items: &[&[&Hir]]) -> Hir {
    let mut out = Vec::new();
    for run in items.chunk_by(|a, b| selector(a).is_some_and(|a| selector(b).is_some_and(|b| a.0 == b.0))) {
        for group in groups(run) {
            match group.as_slice() {
                [alone] => out.push(factor(&conjunction(alone))),
                _ => out.push(shared(&group)),
            }
        }
    }
    if out.len() == 1 { out.remove(0) } else { Hir::Any(out) }
}

/// The items as they are.
fn conjunction(items: &[&Hir]) -> Hir {
    match items {
        [alone] => (*alone).clone(),
        _ => Hir::All(items.iter().map(|item| (*item).clone()).collect()),
    }
}

/// The value that a conjunction compares first, and the number that it must be.
fn selector<'h>(items: &[&'h Hir]) -> Option<(&'h Value, u32)> {
    match items.first()? {
        // A variable set in one alternative would be seen by a condition that another one evaluates again.
        _ if items.iter().any(|item| sets(item)) => None,
        Hir::Compare { op: Relation::Eq, lhs, rhs: Value::Const(number) } => Some((lhs, *number)),
        _ => None,
    }
}

fn sets(hir: &Hir) -> bool {
    match hir {
        Hir::Set { .. } => true,
        Hir::Not(inner) => sets(inner),
        Hir::All(items) | Hir::Any(items) => items.iter().any(sets),
        Hir::Const(_) | Hir::Compare { .. } | Hir::Chain(_) | Hir::Member(_) => false,
    }
}

/// The items of a run by the number that they select, in the order in which the numbers come first.
fn groups<'a, 'h>(run: &[&'a [&'h Hir]]) -> Vec<Vec<&'a [&'h Hir]>> {
    let mut places = HashMap::new();
    let mut groups: Vec<Vec<_>> = Vec::new();
    for item in run {
        let place = match selector(item) {
            Some((_, number)) => *places.entry(number).or_insert(groups.len()),
            None => groups.len(),
        };
        if place == groups.len() {
            groups.push(Vec::new());
        }
        groups[place].push(*item);
    }
    groups
}

/// The conditions that all items begin with, then the disjunction of what remains of each.
fn shared(items: &[&[&Hir]]) -> Hir {
    let common = |place: usize| items.iter().all(|item| item.get(place) == items[0].get(place));
    let length = (0..items[0].len()).take_while(|place| common(*place)).count();
    let rests: Vec<Hir> = items.iter().map(|item| conjunction(&item[length..])).collect();
    let mut out: Vec<Hir> = items[0][..length].iter().map(|item| factor(item)).collect();
    out.push(any(rests.iter().flat_map(alternatives).collect()));
    Hir::All(out)
}

#[cfg(test)]
mod tests {
    use super::super::super::{matches, testing};
    use super::factor;

    #[test]
    fn no_verdict_changes() {
        let mut changed = 0;
        testing::sweep(6, 6000, |hir, packets| {
            let factored = factor(hir);
            changed += u32::from(factored != *hir);
            for packet in packets {
                assert_eq!(
                    matches(&factored, packet),
                    matches(hir, packet),
                    "{hir:?}\n{factored:?}\n{packet:x?}"
                );
            }
        });
        assert!(changed > 1000, "{changed} conditions were changed");
    }
}
