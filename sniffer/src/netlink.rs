//! Requests to the kernel by netlink(7): the socket, and the messages and attributes of answers. Knows no family's meaning.
//! No kernel may make it panic.

use std::io;
use std::os::fd::OwnedFd;

use rustix::net::{
    AddressFamily, Protocol, RecvFlags, SendFlags, SocketFlags, SocketType, recv, send, socket_with,
};

/// What knows interfaces (`NETLINK_ROUTE`): number 0, which is that of no protocol.
pub(crate) const ROUTE: Option<Protocol> = None;

// Values of linux/netlink.h.
const HEADER_LEN: usize = 16;
const NLMSG_ERROR: u16 = 2;
const NLMSG_DONE: u16 = 3;
const NLM_F_REQUEST: u16 = 0x1;
const NLM_F_DUMP: u16 = 0x300;

/// A socket that asks the kernel about the network namespace which it was opened in, whichever thread uses it.
#[derive(Debug)]
pub(crate) struct Netlink(OwnedFd);

/// Whether more of an answer is to come.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    GoesOn,
    Ended,
}

impl Netlink {
    pub(crate) fn open(protocol: Option<Protocol>) -> io::Result<Self> {
        let (kind, flags) = (SocketType::RAW, SocketFlags::CLOEXEC);
        Ok(Self(socket_with(AddressFamily::NETLINK, kind, flags, protocol)?))
    }

    /// Asks for everything of a kind; `take` gets the body of each message of the kind `answer`.
    pub(crate) fn dump(
        &mut self,
        request: u16,
        body: &[u8],
        answer: u16,
        mut take: impl FnMut(&[u8]),
    ) -> io::Result<()> {
        send(&self.0, &dump_request(request, body), SendFlags::empty())?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let (len, _) = recv(&self.0, &mut buffer[..], RecvFlags::empty())?;
            if read(&buffer[..len], answer, &mut take)? == Answer::Ended {
                return Ok(());
            }
        }
    }
}

/// `struct nlmsghdr` and a body.
fn dump_request(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = ((HEADER_LEN + body.len()) as u32).to_ne_bytes().to_vec();
    bytes.extend(kind.to_ne_bytes());
    bytes.extend((NLM_F_REQUEST | NLM_F_DUMP).to_ne_bytes());
    // Sequence and port.
    bytes.extend([0; 8]);
    bytes.extend(body);
    bytes
}

/// Takes the messages of the kind `wanted` out of one datagram.
fn read(mut datagram: &[u8], wanted: u16, take: &mut impl FnMut(&[u8])) -> io::Result<Answer> {
    while let Some((kind, body, rest)) = message(datagram) {
        match kind {
            NLMSG_DONE => return Ok(Answer::Ended),
            NLMSG_ERROR => {
                let code = u32_at(body, 0).unwrap_or_default() as i32;
                return Err(io::Error::from_raw_os_error(code.saturating_neg()));
            }
            _ if kind == wanted => take(body),
            _ => {}
        }
        datagram = rest;
    }
    Ok(Answer::GoesOn)
}

/// The first message of a datagram: its type, its body, and what comes behind it.
fn message(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let len = u32_at(bytes, 0)? as usize;
    let body = bytes.get(HEADER_LEN..len)?;
    Some((u16_at(bytes, 4)?, body, behind(bytes, len)))
}

/// The value of the first attribute of that type.
pub(crate) fn attribute(mut attributes: &[u8], wanted: u16) -> Option<&[u8]> {
    loop {
        let len = usize::from(u16_at(attributes, 0)?);
        let value = attributes.get(4..len)?;
        if u16_at(attributes, 2)? == wanted {
            return Some(value);
        }
        attributes = behind(attributes, len);
    }
}

/// What follows something of that length: messages and attributes begin at multiples of four bytes.
fn behind(bytes: &[u8], len: usize) -> &[u8] {
    bytes.get(len.next_multiple_of(4)..).unwrap_or_default()
}

pub(crate) fn u64_at(bytes: &[u8], offset: usize) -> Option<u64> {
    bytes.get(offset..)?.first_chunk().map(|bytes| u64::from_ne_bytes(*bytes))
}

pub(crate) fn u32_at(bytes: &[u8], offset: usize) -> Option<u32> {
    bytes.get(offset..)?.first_chunk().map(|bytes| u32::from_ne_bytes(*bytes))
}

pub(crate) fn u16_at(bytes: &[u8], offset: usize) -> Option<u16> {
    bytes.get(offset..)?.first_chunk().map(|bytes| u16::from_ne_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A kind of messages.
    const WANTED: u16 = 20;

    /// One message, as the kernel writes it.
    fn answer(kind: u16, body: &[u8]) -> Vec<u8> {
        let mut bytes = (HEADER_LEN as u32 + body.len() as u32).to_ne_bytes().to_vec();
        bytes.extend(kind.to_ne_bytes());
        bytes.extend([0; 10]);
        bytes.extend(body);
        bytes
    }

    #[test]
    fn an_error_of_the_kernel_is_one_and_cut_answers_end_quietly() {
        let mut taken = 0;
        let mut take = |_: &[u8]| taken += 1;
        let error =
            read(&answer(NLMSG_ERROR, &(-2_i32).to_ne_bytes()), WANTED, &mut take).expect_err("ENOENT");
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert_eq!(read(&answer(NLMSG_DONE, &[0; 4]), WANTED, &mut take).ok(), Some(Answer::Ended));
        let whole = answer(WANTED, &[0xff; 64]);
        for len in 0..whole.len() {
            assert_eq!(read(&whole[..len], WANTED, &mut take).ok(), Some(Answer::GoesOn), "{len}");
        }
        assert_eq!(taken, 0);
        let mut bodies = Vec::new();
        let several =
            [answer(WANTED, &[1; 4]), answer(WANTED + 1, &[2; 4]), answer(WANTED, &[3; 8])].concat();
        read(&several, WANTED, &mut |body| bodies.push(body.to_vec())).expect("no error is in it");
        assert_eq!(bodies, [vec![1; 4], vec![3; 8]]);
    }

    #[test]
    fn attributes_are_found_by_type_and_never_beyond_their_end() {
        let attributes = [&[6, 0, 1, 0, 7, 8, 0, 0][..], &[5, 0, 2, 0, 9, 0, 0, 0], &[200, 0, 3, 0]].concat();
        assert_eq!(attribute(&attributes, 1), Some(&[7, 8][..]));
        assert_eq!(attribute(&attributes, 2), Some(&[9][..]));
        assert_eq!(attribute(&attributes, 3), None);
        assert_eq!(attribute(&[0; 8], 1), None, "an attribute shorter than its header");
    }
}
