//! What the messages of `OpenFlow` 1.0 hold: structures whose fields stand at fixed places, and lists of them.

mod flow;
mod packet;
mod port;
mod statistics;
mod vendor;

pub use self::flow::{Action, FlowMod, FlowRemoved, Match};
pub use self::packet::{PacketIn, PacketOut};
pub use self::port::{Features, Port, PortMod, Queue, QueueProperty};
pub use self::statistics::{
    AggregateStatistics, Description, FlowStatistics, PortStatistics, QueueStatistics, Statistics,
    StatisticsRequest, TableStatistics,
};
pub use self::vendor::{BigSwitchMessage, Mirror, Vendor};
