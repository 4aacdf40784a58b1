//! SNMP in all versions, and what tcpdump says of messages that are wrong.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

/// An element with a short length.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    [&[tag, content.len() as u8], content].concat()
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(0x30, &parts.concat())
}

/// `.1.3.6.1.2.1.1.1.0`.
const DESCRIPTION: &[u8] = &[0x06, 8, 0x2b, 6, 1, 2, 1, 1, 1, 0];

/// A PDU with one variable.
fn pdu(kind: u8, status: u8, index: u8, value: &[u8]) -> Vec<u8> {
    let variables = sequence(&[&sequence(&[DESCRIPTION, value])]);
    element(kind, &[&[2, 2, 0xff, 7, 2, 1, status, 2, 1, index], &variables[..]].concat())
}

fn message(version: u8, community: &[u8], pdu: &[u8]) -> Vec<u8> {
    let message = sequence(&[&[2, 1, version], &element(4, community), pdu]);
    ipv4(17, &udp(40000, 161, &message))
}

/// A message of `SNMPv3` from a user.
fn version_3(flags: &[u8], model: u8, scoped: &[u8]) -> Vec<u8> {
    let global = sequence(&[&[2, 1, 9, 2, 2, 5, 0xdc], &element(4, flags), &[2, 1, model]]);
    let user = sequence(&[&[4, 2, 0x80, 1, 2, 1, 3, 2, 1, 77], b"\x04\x05admin\x04\0\x04\0"]);
    let message = sequence(&[&[2, 1, 3], &global, &element(4, &user), scoped]);
    ipv4(17, &udp(40000, 161, &message))
}

pub(super) fn cases() -> Vec<Case> {
    vec![requests(), values(), user_based(), damaged()]
}

fn requests() -> Case {
    let null = [5, 0];
    let trap = [
        &[0x06, 3, 0x2b, 6, 1][..],
        &[0x40, 4, 10, 0, 0, 9, 2, 1, 6, 2, 1, 42, 0x43, 2, 1, 0],
        &sequence(&[&sequence(&[DESCRIPTION, b"\x04\x02up"])]),
    ];
    let cold_start =
        [&[0x06, 3, 0x2b, 6, 1][..], &[0x40, 4, 10, 0, 0, 9, 2, 1, 0, 2, 1, 3, 0x43, 1, 5, 0x30, 0]];
    case(
        "snmp requests",
        LinkType::RAW,
        vec![
            message(0, b"public", &pdu(0xa0, 0, 0, &null)),
            message(1, b"private", &pdu(0xa1, 0, 0, &null)),
            message(1, b"pri\x1bvate", &pdu(0xa2, 0, 0, b"\x04\x05Linux")),
            message(1, b"public", &pdu(0xa2, 2, 1, &null)),
            message(1, b"public", &pdu(0xa2, 40, 0, &null)),
            message(1, b"public", &pdu(0xa2, 0, 1, &null)),
            message(1, b"public", &pdu(0xa0, 2, 1, &null)),
            message(1, b"public", &pdu(0xa5, 2, 10, &null)),
            message(0, b"public", &element(0xa4, &trap.concat())),
            message(0, b"public", &element(0xa4, &cold_start.concat())),
            message(0, b"public", &pdu(0xa7, 0, 0, &null)),
            message(1, b"public", &element(0xa4, &[])),
            message(2, b"public", &pdu(0xa0, 0, 0, &null)),
        ],
        &[
            (
                "-n",
                &[
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetRequest(26)  .1.3.6.1.2.1.1.1.0",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  C=\"private\" GetNextRequest(26)  .1.3.6.1.2.1.1.1.0",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  C=70_72_69_1b_76_61_74_65 GetResponse(31)  .1.3.6.1.2.1.1.1.0=\"Linux\"",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(26)  noSuchName@1 .1.3.6.1.2.1.1.1.0=",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(26)  err=40[errorIndex==0] .1.3.6.1.2.1.1.1.0=",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(26) [errorIndex(1) w/o errorStatus] .1.3.6.1.2.1.1.1.0=",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetRequest(26) [errorStatus(noSuchName)!=0][errorIndex(1)!=0] .1.3.6.1.2.1.1.1.0",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetBulk(26)  N=2 M=10 .1.3.6.1.2.1.1.1.0",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  Trap(39)  .1.3.6.1 10.0.0.9 enterpriseSpecific s=42 256 .1.3.6.1.2.1.1.1.0=\"up\"",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  Trap(22)  .1.3.6.1 10.0.0.9 coldStart[specific-trap(3)!=0] 5",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  V2Trap(26) [v2 PDU in v1 message]",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  Trap(0) [v1 PDU in v2 message]",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  SNMP [version = 2]",
                ],
            ),
            (
                "-nv",
                &[
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 69, bad cksum 0 (->1472)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv1 { GetRequest(26) R=-249  .1.3.6.1.2.1.1.1.0 } } ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 70, bad cksum 0 (->1471)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv2c C=\"private\" { GetNextRequest(26) R=-249  .1.3.6.1.2.1.1.1.0 } } ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 76, bad cksum 0 (->146b)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv2c C=70_72_69_1b_76_61_74_65 { GetResponse(31) R=-249  .1.3.6.1.2.1.1.1.0=\"Linux\" } } ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 69, bad cksum 0 (->1472)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv2c { GetResponse(26) R=-249  noSuchName@1 .1.3.6.1.2.1.1.1.0= } } ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 69, bad cksum 0 (->1472)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv2c { GetResponse(26) R=-249  err=40[errorIndex==0] .1.3.6.1.2.1.1.1.0= } } ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 69, bad cksum 0 (->1472)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv2c { GetResponse(26) R=-249 [errorIndex(1) w/o errorStatus] .1.3.6.1.2.1.1.1.0= } } ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 69, bad cksum 0 (->1472)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv2c { GetRequest(26) R=-249 [errorStatus(noSuchName)!=0][errorIndex(1)!=0] .1.3.6.1.2.1.1.1.0 } } ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 69, bad cksum 0 (->1472)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv2c { GetBulk(26) R=-249  N=2 M=10 .1.3.6.1.2.1.1.1.0 } } ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 82, bad cksum 0 (->1465)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv1 { Trap(39)  .1.3.6.1 10.0.0.9 enterpriseSpecific s=42 256 .1.3.6.1.2.1.1.1.0=\"up\" } } ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 65, bad cksum 0 (->1476)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv1 { Trap(22)  .1.3.6.1 10.0.0.9 coldStart[specific-trap(3)!=0] 5 } } ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 69, bad cksum 0 (->1472)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv1 { V2Trap(26) [v2 PDU in v1 message]} ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 43, bad cksum 0 (->148c)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv2c { Trap(0) [v1 PDU in v2 message]} ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 69, bad cksum 0 (->1472)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  SNMP [version = 2]",
                ],
            ),
        ],
    )
}

fn values() -> Case {
    let values: [&[u8]; 20] = [
        &[2, 2, 0xff, 0xfe],
        &[2, 5, 1, 2, 3, 4, 5],
        &[2, 0],
        b"\x04\x03a\x1bb",
        b"\x04\0",
        &[6, 3, 0x88, 0x37, 1],
        &[0x40, 4, 10, 0, 0, 1],
        &[0x40, 2, 10, 0],
        &[0x41, 4, 0xff, 1, 2, 3],
        &[0x42, 5, 1, 0, 0, 0, 7],
        &[0x44, 1, 5],
        &[0x46, 8, 0xff, 1, 2, 3, 4, 5, 6, 7],
        &[0x80, 0],
        &[0x82, 0],
        &[0x85, 0],
        &[0x1e, 1, 7],
        &[3, 2, 7, 8],
        &[0x31, 1, 7],
        &[0x61, 1, 7],
        &[0x30, 2, 5, 0],
    ];
    let frames = values.iter().map(|value| message(1, b"public", &pdu(0xa2, 0, 0, value))).collect();
    case(
        "snmp values",
        LinkType::RAW,
        frames,
        &[(
            "-n",
            &[
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(28)  .1.3.6.1.2.1.1.1.0=-2",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(31)  .1.3.6.1.2.1.1.1.0=33752069",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(26)  .1.3.6.1.2.1.1.1.0=[asnlen=0]",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(29)  .1.3.6.1.2.1.1.1.0=61_1b_62",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(26)  .1.3.6.1.2.1.1.1.0=\"\"",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(29)  .1.3.6.1.2.1.1.1.0=.2.999.1",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(30)  .1.3.6.1.2.1.1.1.0=10.0.0.1",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(28)  .1.3.6.1.2.1.1.1.0=[inetaddr len!=4]10.0",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(30)  .1.3.6.1.2.1.1.1.0=4278256131",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(31)  .1.3.6.1.2.1.1.1.0=7",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(27)  .1.3.6.1.2.1.1.1.0=[P/A/Opaque]_05",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(34)  .1.3.6.1.2.1.1.1.0=18374970166623929863",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(26)  .1.3.6.1.2.1.1.1.0=[noSuchObject]",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(26)  .1.3.6.1.2.1.1.1.0=[endOfMibView]",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(26)  .1.3.6.1.2.1.1.1.0=[BE_ANY!?]",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(27)  .1.3.6.1.2.1.1.1.0=[id?P/x/30]",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(28)  .1.3.6.1.2.1.1.1.0=[P/U/Bitstring]_07_08",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(27)  .1.3.6.1.2.1.1.1.0=C/U/Set_07",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(27)  .1.3.6.1.2.1.1.1.0=C/x/Counter_07",
                "IP 10.0.0.1.40000 > 10.0.0.2.161:  GetResponse(28)  .1.3.6.1.2.1.1.1.0=Seq(2)",
            ],
        )],
    )
}

fn user_based() -> Case {
    let scoped = sequence(&[&[4, 2, 0x80, 0xfe], b"\x04\x03ctx", &pdu(0xa0, 0, 0, &[5, 0])]);
    case(
        "snmp version 3",
        LinkType::RAW,
        vec![
            version_3(&[4], 3, &scoped),
            version_3(&[7], 3, b"\x04\x05\x01\x02\x03\x04\x05"),
            version_3(&[1], 2, &scoped),
            version_3(&[9], 3, &scoped),
            version_3(&[1, 2], 3, &scoped),
        ],
        &[
            (
                "-n",
                &[
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  F=r U=\"admin\" E=_80_fe C=\"ctx\" GetRequest(26)  .1.3.6.1.2.1.1.1.0",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  F=apr U=\"admin\" [!scoped PDU]01_02_03_04_05",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  F=a [security model 2]",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  [msgFlags=0x09]",
                    "IP 10.0.0.1.40000 > 10.0.0.2.161:  [msgFlags size 2]",
                ],
            ),
            (
                "-nv",
                &[
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 112, bad cksum 0 (->1447)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv3 { F=r } { USM B=3 T=77 U=\"admin\" } { ScopedPDU E=_80_fe C=\"ctx\" { GetRequest(26) R=-249  .1.3.6.1.2.1.1.1.0 } } } ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 80, bad cksum 0 (->1467)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv3 { F=apr } { USM B=3 T=77 U=\"admin\" } { ScopedPDU [!scoped PDU]01_02_03_04_05} } ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 112, bad cksum 0 (->1447)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv3 { F=a } [security model 2]} ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 112, bad cksum 0 (->1447)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv3 { [msgFlags=0x09]} ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 113, bad cksum 0 (->1446)!)\n    10.0.0.1.40000 > 10.0.0.2.161:  { SNMPv3 { [msgFlags size 2]} ",
                ],
            ),
        ],
    )
}

fn damaged() -> Case {
    let datagram = |message: &[u8]| ipv4(17, &udp(40000, 162, message));
    let request = sequence(&[&[2, 1, 0], b"\x04\x06public", &pdu(0xa0, 0, 0, &[5, 0])]);
    case(
        "damaged snmp",
        LinkType::RAW,
        vec![
            datagram(&[]),
            datagram(&request[..1]),
            datagram(&request[..20]),
            datagram(&[0x30, 0x84, 1]),
            datagram(&[0x02, 1, 5]),
            datagram(&sequence(&[b"\x04\x01x"])),
            datagram(&sequence(&[&[2, 1, 0, 2, 1, 7]])),
            datagram(&sequence(&[&[2, 1, 0], b"\x04\x06public", &[2, 1, 7]])),
            datagram(&[&request[..], &[1, 2, 3]].concat()),
            datagram(&sequence(&[&[2, 1, 0], b"\x04\x06public", &element(0xaa, &[])])),
            datagram(&sequence(&[&[2, 1, 0], b"\x04\x06public", &element(0xa0, &[2, 1, 1, 4, 0])])),
            datagram(&sequence(&[
                &[2, 1, 1],
                b"\x04\x06public",
                &element(0xa0, &[2, 1, 1, 2, 1, 0, 2, 1, 0, 5, 0]),
            ])),
        ],
        &[
            (
                "-n",
                &[
                    "IP 10.0.0.1.40000 > 10.0.0.2.162:  [nothing to parse]",
                    "IP 10.0.0.1.40000 > 10.0.0.2.162:  [no asnlen]",
                    "IP 10.0.0.1.40000 > 10.0.0.2.162:  [len18<asnlen39]",
                    "IP 10.0.0.1.40000 > 10.0.0.2.162:  [asnlen? 1<4]",
                    "IP 10.0.0.1.40000 > 10.0.0.2.162:  [!init SEQ]5",
                    "IP 10.0.0.1.40000 > 10.0.0.2.162:  [version!=INT]\"x\"",
                    "IP 10.0.0.1.40000 > 10.0.0.2.162:  [comm!=STR]7",
                    "IP 10.0.0.1.40000 > 10.0.0.2.162:  [no PDU]",
                    "IP 10.0.0.1.40000 > 10.0.0.2.162:  [3 extra after iSEQ]GetRequest(26)  .1.3.6.1.2.1.1.1.0",
                    "IP 10.0.0.1.40000 > 10.0.0.2.162:  [id?C/x/10]",
                    "IP 10.0.0.1.40000 > 10.0.0.2.162:  GetRequest(5) [errorStatus!=INT]\"\"",
                    "IP 10.0.0.1.40000 > 10.0.0.2.162:  GetRequest(11) [!SEQ of varbind]",
                ],
            ),
            (
                "-nv",
                &[
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 28, bad cksum 0 (->149b)!)\n    10.0.0.1.40000 > 10.0.0.2.162:  [nothing to parse]",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 29, bad cksum 0 (->149a)!)\n    10.0.0.1.40000 > 10.0.0.2.162:  [no asnlen]",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 48, bad cksum 0 (->1487)!)\n    10.0.0.1.40000 > 10.0.0.2.162:  [len18<asnlen39]",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 31, bad cksum 0 (->1498)!)\n    10.0.0.1.40000 > 10.0.0.2.162:  [asnlen? 1<4]",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 31, bad cksum 0 (->1498)!)\n    10.0.0.1.40000 > 10.0.0.2.162:  [!init SEQ]5",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 33, bad cksum 0 (->1496)!)\n    10.0.0.1.40000 > 10.0.0.2.162:  [version!=INT]\"x\"",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 36, bad cksum 0 (->1493)!)\n    10.0.0.1.40000 > 10.0.0.2.162:  { SNMPv1 [comm!=STR]7} ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 44, bad cksum 0 (->148b)!)\n    10.0.0.1.40000 > 10.0.0.2.162:  { SNMPv1 [no PDU]} ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 72, bad cksum 0 (->146f)!)\n    10.0.0.1.40000 > 10.0.0.2.162:  [3 extra after iSEQ]{ SNMPv1 { GetRequest(26) R=-249  .1.3.6.1.2.1.1.1.0 } } ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 43, bad cksum 0 (->148c)!)\n    10.0.0.1.40000 > 10.0.0.2.162:  { SNMPv1 [id?C/x/10]} ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 48, bad cksum 0 (->1487)!)\n    10.0.0.1.40000 > 10.0.0.2.162:  { SNMPv1 { GetRequest(5) R=1 [errorStatus!=INT]\"\" } } ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 54, bad cksum 0 (->1481)!)\n    10.0.0.1.40000 > 10.0.0.2.162:  { SNMPv2c { GetRequest(11) R=1 [!SEQ of varbind] } } ",
                ],
            ),
        ],
    )
}
