//! Fields of application protocols, against tshark.

use crate::savefiles::{Saved, ipv4, printed, tcp, tshark, udp};
use crate::tls::in_decimal;

/// The fields of a file under our names and under those of tshark are the same.
fn check(name: &str, frames: &[Vec<u8>], fields: &[(&str, &str)]) {
    let (ours, theirs): (Vec<_>, Vec<_>) = fields.iter().copied().unzip();
    let file = Saved::new(name, frames);
    let Some(theirs) = tshark(&file.0, &theirs) else { return };
    assert_eq!(printed(&file.0, &["--fields", &ours.join(",")]), theirs);
}

#[test]
fn snmp() {
    let variables = b"\x30\x0d\x06\x08\x2b\x06\x01\x02\x01\x01\x05\0\x04\x01x\x30\x0e\x06\x08\x2b\x06\x01\x02\x01\x01\x03\0\x43\x02\x12\x34";
    let request = [
        b"\x30\x3a\x02\x01\x01\x04\x06public\xa2\x2d\x02\x04\x01\x02\x03\x04\x02\x01\0\x02\x01\0\x30\x1f",
        &variables[..],
    ];
    let request = request.concat();
    let frames = [udp([161, 40000], &request)];
    let version =
        printed(&Saved::new("snmp-value", &frames).0, &["--fields", "snmp.version,snmp.variables.value"]);
    assert_eq!(version, "1\tx,4660\n");
    check(
        "snmp",
        &frames,
        &[
            ("snmp.version", "snmp.version"),
            ("snmp.community", "snmp.community"),
            ("snmp.request", "snmp.request_id"),
            ("snmp.error_status", "snmp.error_status"),
            ("snmp.variables.name", "snmp.name"),
        ],
    );
}

#[test]
fn sctp() {
    let header = [0x8e, 0x3c, 0x96, 0x0c, 1, 2, 3, 4, 0, 0, 0, 0];
    let init = [1, 0, 0, 20, 0, 0, 0, 9, 0, 1, 0, 0, 0, 10, 0, 5, 0, 0, 1, 0];
    let data = [0, 3, 0, 17, 0, 0, 1, 0, 0, 2, 0, 3, 0, 0, 0, 60, b'x', 0, 0, 0];
    let sack = [3, 0, 0, 16, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    let packet = |chunks: &[&[u8]]| ipv4(132, &[&header[..], &chunks.concat()].concat());
    let common = [
        ("sctp.source_port", "sctp.srcport"),
        ("sctp.destination_port", "sctp.dstport"),
        ("sctp.chunks.type", "sctp.chunk_type"),
        ("sctp.chunks.length", "sctp.chunk_length"),
    ];
    check("sctp", &[packet(&[&init]), packet(&[&sack, &data])], &common);
    let of_init = [
        ("sctp.chunks.window", "sctp.init_credit"),
        ("sctp.chunks.outbound_streams", "sctp.init_nr_out_streams"),
        ("sctp.chunks.inbound_streams", "sctp.init_nr_in_streams"),
        ("sctp.chunks.tsn", "sctp.init_initial_tsn"),
    ];
    check("sctp-init", &[packet(&[&init])], &of_init);
    let of_data =
        [("sctp.chunks.tsn", "sctp.data_tsn_raw"), ("sctp.chunks.protocol", "sctp.data_payload_proto_id")];
    check("sctp-data", &[packet(&[&data])], &of_data);
}

#[test]
fn http() {
    let request = b"GET /a?b=c HTTP/1.1\r\nhost: www.example.com\r\nUser-Agent: curl/8\r\n\r\n";
    let response = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n";
    check(
        "http",
        &[tcp([40000, 80], request), tcp([80, 40000], response)],
        &[
            ("http.method", "http.request.method"),
            ("http.target", "http.request.uri"),
            ("http.host", "http.host"),
            ("http.user_agent", "http.user_agent"),
            ("http.status", "http.response.code"),
            ("http.content_type", "http.content_type"),
        ],
    );
}

#[test]
fn sip_and_rtsp() {
    let invite = b"INVITE sip:b@example.com SIP/2.0\r\nFrom: <sip:a@example.com>\r\nTo: <sip:b@example.com>\r\nCall-ID: 7@a\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n";
    let fields = [
        ("sip.method", "sip.Method"),
        ("sip.target", "sip.r-uri"),
        ("sip.from", "sip.From"),
        ("sip.call_id", "sip.Call-ID"),
    ];
    check("sip", &[udp([5060, 5060], invite)], &fields);
    let describe = b"DESCRIBE rtsp://a.example/b RTSP/1.0\r\nCSeq: 2\r\n\r\n";
    let fields = [("rtsp.method", "rtsp.method"), ("rtsp.target", "rtsp.url")];
    check("rtsp", &[tcp([40000, 554], describe)], &fields);
}

#[test]
fn ssh() {
    let frames = [tcp([40000, 22], b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")];
    check("ssh", &frames, &[("ssh.first_line", "ssh.protocol")]);
}

#[test]
fn bgp() {
    let message = |kind, body: &[u8]| [&[0xff; 16][..], &[0, 19 + body.len() as u8, kind], body].concat();
    let open = message(1, &[4, 0xfd, 0xe9, 0, 90, 10, 0, 0, 1, 0]);
    let update = message(2, &[0, 3, 16, 10, 1, 0, 3, 0x40, 1, 0, 8, 10, 24, 192, 0, 2]);
    let notification = message(3, &[6, 2]);
    // A connection each, for all segments have the same sequence number.
    let messages = [(40000, &open), (40001, &update), (40002, &notification)];
    let frames = messages.map(|(port, message)| tcp([port, 179], message));
    check(
        "bgp",
        &frames,
        &[
            ("bgp.messages.type", "bgp.type"),
            ("bgp.messages.length", "bgp.length"),
            ("bgp.messages.version", "bgp.open.version"),
            ("bgp.messages.as", "bgp.open.myas"),
            ("bgp.messages.hold_time", "bgp.open.holdtime"),
            ("bgp.messages.router", "bgp.open.identifier"),
            ("bgp.messages.attributes_length", "bgp.update.path_attributes.length"),
            ("bgp.messages.code", "bgp.notify.major_error"),
        ],
    );
    let file = Saved::new("bgp-verbose", &frames);
    let counts = printed(&file.0, &["--fields", "bgp.messages.withdrawn,bgp.messages.announced"]);
    assert_eq!(counts, "\t\n1\t2\n\t\n");
    let verbose = printed(&file.0, &["-ntv"]);
    let update = "\n\tUpdate Message (2), length: 35\n\t  Withdrawn routes:\n\t    10.1.0.0/16\n";
    assert!(verbose.contains(update), "{verbose}");
    assert!(
        verbose.ends_with(
            "\n\tNotification Message (3), length: 21, Cease (6), subcode Administrative Shutdown (2)\n"
        ),
        "{verbose}"
    );
}

#[test]
fn gtp_u() {
    let inner = ipv4(17, &[0x9c, 0x40, 0, 7, 0, 8, 0, 0]);
    let message = [&[0x32, 255, 0, 32, 0, 0, 1, 7, 0, 5, 0, 0][..], &inner[14..]].concat();
    let fields = [
        ("gtpu.type", "gtp.message"),
        ("gtpu.length", "gtp.length"),
        ("gtpu.sequence", "gtp.seq_number"),
        ("ipv4.source", "ip.src"),
        ("udp.destination_port", "udp.dstport"),
    ];
    let file = Saved::new("gtp-u", &[udp([2152, 2152], &message)]);
    let (ours, theirs): (Vec<_>, Vec<_>) = fields.iter().copied().unzip();
    let Some(theirs) = tshark(&file.0, &theirs) else { return };
    assert_eq!(printed(&file.0, &["--fields", &ours.join(",")]), in_decimal(&theirs));
}
