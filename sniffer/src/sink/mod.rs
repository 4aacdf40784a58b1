//! Outputs, one file each. Knows no capture, no loading, no filters.
#![forbid(unsafe_code)]
