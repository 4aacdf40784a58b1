//! Emitted programs against the reference evaluator, on the simulated machine.

use super::super::{Packet, ir, matches, testing};
use super::simulate::{LAYOUT, TAIL_CALLED, run};
use super::*;

const KEPT: u32 = 0x0004_0000;

fn target(access: Access) -> Target {
    Target { access, on_match: OnMatch::Return(KEPT) }
}

/// The program's verdict must be the evaluator's, whatever part of the packet is linear.
fn check(hir: &Hir, program: &Program, packet: &Packet<'_>, kept: u32) {
    let expected = if matches(hir, packet) { kept } else { 0 };
    for linear in [packet.data.len(), packet.data.len() / 2, 14, 0] {
        let verdict = run(&program.insns, packet, linear).verdict;
        assert_eq!(verdict, expected, "{linear} linear of {packet:x?}\n{hir:?}\n{program}");
    }
}

#[test]
fn programs_decide_as_the_evaluator_does() {
    testing::sweep(2, 600, |hir, packets| {
        for access in [Access::Direct(LAYOUT), Access::Compat] {
            let program = emit(hir, &target(access)).unwrap();
            for packet in packets {
                check(hir, &program, packet, KEPT);
            }
        }
    });
}

/// Without passes every guard and every computed position is still there, and registers run out more often.
#[test]
fn programs_decide_as_the_evaluator_does_without_passes() {
    testing::sweep(3, 300, |hir, packets| {
        let ir = ir::build(hir).unwrap();
        for access in [Access::Direct(LAYOUT), Access::Compat] {
            let program = emit_ir(&ir, &target(access)).unwrap();
            for packet in packets {
                check(hir, &program, packet, KEPT);
            }
        }
    });
}

#[test]
fn matches_go_on_to_the_tail_call() {
    let on_match = OnMatch::TailCall { map_fd: 3, slot: 1 };
    testing::sweep(4, 200, |hir, packets| {
        for access in [Access::Direct(LAYOUT), Access::Compat] {
            let program = emit(hir, &Target { access, on_match }).unwrap();
            for packet in packets {
                check(hir, &program, packet, TAIL_CALLED);
            }
        }
    });
}
