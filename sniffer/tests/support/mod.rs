//! The test laboratory: network namespaces with a veth pair between them, traffic of every kind, and programs under
//! test run inside. Needs root and no other program unless a test says so.

pub(crate) mod expression;
pub(crate) mod frames;
pub(crate) mod lab;
pub(crate) mod namespace;
pub(crate) mod netlink;
pub(crate) mod pcapng;
pub(crate) mod process;
pub(crate) mod savefile;
pub(crate) mod scratch;
pub(crate) mod sender;
pub(crate) mod skip;
pub(crate) mod small_disk;
pub(crate) mod terminal;
pub(crate) mod traffic;
pub(crate) mod wait;
