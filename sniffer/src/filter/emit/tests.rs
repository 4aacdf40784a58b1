//! Emitted programs against the reference evaluator, on the simulated machine.

use super::super::{Metadata, NoNames, Options, Packet, compile, matches, testing};
use super::simulate::{LAYOUT, TAIL_CALLED, run};
use super::*;
use crate::packet::LinkType;

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
        for access in [Access::Direct(LAYOUT), Access::Compat] {
            let program = emit_unoptimized(hir, &target(access)).unwrap();
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

fn live(text: &str) -> Hir {
    let options = Options { link_type: LinkType::ETHERNET, live: true, netmask: None, see_through: false };
    compile(text, &options, &NoNames).unwrap().hir().clone()
}

/// The common frame must not pay for the uncommon one: linear frames are read in place, short ones too.
#[test]
fn frames_are_copied_only_when_they_are_not_linear() {
    let mut tcp = [0; 54];
    (tcp[12], tcp[14], tcp[23]) = (8, 0x45, 6);
    let mut arp = [0; 42];
    (arp[12], arp[13]) = (8, 6);
    for text in ["tcp port 81", "host 10.0.0.1", "tcp port 443 or icmp", "net 10.0.0.0/8 and not port 22"] {
        let program = emit(&live(text), &target(Access::Direct(LAYOUT))).unwrap();
        for data in [&tcp[..], &arp] {
            let packet = Packet { data, original_len: data.len() as u32, metadata: Metadata::default() };
            assert!(!run(&program.insns, &packet, data.len()).copied, "{text} copies\n{program}");
            assert!(run(&program.insns, &packet, 14).copied, "{text} cannot read this in place\n{program}");
        }
    }
}

/// What a list adds for each entry decides how long a list the kernel takes.
#[test]
fn long_lists_stay_small_and_too_long_ones_are_errors() {
    let list = |entries: u32, entry: fn(u32) -> String| {
        let text: Vec<_> = (1..=entries).map(entry).collect();
        emit(&live(&text.join(" or ")), &target(Access::Compat)).map(|program| program.insns.len())
    };
    let port = |number| format!("port {number}");
    let host = |number| format!("host 10.1.{}.{}", number / 256, number % 256);
    for (entry, for_each) in [(port as fn(u32) -> String, 8), (host, 6)] {
        let (few, many) = (list(100, entry).unwrap(), list(200, entry).unwrap());
        assert!(many - few <= 100 * for_each, "{few} instructions for 100, {many} for 200");
    }
    assert!(matches!(list(8000, host), Err(EmitError::Jump(AssembleError::JumpTooFar { .. }))));
}

#[test]
fn limits_are_errors() {
    let limit = super::super::hir::MAX_VARS as u32;
    let var = super::super::hir::Var(limit);
    let set = Hir::Set { var, value: super::super::hir::Value::Len };
    let error = emit(&set, &target(Access::Compat)).unwrap_err();
    assert_eq!(error, EmitError::Limit(LimitError::TooManyVariables(limit)));
}

#[test]
fn the_first_of_several_rules_that_holds_decides() {
    const OTHERWISE: u32 = 77;
    let mut earlier = vec![Hir::Const(false)];
    testing::sweep(5, 200, |hir, packets| {
        earlier.push(hir.clone());
        let conditions = &earlier[earlier.len().saturating_sub(4)..];
        let rules: Vec<_> =
            conditions.iter().zip(1..).map(|(hir, end)| (hir, OnMatch::Return(end))).collect();
        for access in [Access::Direct(LAYOUT), Access::Compat] {
            let program = emit_rules(&rules, OnMatch::Return(OTHERWISE), access).unwrap();
            for packet in packets {
                let first = conditions.iter().zip(1..).find(|(hir, _)| matches(hir, packet));
                let expected = first.map_or(OTHERWISE, |(_, end)| end);
                for linear in [packet.data.len(), 14] {
                    assert_eq!(
                        run(&program.insns, packet, linear).verdict,
                        expected,
                        "{packet:x?}\n{program}"
                    );
                }
            }
        }
    });
}
