//! How the peers of PPP prove who they are: PAP (RFC 1334) and CHAP (RFC 1994).

use crate::decode::Payload;
use crate::print::line::Line;
use crate::print::tokens;

/// Bytes of the header that the protocols which negotiate share.
const CONTROL_LEN: u32 = 4;

pub(super) fn print_password(line: &mut Line<'_>, payload: Payload<'_>) -> Option<()> {
    let Ok((code, len, rest)) = print_authentication(line, ["PAP, ", "pap"], PAP_CODES, payload)? else {
        return Some(());
    };
    if u32::from(len) > payload.claimed() {
        line.labelled(", length ", len);
        line.text(" > packet size");
        return Some(());
    }
    if u32::from(len) < CONTROL_LEN {
        line.labelled(", length ", len);
        line.text(" < PAP header length");
        return Some(());
    }
    let mut rest = rest.with_claim(u32::from(len) - CONTROL_LEN);
    let (least, labels): (u32, &[&str]) = match code {
        1 => (2, &[", Peer ", ", Name "]),
        2 | 3 => (1, &[", Msg "]),
        _ => return Some(()),
    };
    if rest.claimed() < least {
        line.text("[|pap]");
        return Some(());
    }
    for label in labels {
        if rest.claimed() == 0 {
            break;
        }
        let len: u8 = rest.read()?;
        if rest.claimed() < len.into() {
            break;
        }
        line.text(label);
        print_text(line, rest, len.into())?;
        rest = rest.skip(len.into());
    }
    Some(())
}

pub(super) fn print_challenge(line: &mut Line<'_>, payload: Payload<'_>) -> Option<()> {
    let Ok((code, len, mut rest)) = print_authentication(line, ["CHAP, ", "chap"], CHAP_CODES, payload)?
    else {
        return Some(());
    };
    let behind_len = usize::from(len).checked_sub(CONTROL_LEN as usize);
    match code {
        1 | 2 if rest.claimed() > 0 => {
            let value_len: u8 = rest.read()?;
            if rest.claimed() < value_len.into() {
                return Some(());
            }
            line.text(", Value ");
            let value = rest.bytes().get(..value_len.into());
            line.hex_bytes(value.unwrap_or(rest.bytes()));
            value?;
            line.text(", Name ");
            let name = rest.skip(value_len.into());
            print_text(line, name, behind_len?.checked_sub(1 + usize::from(value_len))?)
        }
        3 | 4 => {
            line.text(", Msg ");
            print_text(line, rest, behind_len?)
        }
        _ => Some(()),
    }
}

/// The start of a packet of PAP or CHAP: what is said and its identifier. Gives the code, the length that the packet
/// claims and what is behind it; nothing where there is no room for it, which is then said.
fn print_authentication<'a>(
    line: &mut Line<'_>,
    labels: [&str; 2],
    codes: &[(u8, &'static str)],
    mut payload: Payload<'a>,
) -> Option<Result<(u8, u16, Payload<'a>), ()>> {
    if payload.claimed() < CONTROL_LEN {
        line.text("[|");
        line.text(labels[1]);
        if payload.claimed() > 0 {
            line.byte(b' ');
            line.hex(payload.get::<u8>(0)?, 2);
        }
        line.text("]");
        return Some(Err(()));
    }
    let code: u8 = payload.read()?;
    line.text(labels[0]);
    tokens::print_or(line, codes, code, "unknown");
    line.labelled_hex(" (", code, 2);
    line.labelled("), id ", payload.read::<u8>()?);
    Some(Ok((code, payload.read()?, payload)))
}

/// Text of a length, as far as it was captured.
fn print_text(line: &mut Line<'_>, from: Payload<'_>, len: usize) -> Option<()> {
    let bytes = from.bytes();
    line.untrusted(&bytes[..bytes.len().min(len)]);
    (bytes.len() >= len).then_some(())
}

const CHAP_CODES: &[(u8, &str)] = &[(1, "Challenge"), (2, "Response"), (3, "Success"), (4, "Fail")];

const PAP_CODES: &[(u8, &str)] = &[(1, "Auth-Req"), (2, "Auth-ACK"), (3, "Auth-NACK")];
