//! Emitted programs against the reference evaluator, on the simulated machine.

use super::super::testing::{self, Layers, Sweep};
use super::super::{Metadata, NoNames, Options, Packet, compile, matches};
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
        let verdict = run(program, packet, linear).verdict;
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

/// Sets in code and in maps, each with passes and without.
#[test]
fn programs_look_up_as_the_evaluator_does() {
    Sweep { seed: 5, conditions: 20, layers: Layers::Asked }.of_members(|hir, packets| {
        for in_code in [InCode::NEVER, InCode { addresses: 1000, ether: 1000, ports: 1000 }] {
            for access in [Access::Direct(LAYOUT), Access::Compat] {
                let ir = ir::build_with(hir, in_code).unwrap();
                let plain =
                    emit_graphs(&[(ir.clone(), OnMatch::Return(KEPT))], OnMatch::Return(0), access).unwrap();
                let mut ir = ir;
                passes::run(&mut ir);
                let improved =
                    emit_graphs(&[(ir.clone(), OnMatch::Return(KEPT))], OnMatch::Return(0), access).unwrap();
                for packet in packets {
                    check(hir, &plain, packet, KEPT);
                    check(hir, &improved, packet, KEPT);
                }
            }
        }
    });
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
            assert!(!run(&program, &packet, data.len()).copied, "{text} copies\n{program}");
            assert!(run(&program, &packet, 14).copied, "{text} cannot read this in place\n{program}");
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
    // Both ends of IP, ARP and RARP: six trees of three instructions an entry.
    let (few, many) = (list(100, host).unwrap(), list(200, host).unwrap());
    assert!(many - few <= 100 * 18, "{few} instructions for 100, {many} for 200");
    for (entry, most) in [(host as fn(u32) -> String, 600), (port, 500)] {
        assert!(list(20_000, entry).unwrap() < most, "long lists are maps: {:?}", list(20_000, entry));
    }
    let length = |number| format!("len = {number}");
    assert!(matches!(list(40_000, length), Err(EmitError::Jump(AssembleError::JumpTooFar { .. }))));
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
                    assert_eq!(run(&program, packet, linear).verdict, expected, "{packet:x?}\n{program}");
                }
            }
        }
    });
}

/// What the optimizer is there for: a TCP segment to port 80 takes few instructions to its verdict, and many fewer than
/// without it. Lower figures are welcome.
#[test]
fn the_optimizer_shortens_the_way_of_a_frame() {
    let mut data = [0; 60];
    (data[12], data[14], data[23]) = (8, 0x45, 6);
    (data[37], data[46], data[47]) = (80, 0x50, 0x10);
    let packet = Packet { data: &data, original_len: 60, metadata: Metadata::default() };
    let steps = |program: &Program| run(program, &packet, data.len()).steps;
    for (text, most) in STEPS {
        for (access, most) in [(Access::Direct(LAYOUT), most[0]), (Access::Compat, most[1])] {
            let (target, hir) = (target(access), live(text));
            let (optimized, plain) = (emit(&hir, &target).unwrap(), emit_unoptimized(&hir, &target).unwrap());
            let (few, many) = (steps(&optimized), steps(&plain));
            assert!(few <= most, "{text}: {few} instructions, {most} allowed\n{optimized}");
            assert!(few < many, "{text}: {few} instructions, {many} without the optimizer");
        }
    }
}

/// Expressions that the optimizer must find to be the same.
#[test]
fn what_means_the_same_becomes_the_same_program() {
    for same in [
        // Constants are computed.
        &["ip[3] = 5", "ip[1 + 2] = 5", "ip[3] = 10 - 5", "ip[3] * 1 = 5", "ip[3] + 0 = 5"][..],
        // Decisions that are settled are not asked for.
        &["tcp", "not not tcp", "tcp and tcp", "tcp or 1 = 2", "tcp and 1 = 1", "(tcp and tcp) or 1 = 2"],
        &["ip and icmp", "icmp", "icmp and ip", "icmp and not arp", "icmp and not ip6"],
        &["1 = 1", "1 = 1 or arp", "not 1 = 2"],
        &["1 = 2", "ip and ip6", "arp and 1 = 2", "len < 0"],
        &["len > 60", "len > 60 and len > 50", "len > 60 or len > 70"],
    ] {
        for access in [Access::Direct(LAYOUT), Access::Compat] {
            let programs = same.iter().map(|text| emit(&live(text), &target(access)).unwrap());
            for (program, text) in programs.clone().zip(same) {
                let first = emit(&live(same[0]), &target(access)).unwrap();
                assert_eq!(program, first, "{text} and {}\n{program}\n{first}", same[0]);
            }
        }
    }
}

/// How many instructions a segment from port 0 to port 80 may take: reading in place, and by copy.
const STEPS: &[(&str, [usize; 2])] = &[
    ("tcp port 81", [34, 34]),
    ("port 80", [33, 33]),
    ("port 81 or port 82 or port 83", [38, 38]),
    ("host 10.9.9.9", [19, 23]),
    ("net 192.0.2.0/24 or net 198.51.100.0/24", [23, 27]),
    ("tcp portrange 81-90", [37, 37]),
    ("tcp[tcpflags] & (tcp-syn|tcp-fin) != 0", [31, 28]),
    ("udp or icmp", [19, 22]),
    ("tcp and port 81 and host 10.9.9.9", [36, 33]),
    ("not arp and not udp and ip", [18, 19]),
];
