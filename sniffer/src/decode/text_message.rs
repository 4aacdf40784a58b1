//! Protocols that are lines of text: HTTP, FTP, SMTP, RTSP, SIP. Only the first line is looked at.

use super::walk::Next;
use super::{Application, Payload};

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

impl<'a> TextMessage<'a> {
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

    pub(super) fn next(&self) -> (Next, Payload<'a>) {
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
