//! RADIUS: a packet in one line, with `-v` its attributes, with `-vv` these in hexadecimal as well.

mod attributes;
mod rare;
mod words;

use self::attributes::{ATTRIBUTES, Form};
use self::rare::print_rare_value;
use self::words::{CODES, VENDORS, Words};
use crate::decode::{Eap, Payload, Radius, RadiusAttribute};
use crate::print::line::Line;
use crate::print::link_local::eapol;
use crate::print::{hex, text, tokens};

pub(super) fn print(line: &mut Line<'_>, radius: &Radius<'_>) {
    if !radius.is_well_formed() {
        line.text("radius");
        return line.invalid();
    }
    line.text("RADIUS, ");
    if line.is_verbose() {
        line.labelled("length: ", radius.packet_len());
        line.text("\n\t");
    }
    tokens::print_numbered(line, CODES, radius.code(), "Unknown Command");
    line.labelled_hex(", id: ", radius.id(), 2);
    if !line.is_verbose() {
        return line.labelled(" length: ", radius.packet_len());
    }
    line.text(", Authenticator: ");
    line.hex_bytes(&radius.authenticator());
    print_attributes(line, radius.attributes());
}

fn print_attributes(line: &mut Line<'_>, attributes: Payload<'_>) {
    let mut rest = attributes;
    while rest.claimed() > 0 {
        let before = rest.claimed();
        let Some(attribute) = RadiusAttribute::next(&mut rest) else { return line.truncated("radius") };
        let known = usize::from(attribute.kind).checked_sub(1).and_then(|index| ATTRIBUTES.get(index));
        line.text("\n\t  ");
        line.text(known.map_or("Unknown", |(name, _)| name));
        line.labelled(" Attribute (", attribute.kind);
        line.labelled("), length: ", attribute.len);
        if attribute.len < 2 {
            return line.text(" (bogus, must be >= 2)");
        }
        if u32::from(attribute.len) > before {
            return line.text(" (bogus, goes past end of packet)");
        }
        line.text(", Value: ");
        let value = attribute.value;
        let printed = match known {
            Some((_, form)) if value.claimed() > 0 => print_value(line, *form, value).ok_or(*form),
            _ => Ok(()),
        };
        if let Err(form) = printed {
            line.truncated("radius");
            // What is read field by field ends the line where a field is missing: of EAP that may be so within a whole value.
            if value.is_truncated() != is_text(form) {
                return;
            }
        }
        hex::with_vv(line, "\n\t    ", value.bytes());
    }
}

/// Whether a value is read as a whole, so that with `-vv` what there is of a cut one follows.
fn is_text(form: Form) -> bool {
    matches!(
        form,
        Form::Text
            | Form::TaggedText
            | Form::VlanName
            | Form::Password
            | Form::Eap
            | Form::Prefix6
            | Form::HomePrefix
            | Form::Operator
            | Form::Location
            | Form::LocationData
            | Form::LocationPolicy
    )
}

/// A value of the length that its form needs; nothing where the capture ends within it.
fn print_value(line: &mut Line<'_>, form: Form, value: Payload<'_>) -> Option<()> {
    let (least, most) = match form {
        Form::Number
        | Form::Duration
        | Form::Word(_)
        | Form::TaggedWord(_)
        | Form::TaggedNumber
        | Form::Address
        | Form::HostAddress
        | Form::IpxNetwork
        | Form::AppleTalkLink
        | Form::AppleTalkNetwork
        | Form::Time
        | Form::Vlan
        | Form::ErrorCause => (4, 4),
        Form::Address6 | Form::ArapPassword => (16, 16),
        Form::ArapFeatures => (14, 14),
        Form::HomePrefix => (17, 17),
        Form::Features => (8, 8),
        _ => (0, u32::MAX),
    };
    let len = value.claimed();
    if !(least..=most).contains(&len) {
        line.text(if matches!(form, Form::ErrorCause) { "Error" } else { "ERROR" });
        line.labelled(": length ", len);
        line.labelled(" != ", least);
        return Some(());
    }
    match form {
        Form::Hidden => {}
        Form::Text | Form::TaggedText | Form::VlanName | Form::Password => {
            return print_text(line, form, value);
        }
        Form::Number => print_number(line, value.get(0)?, None),
        Form::IpxNetwork => print_number(line, value.get(0)?, Some((0xffff_fffe, "NAS Select"))),
        Form::AppleTalkLink => print_number(line, value.get(0)?, Some((0, "Unnumbered"))),
        Form::AppleTalkNetwork => print_number(line, value.get(0)?, Some((0, "NAS assigned"))),
        Form::Word(words) => print_word(line, words, value.get(0)?),
        Form::TaggedWord(words) => {
            let (tag, number) = tagged(value)?;
            print_tag(line, tag);
            print_word(line, words, number);
        }
        Form::TaggedNumber => {
            let (tag, number) = tagged(value)?;
            print_tag(line, tag);
            line.number(number);
        }
        Form::Vlan => {
            let (tag, number) = tagged(value)?;
            print_vlan_tag(line, tag);
            line.number(number);
        }
        Form::Duration => print_duration(line, value.get(0)?),
        Form::Address => line.ipv4(value.get(0)?),
        Form::HostAddress => match value.get(0)? {
            u32::MAX => line.text("User Selected"),
            0xffff_fffe => line.text("NAS Select"),
            address => line.ipv4(address.into()),
        },
        Form::Eap if value.is_truncated() => return None,
        Form::Eap => return eapol::print_packet(line, &Eap::new(value), value.claimed()),
        Form::Vendor => return print_vendor(line, value),
        _ => return print_rare_value(line, form, value),
    }
    Some(())
}

/// A tag of one byte and a number of three.
fn tagged(value: Payload<'_>) -> Option<(u8, u32)> {
    value.get(0).map(|word: u32| ((word >> 24) as u8, word & 0x00ff_ffff))
}

fn print_tag(line: &mut Line<'_>, tag: u8) {
    if tag == 0 {
        return line.text("Tag[Unused] ");
    }
    line.labelled("Tag[", tag);
    line.text("] ");
}

fn print_vlan_tag(line: &mut Line<'_>, tag: u8) {
    tokens::print_with_hex(line, &[(0x31_u8, "Tagged"), (0x32, "Untagged")], tag, 2, "Unknown tag");
    line.text(" ");
}

/// A number, or the word for one that means something else.
fn print_number(line: &mut Line<'_>, number: u32, word: Option<(u32, &str)>) {
    match word {
        Some((special, word)) if special == number => line.text(word),
        _ => line.number(number),
    }
}

fn print_word(line: &mut Line<'_>, (first, words): Words, number: u32) {
    match number.checked_sub(first).and_then(|index| words.get(index as usize)) {
        Some(word) => line.text(word),
        None => line.labelled("#", number),
    }
}

fn print_duration(line: &mut Line<'_>, seconds: u32) {
    let print = |line: &mut Line<'_>, parts: &[u32], unit: &str| {
        for (index, part) in parts.iter().enumerate() {
            line.text(if index == 0 { "" } else { ":" });
            text::decimal_padded(line.out, (*part).into(), 2);
        }
        line.text(unit);
    };
    match seconds {
        ..60 => print(line, &[seconds], " secs"),
        60..3600 => print(line, &[seconds / 60, seconds % 60], " min"),
        _ => print(line, &[seconds / 3600, seconds % 3600 / 60, seconds % 60], " hours"),
    }
}

/// Text behind what its form puts in front of it.
fn print_text(line: &mut Line<'_>, form: Form, value: Payload<'_>) -> Option<()> {
    if value.is_truncated() {
        return None;
    }
    let mut rest = value;
    match form {
        Form::Password => {
            let Some([tag, salt @ ..]) = rest.read::<[u8; 3]>() else {
                line.truncated("radius");
                return Some(());
            };
            print_tag(line, if tag <= 0x1f { tag } else { 0 });
            line.labelled("Salt ", u16::from_be_bytes(salt));
            line.byte(b' ');
        }
        Form::TaggedText if rest.get::<u8>(0)? <= 0x1f => print_tag(line, rest.read()?),
        Form::VlanName => print_vlan_tag(line, rest.read()?),
        _ => {}
    }
    print_printable(line, text::until_zero(rest.bytes()));
    Some(())
}

/// Bytes that print as they are, dots for the others.
fn print_printable(line: &mut Line<'_>, bytes: &[u8]) {
    line.out.extend(bytes.iter().map(|byte| if matches!(byte, b' '..=b'~') { *byte } else { b'.' }));
}

fn print_vendor(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let mut rest = value;
    if rest.claimed() < 4 {
        return None;
    }
    let vendor: u32 = rest.read()?;
    line.text("Vendor: ");
    tokens::print_numbered(line, VENDORS, vendor, "Unknown");
    while rest.claimed() >= 2 {
        let before = rest.claimed();
        let attribute = RadiusAttribute::next(&mut rest)?;
        let is_bogus = attribute.len < 2 || u32::from(attribute.len) > before;
        if !is_bogus && attribute.value.is_truncated() {
            line.truncated("radius");
            break;
        }
        line.labelled("\n\t    Vendor Attribute: ", attribute.kind);
        line.text(", Length: ");
        if is_bogus {
            line.number(attribute.len);
            let long = " (bogus, goes past end of vendor-specific attribute)";
            line.text(if attribute.len < 2 { " (bogus, must be >= 2)" } else { long });
            break;
        }
        line.number(attribute.value.claimed());
        line.text(", Value: ");
        print_printable(line, attribute.value.bytes());
    }
    Some(())
}
