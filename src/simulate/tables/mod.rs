//! The facts of the simulation, apart from the rules that draw from them.

mod devices;
mod sync;
mod time;
mod website;
mod world;

pub(super) use devices::*;
pub(super) use sync::*;
pub(super) use time::*;
pub(super) use website::*;
pub(super) use world::*;
