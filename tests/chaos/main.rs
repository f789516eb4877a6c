//! The program killed, halted and disturbed at every moment that matters, with `tidemill verify` and a run
//! that nobody disturbed as its judges. `docs/reliability.md` says what is promised.

mod dice;
mod failpoints;
mod full;
mod kills;
mod log;
mod quay;
