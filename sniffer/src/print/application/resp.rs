//! The protocol of Redis.

use crate::decode::{Resp, RespValue};
use crate::print::line::Line;

pub(in crate::print) fn print(line: &mut Line<'_>, resp: &Resp<'_>) {
    line.text(": RESP");
    for value in resp.values() {
        match value {
            RespValue::Text(text) => {
                line.text(" \"");
                line.untrusted(text);
                line.byte(b'"');
            }
            RespValue::Empty => line.text(" empty"),
            RespValue::Null => line.text(" null"),
            RespValue::TooLarge => line.text(" length too large"),
            RespValue::Negative => line.text(" length negative and not -1"),
            RespValue::Invalid => line.text(" invalid"),
            RespValue::Truncated => line.truncated("resp"),
        }
    }
}
