//! What improves the intermediate form. Each pass keeps the verdict on every packet, including those that a load
//! outside the captured bytes rejects. Must not know how the kernel reads packets.

mod bits;
mod checks;
mod dead;
mod facts;
mod header_length;
mod order;
mod ranges;
mod rewrite;
mod thread;
mod widen;

pub(crate) use widen::widen;

use super::ir::{BlockId, Ir};

/// The passes in the order in which they run.
const PASSES: &[fn(&mut Ir)] = &[
    thread::run,
    dead::run,
    header_length::run,
    thread::run,
    ranges::run,
    order::run,
    bits::run,
    dead::run,
    checks::run,
    dead::run,
];

/// Runs all passes.
pub(crate) fn run(ir: &mut Ir) {
    for pass in PASSES {
        pass(ir);
    }
}

/// Whether no packet gets through: every way to keep one needs a test to go both ways.
pub(crate) fn rejects_all(mut ir: Ir) -> bool {
    thread::run(&mut ir);
    dead::run(&mut ir);
    ir.entry == BlockId::REJECT
}

#[cfg(test)]
mod tests {
    use super::super::ir::{build, interpret};
    use super::super::{matches, testing};
    use super::PASSES;

    /// Every pass of the sequence, on the graphs that the passes before it leave.
    #[test]
    fn no_pass_changes_a_verdict() {
        let (mut kept, mut dropped) = (0, 0);
        testing::sweep(1, 1500, |hir, packets| {
            let mut ir = build(hir).unwrap();
            for stage in 0..=PASSES.len() {
                if let Some(pass) = stage.checked_sub(1) {
                    PASSES[pass](&mut ir);
                }
                for packet in packets {
                    let expected = matches(hir, packet);
                    *(if expected { &mut kept } else { &mut dropped }) += 1;
                    assert_eq!(
                        interpret::matches(&ir, packet),
                        expected,
                        "after {stage} passes: {hir:?} on {packet:x?}"
                    );
                }
            }
        });
        assert!(
            kept > 10_000 && dropped > 10_000,
            "the packets decide nothing: {kept} kept, {dropped} dropped"
        );
    }
}
