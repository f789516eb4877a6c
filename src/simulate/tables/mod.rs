//! The facts of the simulation, apart from the rules that draw from them.

mod time;
mod world;

pub(super) use time::*;
pub(super) use world::*;
