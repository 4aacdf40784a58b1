//! Live frames: interfaces, the ring, the loss they may suffer. Knows no filters, no decoding, no outputs.
#![forbid(unsafe_code)]
