//! The payloads of IKE version 1.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::words::{
    AH, CERTIFICATES, ERRORS, ESP, IDENTITIES, IKE, IPCOMP, IPSEC_ATTRIBUTES, IPSEC_STATUS,
    OAKLEY_ATTRIBUTES, PROTOCOLS,
};
use super::{
    Around, Behind, print_attributes, print_bytes, print_contents, print_kind, print_payloads, print_some,
    print_word,
};
use crate::decode::{IsakmpPayload, Payload};
use crate::print::line::Line;
use crate::print::text;

const PROPOSAL: u8 = 2;
const TRANSFORM: u8 = 3;

/// The domain of interpretation of `IPsec`.
const IPSEC: u32 = 1;

/// A payload; gives what is behind it, and nothing where it is cut.
pub(super) fn print<'a>(
    line: &mut Line<'_>,
    kind: u8,
    payload: &IsakmpPayload<'a>,
    around: Around,
) -> Option<Behind<'a>> {
    print_kind(line, kind);
    line.byte(b':');
    let contents = payload.behind(IsakmpPayload::HEADER_LEN);
    match kind {
        1 => return print_association(line, payload, around),
        PROPOSAL => return print_proposal(line, payload, around),
        TRANSFORM => return print_transform(line, payload, around),
        4 => {
            line.labelled(" key len=", contents.claimed());
            print_contents(line, contents)?;
        }
        5 => print_identity(line, payload)?,
        6 | 7 => {
            let encoding = payload.number()?;
            line.labelled(" len=", contents.claimed());
            line.text(" type=");
            print_word(line, CERTIFICATES, encoding);
            print_contents(line, contents)?;
        }
        10 => print_nonce(line, payload, contents)?,
        11 => return print_notification(line, payload),
        12 => return print_deletion(line, payload),
        _ => {
            line.labelled(" len=", contents.claimed());
            print_contents(line, contents)?;
        }
    }
    Behind::of(payload)
}

fn print_association<'a>(
    line: &mut Line<'_>,
    payload: &IsakmpPayload<'a>,
    around: Around,
) -> Option<Behind<'a>> {
    const IDENTITY: u32 = 1;
    let (domain, situation) = (payload.domain()?, payload.situation()?);
    if domain != IPSEC {
        line.labelled(" doi=", domain);
        line.labelled(" situation=", situation);
        return Some(Behind::At(payload.whole().skip(IsakmpPayload::NOTIFICATION_LEN)));
    }
    line.text(" doi=ipsec situation=");
    let mut separator = "";
    for (bit, name) in [(1, "identity"), (2, "secrecy"), (4, "integrity")] {
        if situation & bit != 0 {
            line.text(separator);
            line.text(name);
            separator = "+";
        }
    }
    let mut proposals = payload.whole().skip(IsakmpPayload::NOTIFICATION_LEN);
    if situation != IDENTITY {
        // The domain of the labels is behind the situation; tcpdump shows that of the association.
        line.labelled(" ident=", domain);
        proposals = proposals.skip(4);
    }
    nested(line, PROPOSAL, proposals, around)
}

/// Payloads within one; nothing where there is none.
fn nested<'a>(line: &mut Line<'_>, kind: u8, payloads: Payload<'a>, around: Around) -> Option<Behind<'a>> {
    payloads.get::<[u8; IsakmpPayload::HEADER_LEN]>(0)?;
    Some(print_payloads(line, kind, payloads, around).map_or(Behind::Nowhere, Behind::At))
}

fn print_proposal<'a>(
    line: &mut Line<'_>,
    payload: &IsakmpPayload<'a>,
    around: Around,
) -> Option<Behind<'a>> {
    let (protocol, index_len) = (payload.protocol()?, payload.index_len()?);
    let transforms = payload.transforms()?;
    line.labelled(" #", payload.number()?);
    line.text(" protoid=");
    print_word(line, PROTOCOLS, protocol);
    line.labelled(" transform=", transforms);
    let rest = payload.whole().skip(IsakmpPayload::FIELDS_LEN);
    if index_len > 0 {
        line.text(" spi=");
        print_bytes(line, rest.with_claim(index_len.into()))?;
    }
    nested(line, TRANSFORM, rest.skip(index_len.into()), Around { protocol, ..around })
}

fn print_transform<'a>(
    line: &mut Line<'_>,
    payload: &IsakmpPayload<'a>,
    around: Around,
) -> Option<Behind<'a>> {
    let (id, _) = (payload.protocol()?, payload.word()?);
    let (words, attributes) = match around.protocol {
        1 => (IKE, OAKLEY_ATTRIBUTES),
        2 => (AH, IPSEC_ATTRIBUTES),
        3 => (ESP, IPSEC_ATTRIBUTES),
        4 => (IPCOMP, IPSEC_ATTRIBUTES),
        _ => (&[][..], &[][..]),
    };
    line.labelled(" #", payload.number()?);
    line.text(" id=");
    if attributes.is_empty() {
        line.number(id);
    } else {
        print_word(line, words, id);
    }
    line.byte(b' ');
    print_attributes(line, payload.behind(IsakmpPayload::FIELDS_LEN), attributes)?;
    Behind::of(payload)
}

fn print_identity(line: &mut Line<'_>, payload: &IsakmpPayload<'_>) -> Option<()> {
    let (kind, protocol, port) = (payload.number()?, payload.protocol()?, payload.word()?);
    line.text(" idtype=");
    print_word(line, IDENTITIES, kind);
    line.text(" protoid=");
    if protocol == 0 || !line.names.protocol(protocol, line.out) {
        line.number(protocol);
    }
    line.labelled(" port=", port);
    let data = payload.behind(IsakmpPayload::FIELDS_LEN);
    let least = match kind {
        1 => 4,
        4 | 7 => 8,
        5 => 16,
        6 | 8 => 32,
        _ => 0,
    };
    if data.claimed() == 0 {
        return Some(());
    }
    line.labelled(" len=", data.claimed());
    if data.claimed() < least {
        line.labelled(" [bad: < ", least);
        line.byte(b']');
        return Some(());
    }
    print_identity_data(line, kind, data)
}

fn print_identity_data(line: &mut Line<'_>, kind: u8, data: Payload<'_>) -> Option<()> {
    if (1..=8).contains(&kind) {
        line.byte(b' ');
    }
    match kind {
        1 => line.ipv4(data.get(0)?),
        2 | 3 => line.untrusted(data.bytes()),
        4 | 7 => {
            let [first, second]: [Ipv4Addr; 2] = [data.get(0)?, data.skip(4).get(0)?];
            line.ipv4(first);
            line.byte(if kind == 4 { b'/' } else { b'-' });
            if kind == 4 { text::ipv4(line.out, second) } else { line.ipv4(second) }
        }
        5 => line.ipv6(data.get(0)?),
        6 => {
            line.ipv6(data.get(0)?);
            line.text("/0x");
            line.hex_bytes(&data.skip(16).get::<[u8; 16]>(0)?);
        }
        8 => {
            line.ipv6(data.get(0)?);
            line.byte(b'-');
            line.ipv6(data.skip(16).get::<Ipv6Addr>(0)?);
        }
        _ => return print_contents(line, data),
    }
    Some(())
}

fn print_nonce(line: &mut Line<'_>, payload: &IsakmpPayload<'_>, nonce: Payload<'_>) -> Option<()> {
    line.labelled(" n len=", nonce.claimed());
    if line.options.verbose == 2 && nonce.claimed() > 0 {
        line.byte(b' ');
        print_some(line, payload.whole().skip(IsakmpPayload::HEADER_LEN));
    }
    print_contents(line, nonce)
}

/// The domain of interpretation, and a protocol of it.
fn print_domain(line: &mut Line<'_>, domain: u32, protocol: u8) {
    if domain == IPSEC {
        line.text(" doi=ipsec proto=");
        print_word(line, PROTOCOLS, protocol);
    } else {
        line.labelled(" doi=", domain);
        line.labelled(" proto=", protocol);
    }
}

fn print_notification<'a>(line: &mut Line<'_>, payload: &IsakmpPayload<'a>) -> Option<Behind<'a>> {
    let (domain, protocol) = (payload.domain()?, payload.notified_protocol()?);
    let (index_len, kind) = (payload.notified_index_len()?, payload.notification()?);
    print_domain(line, domain, protocol);
    line.text(" type=");
    match kind {
        ..8192 => print_word(line, ERRORS, kind),
        8192 if domain == IPSEC => line.text("RESERVED"),
        8193..16384 if domain == IPSEC => line.labelled("#", kind - 8192),
        16384 => line.text("CONNECTED"),
        16385..24576 => line.labelled("#", kind - 16384),
        24576..32768 if domain == IPSEC => print_word(line, IPSEC_STATUS, kind - 24576),
        _ => line.labelled("#", kind),
    }
    let rest = payload.whole().skip(IsakmpPayload::NOTIFICATION_LEN);
    if index_len > 0 {
        line.text(" spi=");
        print_bytes(line, rest.with_claim(index_len.into()))?;
    }
    let rest = rest.skip(index_len.into());
    if domain != IPSEC {
        return Some(Behind::At(rest));
    }
    if !rest.bytes().is_empty() {
        print_notified(line, payload, kind, rest)?;
    }
    Behind::of(payload)
}

fn print_notified(
    line: &mut Line<'_>,
    payload: &IsakmpPayload<'_>,
    kind: u16,
    rest: Payload<'_>,
) -> Option<()> {
    const RESPONDER_LIFETIME: u16 = 24576;
    const REPLAY_STATUS: u16 = 24577;
    match kind {
        RESPONDER_LIFETIME => {
            let index_len = usize::from(payload.notified_index_len()?);
            line.text(" attrs=(");
            let attributes = payload.behind(IsakmpPayload::NOTIFICATION_LEN + index_len);
            let printed = print_attributes(line, attributes, OAKLEY_ATTRIBUTES);
            line.byte(b')');
            printed?;
        }
        REPLAY_STATUS => {
            let is_on = rest.get::<u32>(0)? != 0;
            line.text(if is_on {
                " status=(replay detection enabled)"
            } else {
                " status=(replay detection disabled)"
            });
        }
        _ => print_some(line, rest),
    }
    Some(())
}

fn print_deletion<'a>(line: &mut Line<'_>, payload: &IsakmpPayload<'a>) -> Option<Behind<'a>> {
    let (domain, protocol) = (payload.domain()?, payload.notified_protocol()?);
    let (index_len, count) = (payload.notified_index_len()?, payload.notification()?);
    print_domain(line, domain, protocol);
    line.labelled(" spilen=", index_len);
    line.labelled(" nspi=", count);
    line.text(" spi=");
    let mut rest = payload.whole().skip(IsakmpPayload::NOTIFICATION_LEN);
    // Indices without a byte are none: there may be more than bytes in the message.
    for index in 0..if index_len == 0 { 0 } else { count } {
        line.text(if index == 0 { "" } else { "," });
        print_bytes(line, rest.with_claim(index_len.into()))?;
        rest = rest.skip(index_len.into());
    }
    Some(Behind::At(rest))
}
