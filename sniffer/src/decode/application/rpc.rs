//! Remote procedure calls of Sun's, RFC 5531, whatever the program.

use super::Nfs;
use crate::decode::message::message;

message! {
    /// A call or a reply.
    Rpc {
        /// What pairs a reply with its call.
        xid: u32 = 0,
        /// 0 a call, 1 a reply.
        direction: u32 = 4,
        /// The version of remote procedure calls, of a call.
        rpc_version: u32 = 8,
        /// The program, of a call.
        program: u32 = 12,
        /// Its version, of a call.
        version: u32 = 16,
        /// The procedure, of a call.
        procedure: u32 = 20,
    }
}

impl<'a> Rpc<'a> {
    /// The port of the server that knows the ports of others.
    pub const PORT: u16 = 111;
    /// Bytes of a call as far as to the length of what says who calls.
    pub const CALL_LEN: usize = 32;

    /// Whether this is a call.
    pub fn is_call(&self) -> Option<bool> {
        self.direction().map(|direction| direction == 0)
    }

    /// The reply: whether it is good is said in the same way for all programs.
    pub fn reply(&self) -> Option<Nfs<'a>> {
        Nfs::new(self.whole(), false).filter(|_| self.is_call() == Some(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Payload;

    #[test]
    fn a_call_names_its_procedure_and_a_reply_its_fate() {
        let bytes = |words: &[u32]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<_>>();
        let call = bytes(&[7, 0, 2, 100_000, 2, 3]);
        let call = Rpc::new(Payload::new(&call, 24));
        assert_eq!((call.is_call(), call.program(), call.procedure()), (Some(true), Some(100_000), Some(3)));
        assert!(call.reply().is_none());
        let reply = bytes(&[7, 1, 1, 1]);
        let reply = Rpc::new(Payload::new(&reply, 16)).reply().unwrap();
        assert_eq!((reply.reply_status(), reply.rejection()), (Some(1), Some(1)));
    }
}
