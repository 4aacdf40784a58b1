//! SNMP, RFC 1157, 1901 and 3412: the message, its PDU and the variables in it. Knows no MIB.

use crate::decode::walk::{Next, View};
use crate::decode::{BerElement, BerReader, Payload};

/// An SNMP message.
#[derive(Clone, Copy, Debug)]
pub struct Snmp<'a> {
    whole: Payload<'a>,
}

/// What a message says of itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct SnmpHeader<'a> {
    /// The version field: 0 is `SNMPv1`, 1 `SNMPv2c`, 3 `SNMPv3`.
    pub version: i32,
    /// The community of the first two versions.
    pub community: Option<&'a [u8]>,
    /// The flags of `SNMPv3`: 1 authenticated, 2 encrypted, 4 a report is wanted.
    pub flags: Option<u8>,
    /// The user of `SNMPv3`.
    pub user: Option<&'a [u8]>,
}

/// A request, a response or a notification.
#[derive(Clone, Copy, Debug)]
pub struct SnmpPdu<'a> {
    /// The number of its type: 0 get, 1 get-next, 2 response, 3 set, 4 trap of `SNMPv1`, 5 get-bulk, 6 inform, 7 trap, 8 report.
    pub kind: u8,
    /// Request, error status and error index, or what stands in their place; a trap of `SNMPv1` has none.
    pub numbers: Option<[i32; 3]>,
    /// What a trap of `SNMPv1` has in their place.
    pub trap: Option<SnmpTrap<'a>>,
    variables: Option<BerReader<'a>>,
}

/// What a trap of `SNMPv1` says of its origin.
#[derive(Clone, Copy, Debug)]
pub struct SnmpTrap<'a> {
    /// The object identifier of what has sent it.
    pub enterprise: BerElement<'a>,
    /// The address of what has sent it.
    pub agent: BerElement<'a>,
    /// What has happened; 6 leaves that to the specific number.
    pub generic: i32,
    /// What has happened to an enterprise's own system.
    pub specific: i32,
    /// Hundredths of a second since the system has started.
    pub uptime: u64,
}

/// A variable and its value.
#[derive(Clone, Copy, Debug)]
pub struct SnmpVariable<'a> {
    /// The object identifier.
    pub name: BerElement<'a>,
    /// The value.
    pub value: BerElement<'a>,
}

impl<'a> Snmp<'a> {
    /// The message at the start of `at`; whatever is there, for the encoding tells what is missing.
    pub fn new(at: Payload<'a>) -> Self {
        Self { whole: at }
    }

    /// The message from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    /// What the message says of itself, and its PDU where that is readable. `None` where not even the version is.
    pub fn parts(&self) -> Option<(SnmpHeader<'a>, Option<SnmpPdu<'a>>)> {
        let mut message = BerReader::new(self.whole).element().ok()?.elements();
        let mut header = SnmpHeader { version: message.element().ok()?.integer(), ..SnmpHeader::default() };
        let pdu = match header.version {
            3 => version_3(&mut header, message),
            _ => community(&mut header, message),
        };
        Some((header, pdu.and_then(SnmpPdu::new)))
    }
}

impl<'a> View<'a> for Snmp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole)
    }
}

fn community<'a>(header: &mut SnmpHeader<'a>, mut message: BerReader<'a>) -> Option<BerElement<'a>> {
    header.community = Some(message.element().ok()?.content());
    message.element().ok()
}

fn version_3<'a>(header: &mut SnmpHeader<'a>, mut message: BerReader<'a>) -> Option<BerElement<'a>> {
    let mut global = message.element().ok()?.elements();
    let (_id, _max_size) = (global.element().ok()?, global.element().ok()?);
    header.flags = global.element().ok()?.content().first().copied();
    let mut security = message.element().ok()?.elements().element().ok()?.elements();
    let (_engine, _boots, _time) =
        (security.element().ok()?, security.element().ok()?, security.element().ok()?);
    header.user = Some(security.element().ok()?.content());
    // An encrypted PDU is a string.
    let scoped = message.element().ok().filter(BerElement::is_constructed)?;
    let mut scoped = scoped.elements();
    let (_engine, _name) = (scoped.element().ok()?, scoped.element().ok()?);
    scoped.element().ok()
}

impl<'a> SnmpPdu<'a> {
    /// The type of a trap of `SNMPv1`, which has other fields than all others.
    const TRAP_V1: u8 = 4;

    fn new(element: BerElement<'a>) -> Option<Self> {
        const CONTEXT: u8 = 2;
        if element.class() != CONTEXT || !element.is_constructed() {
            return None;
        }
        let (kind, mut fields) = (element.number(), element.elements());
        let (mut numbers, mut trap) = (None, None);
        let mut next = || fields.element().ok();
        if kind == Self::TRAP_V1 {
            trap = Some(SnmpTrap {
                enterprise: next()?,
                agent: next()?,
                generic: next()?.integer(),
                specific: next()?.integer(),
                uptime: next()?.unsigned(),
            });
        } else {
            numbers = Some([next()?.integer(), next()?.integer(), next()?.integer()]);
        }
        let variables = next().map(|list| list.elements());
        Some(Self { kind, numbers, trap, variables })
    }

    /// The variables, up to the first that cannot be read.
    pub fn variables(&self) -> impl Iterator<Item = SnmpVariable<'a>> {
        let mut list = self.variables;
        std::iter::from_fn(move || {
            let mut pair = list.as_mut()?.element().ok()?.elements();
            Some(SnmpVariable { name: pair.element().ok()?, value: pair.element().ok()? })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_of_version_2_is_read() {
        let bytes = b"\x30\x26\x02\x01\x01\x04\x03abc\xa0\x1c\x02\x01\x09\x02\x01\0\x02\x01\0\x30\x11\x30\x0f\x06\x08\x2b\x06\x01\x02\x01\x01\x01\0\x02\x03\x01\0\0";
        let snmp = Snmp::new(Payload::new(bytes, bytes.len() as u32));
        let (header, pdu) = snmp.parts().unwrap();
        let pdu = pdu.unwrap();
        assert_eq!((header.version, header.community), (1, Some(&b"abc"[..])));
        assert_eq!((pdu.kind, pdu.numbers), (0, Some([9, 0, 0])));
        let variables: Vec<_> = pdu.variables().collect();
        assert_eq!((variables.len(), variables[0].value.integer()), (1, 65_536));
        for len in 0..bytes.len() {
            assert!(Snmp::new(Payload::new(&bytes[..len], bytes.len() as u32)).parts().is_none());
            if let Some((_, Some(pdu))) = Snmp::new(Payload::new(&bytes[..len], len as u32)).parts() {
                assert!(pdu.variables().count() <= 1);
            }
        }
    }
}
