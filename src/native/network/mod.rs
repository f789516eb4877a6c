//! Addresses of the network: URLs and their domains, IP addresses as bytes. Net functions.

pub mod address;
pub mod host;
pub mod subnet;
