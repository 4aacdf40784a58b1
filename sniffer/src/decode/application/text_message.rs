//! Protocols that are lines of text: HTTP, FTP, SMTP, RTSP, SIP, and the first line of SSH.

use crate::decode::walk::{Next, View};
use crate::decode::{Application, Payload};

/// The start of a message of lines.
#[derive(Clone, Copy, Debug)]
pub struct TextMessage<'a> {
    application: Application,
    whole: Payload<'a>,
}

/// A line of printable characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextLine<'a> {
    /// The line without its end.
    pub text: &'a [u8],
    /// Whether the line's end was captured.
    pub is_complete: bool,
}

/// What the first line of a message of HTTP, RTSP or SIP says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextStart<'a> {
    /// Somebody wants something.
    Request {
        /// What is to be done.
        method: &'a [u8],
        /// With what; nothing where the line was cut in it.
        target: Option<&'a [u8]>,
    },
    /// Somebody answers.
    Response {
        /// The status.
        status: u16,
    },
}

impl<'a> TextMessage<'a> {
    /// Whether bytes begin with the line by which both sides of SSH begin (RFC 4253 section 4.2).
    pub(super) fn is_ssh(bytes: &[u8]) -> bool {
        bytes.starts_with(b"SSH-")
    }

    /// Whether as many bytes as there are could begin that line.
    pub(super) fn may_be_ssh(bytes: &[u8]) -> bool {
        Self::is_ssh(bytes) || b"SSH-".starts_with(bytes)
    }

    /// The bytes of `at` as a message of the given protocol; there is nothing that could be missing.
    pub fn new(at: Payload<'a>, application: Application) -> Self {
        Self { application, whole: at }
    }

    /// The protocol.
    pub fn application(&self) -> Application {
        self.application
    }

    /// The bytes of the message.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    /// Whether the message begins as a request or a response does. The lines of SMTP and FTP are all taken for such.
    pub fn is_request_or_response(&self) -> bool {
        let methods: &[&[u8]] = match self.application {
            Application::Http => HTTP_METHODS,
            Application::Rtsp => RTSP_METHODS,
            Application::SipUdp => SIP_METHODS,
            _ => return true,
        };
        let bytes = self.whole.bytes();
        let Some((first, rest)) = token(bytes) else { return false };
        if methods.iter().any(|method| first.eq_ignore_ascii_case(method)) {
            return true;
        }
        let is_code = |code: &[u8]| code.len() == 3 && code.iter().all(u8::is_ascii_digit);
        token(rest).is_some_and(|(second, _)| is_code(second))
    }

    /// The first line; `None` when it holds bytes that do not print.
    pub fn first_line(&self) -> Option<TextLine<'a>> {
        self.line(self.whole.bytes()).map(|(line, _)| line)
    }

    /// What the first line says, of the protocols that have requests and responses.
    pub fn start(&self) -> Option<TextStart<'a>> {
        if !matches!(self.application, Application::Http | Application::Rtsp | Application::SipUdp)
            || !self.is_request_or_response()
        {
            return None;
        }
        let line = self.first_line()?;
        let mut words = line.text.split(|byte| matches!(byte, b' ' | b'\t')).filter(|word| !word.is_empty());
        let (first, second) = (words.next()?, words.next());
        if first.contains(&b'/') {
            let status = str::from_utf8(second?).ok()?.parse().ok()?;
            return Some(TextStart::Response { status });
        }
        let is_whole = line.is_complete || words.next().is_some();
        Some(TextStart::Request { method: first, target: second.filter(|_| is_whole) })
    }

    /// The value of the first header of this name, whatever the case of its letters, where its line was captured.
    pub fn header(&self, name: &[u8]) -> Option<&'a [u8]> {
        let headers = self.lines().skip(1).take_while(|line| line.is_complete && !line.text.is_empty());
        headers.into_iter().find_map(|line| {
            let (found, value) = line.text.split_at_checked(name.len())?;
            let value = value.strip_prefix(b":")?;
            found.eq_ignore_ascii_case(name).then_some(value.trim_ascii())
        })
    }

    /// The lines, up to the first that holds bytes that do not print, or whose end was not captured.
    pub fn lines(&self) -> impl Iterator<Item = TextLine<'a>> {
        let message = *self;
        let mut rest = self.whole.bytes();
        std::iter::from_fn(move || {
            let (line, behind) = if rest.is_empty() { None } else { message.line(rest) }?;
            rest = behind;
            Some(line)
        })
    }

    /// The line at the start of `bytes` and what is behind its end.
    fn line(&self, bytes: &'a [u8]) -> Option<(TextLine<'a>, &'a [u8])> {
        let is_text = |byte: &u8| matches!(byte, b'\t' | b' '..=b'~');
        let len = bytes.iter().take_while(|byte| is_text(byte)).count();
        let (text, behind) = bytes.split_at(len);
        match behind {
            [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => {
                Some((TextLine { text, is_complete: true }, rest))
            }
            [] => Some((TextLine { text, is_complete: false }, behind)),
            [b'\r'] if self.whole.is_truncated() => Some((TextLine { text, is_complete: false }, &[])),
            _ => None,
        }
    }
}

impl<'a> View<'a> for TextMessage<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole)
    }
}

/// The longest word that is looked at.
const MAX_TOKEN: usize = 127;

/// The first word of printable characters, and what follows it and its blanks on the same line.
fn token(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let len = bytes.iter().position(u8::is_ascii_whitespace).unwrap_or(bytes.len());
    let (word, rest) = bytes.split_at(len);
    let is_word = !word.is_empty() && word.len() < MAX_TOKEN && word.iter().all(u8::is_ascii_graphic);
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    is_word.then(|| (word, &rest[blanks..]))
}

/// Methods of HTTP and of its extensions, WebDAV among them.
const HTTP_METHODS: &[&[u8]] = &[
    b"GET",
    b"PUT",
    b"COPY",
    b"HEAD",
    b"LOCK",
    b"MOVE",
    b"POLL",
    b"POST",
    b"BCOPY",
    b"BMOVE",
    b"MKCOL",
    b"TRACE",
    b"LABEL",
    b"MERGE",
    b"DELETE",
    b"SEARCH",
    b"UNLOCK",
    b"REPORT",
    b"UPDATE",
    b"NOTIFY",
    b"BDELETE",
    b"CONNECT",
    b"OPTIONS",
    b"CHECKIN",
    b"PROPFIND",
    b"CHECKOUT",
    b"CCM_POST",
    b"SUBSCRIBE",
    b"PROPPATCH",
    b"BPROPFIND",
    b"BPROPPATCH",
    b"UNCHECKOUT",
    b"MKACTIVITY",
    b"MKWORKSPACE",
    b"UNSUBSCRIBE",
    b"RPC_CONNECT",
    b"VERSION-CONTROL",
    b"BASELINE-CONTROL",
];

/// Methods of RTSP, RFC 2326.
const RTSP_METHODS: &[&[u8]] = &[
    b"OPTIONS",
    b"DESCRIBE",
    b"ANNOUNCE",
    b"SETUP",
    b"PLAY",
    b"PAUSE",
    b"TEARDOWN",
    b"GET_PARAMETER",
    b"SET_PARAMETER",
    b"REDIRECT",
    b"RECORD",
];

/// Methods of SIP, RFC 3261 and its extensions.
const SIP_METHODS: &[&[u8]] = &[
    b"ACK",
    b"BYE",
    b"CANCEL",
    b"DO",
    b"INFO",
    b"INVITE",
    b"MESSAGE",
    b"NOTIFY",
    b"OPTIONS",
    b"PRACK",
    b"QAUTH",
    b"REFER",
    b"REGISTER",
    b"SPRACK",
    b"SUBSCRIBE",
    b"UPDATE",
    b"PUBLISH",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(application: Application, text: &[u8], is_start: bool, line: Option<(&str, bool)>) {
        let message = TextMessage::new(Payload::new(text, text.len() as u32), application);
        assert_eq!(message.is_request_or_response(), is_start);
        let found = message.first_line().map(|line| (str::from_utf8(line.text).unwrap(), line.is_complete));
        assert_eq!(found, line);
    }

    #[test]
    fn requests_and_responses_are_told_from_data() {
        check(Application::Http, b"GET / HTTP/1.1\r\nHost: a\r\n", true, Some(("GET / HTTP/1.1", true)));
        check(Application::Http, b"HTTP/1.1 200 OK\n", true, Some(("HTTP/1.1 200 OK", true)));
        check(Application::Http, b"more of a page", false, Some(("more of a page", false)));
        check(
            Application::SipUdp,
            b"INVITE sip:a@b SIP/2.0\r\n",
            true,
            Some(("INVITE sip:a@b SIP/2.0", true)),
        );
        check(Application::Smtp, b"220 hello\r\n", true, Some(("220 hello", true)));
    }

    #[test]
    fn requests_and_responses_have_parts() {
        let check = |application, text: &[u8], expected| {
            let message = TextMessage::new(Payload::new(text, text.len() as u32), application);
            assert_eq!(message.start(), expected);
        };
        let request = |method, target| Some(TextStart::Request { method, target });
        check(Application::Http, b"GET /a HTTP/1.1\r\nHost: b\r\n", request(b"GET", Some(b"/a")));
        check(Application::Http, b"GET /cut", request(b"GET", None));
        check(Application::Http, b"HTTP/1.1 404 Not Found\r\n", Some(TextStart::Response { status: 404 }));
        check(Application::SipUdp, b"INVITE sip:a@b SIP/2.0\r\n", request(b"INVITE", Some(b"sip:a@b")));
        check(Application::Http, b"part of a page", None);
        check(Application::Smtp, b"220 hello\r\n", None);
    }

    #[test]
    fn headers_are_found_by_name() {
        let text = b"GET / HTTP/1.1\r\nhost:  a.example \r\nX-Host: c\r\n\r\nAge: 7\r\n";
        let message = TextMessage::new(Payload::new(text, text.len() as u32), Application::Http);
        assert_eq!(message.header(b"Host"), Some(&b"a.example"[..]));
        assert_eq!(message.header(b"Age"), None);
        let cut = TextMessage::new(Payload::new(&text[..25], 90), Application::Http);
        assert_eq!(cut.header(b"Host"), None);
    }

    #[test]
    fn lines_end_with_the_text() {
        let text = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n\x01\x02";
        let message = TextMessage::new(Payload::new(text, text.len() as u32), Application::Http);
        let lines: Vec<_> = message.lines().map(|line| line.text).collect();
        assert_eq!(lines, [&b"GET / HTTP/1.1"[..], b"Host: a", b""]);
    }

    #[test]
    fn what_does_not_print_is_no_line() {
        check(Application::Http, b"GET /\x1b[2J HTTP/1.1\r\n", true, None);
        check(Application::Http, b"", false, Some(("", false)));
        check(Application::Ftp, b"QUIT\rX", true, None);
    }
}
