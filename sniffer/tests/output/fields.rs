//! Chosen fields.

use std::process::Command;

use crate::savefiles::{Saved, captures, frames, ipv4, printed, tcp, tshark, udp};
use crate::support::process::SNIFFER;

#[test]
fn columns_are_separated_and_what_is_absent_is_empty() {
    let file = Saved::new("fields", &frames());
    let names = "number,ipv4.source,udp.source_port,dns.answers.address,tcp.options.mss,vlan.id";
    let lines = printed(&file.0, &["--fields", names, "--separator", ";"]);
    assert_eq!(lines, "1;10.0.0.1;;;;7\n2;10.0.0.1;53;192.0.2.99;;\n3;10.0.0.1;;;1460;\n4;;;;;\n");
    assert!(printed(&file.0, &["--fields", "time,length"]).starts_with("1700000000.000000000\t48\n"));
}

#[test]
fn an_unknown_field_is_refused_before_anything_is_read() {
    let output = Command::new(SNIFFER).args(["-r", "/nonexistent", "--fields", "ipv4.colour"]).output();
    let output = output.expect("it starts");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no field `ipv4.colour`"));
}

/// The fields of the IP header, as tshark names them, frame by frame.
#[test]
fn values_are_those_of_tshark() {
    let ours =
        "ethernet.source,vlan.id,ipv4.ttl,ipv4.source,ipv4.destination,udp.source_port,tcp.destination_port";
    let theirs = ["eth.src", "vlan.id", "ip.ttl", "ip.src", "ip.dst", "udp.srcport", "tcp.dstport"];
    let file = Saved::new("fields-tshark", &frames()[..3]);
    let Some(theirs) = tshark(&file.0, &theirs) else { return };
    assert_eq!(printed(&file.0, &["--fields", ours]), theirs);
}

/// What scripts ask of protocols that run a network, which is in options, attributes and lists of routes.
#[test]
fn leases_routers_and_routes_are_those_of_tshark() {
    let options = [53, 1, 5, 50, 4, 10, 0, 0, 7, 54, 4, 10, 0, 0, 1, 12, 4, b'h', b'o', b's', b't', 255];
    let lease =
        [&[2, 1, 6, 0, 0, 0, 0, 9][..], &[0; 20], &[2, 0, 0, 0, 0, 1], &[0; 202], b"\x63\x82\x53\x63"];
    let lease = [lease.concat(), options.to_vec()].concat();
    let header = [2, 1, 0, 44, 10, 0, 0, 9, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let hello = [255, 255, 255, 0, 0, 10, 2, 1, 0, 0, 0, 40, 10, 0, 0, 1, 10, 0, 0, 2];
    let attributes = [0x40, 1, 1, 0, 0x40, 2, 4, 2, 1, 0xfd, 0xe9, 0x40, 3, 4, 10, 0, 0, 1];
    let update = [&[0xff; 16][..], &[0, 44, 2, 0, 0, 0, 18], &attributes, &[16, 10, 1]].concat();
    let frames =
        [udp([67, 68], &lease), ipv4(89, &[&header[..], &hello].concat()), tcp([179, 40_000], &update)];
    let file = Saved::new("fields-control", &frames);
    let ours = "dhcp.message_type,dhcp.requested_address,dhcp.server_id,dhcp.host_name,ospf.router,ospf.area,\
                ospf.designated_router,bgp.messages.next_hop,bgp.messages.as_path,bgp.routes.prefix_length";
    let theirs = [
        "dhcp.option.dhcp",
        "dhcp.option.requested_ip_address",
        "dhcp.option.dhcp_server_id",
        "dhcp.option.hostname",
        "ospf.srcrouter",
        "ospf.area_id",
        "ospf.hello.designated_router",
        "bgp.update.path_attribute.next_hop",
        "bgp.update.path_attribute.as_path_segment.as2",
        "bgp.prefix_length",
    ];
    let Some(theirs) = tshark(&file.0, &theirs) else { return };
    assert_eq!(printed(&file.0, &["--fields", ours]), theirs);
}

/// A name that JSON has and that cannot be chosen would be missing in the list of names.
#[test]
fn every_field_of_every_capture_can_be_chosen() {
    let names = printed(std::path::Path::new("-"), &["--fields", "help"]);
    let names: Vec<&str> = names.lines().collect();
    for path in captures() {
        for line in printed(&path, &["--json"]).lines() {
            let object: serde_json::Value = serde_json::from_str(line).expect("an object");
            for layer in object["layers"].as_array().expect("a list") {
                for path in paths(layer) {
                    assert!(names.contains(&path.as_str()), "{path}");
                }
            }
        }
    }
}

/// The names under which the fields of a layer can be chosen.
fn paths(layer: &serde_json::Value) -> Vec<String> {
    let protocol = layer["layer"].as_str().expect("a name");
    let members = layer.as_object().expect("an object").iter().filter(|(name, _)| *name != "layer");
    members
        .flat_map(|(name, value)| match value.as_array() {
            Some(items) => items
                .iter()
                .flat_map(|item| item.as_object().expect("an object").keys())
                .map(|field| format!("{protocol}.{name}.{field}"))
                .collect(),
            None => vec![format!("{protocol}.{name}")],
        })
        .collect()
}
