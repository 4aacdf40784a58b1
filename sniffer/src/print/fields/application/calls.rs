//! Calls of other hosts: RPC, NFS and SMB.

use crate::decode::{Nfs, Rpc, Smb, SmbForm};
use crate::print::fields::{Visit, VisitExt as _};

pub(in crate::print::fields) fn rpc(message: &Rpc<'_>, visitor: &mut impl Visit) {
    visitor.number_if("xid", message.xid());
    visitor.flag_if("reply", message.is_call().map(|is_call| !is_call));
    if let Some(reply) = message.reply() {
        visitor.number_if("reply_status", reply.reply_status());
        return visitor.number_if("rejection", reply.rejection());
    }
    visitor.number_if("program", message.program());
    visitor.number_if("version", message.version());
    visitor.number_if("procedure", message.procedure());
}

pub(in crate::print::fields) fn nfs(message: &Nfs<'_>, visitor: &mut impl Visit) {
    visitor.number_if("xid", message.xid());
    visitor.flag("reply", message.is_reply());
    visitor.number_if("version", message.version());
    visitor.number_if("procedure", message.procedure());
    visitor.readable_if("name", message.file_name());
    visitor.number_if("reply_status", message.reply_status());
    visitor.number_if("rejection", message.rejection());
}

pub(in crate::print::fields) fn smb(message: &Smb<'_>, visitor: &mut impl Visit) {
    visitor.word(
        "form",
        match message.form() {
            SmbForm::V1 => "smb1",
            SmbForm::V2 => "smb2",
            SmbForm::Encrypted => "encrypted",
            SmbForm::Compressed => "compressed",
        },
    );
    visitor.number_if("command", message.command());
    visitor.flag_if("response", message.is_response());
    visitor.number_if("status", message.status());
    visitor.number_if("message_id", message.message_id());
    visitor.number_if("tree", message.tree());
    visitor.number_if("session", message.session());
}
