//! What the Rust file of a contracts' project is made of: the build of the project writes that file, a plugin implements the traits in it
//! and lists the contracts in `Plugin::CONTRACTS`. `data` and what is used with it can be read and made; the rest is for generated code,
//! but for `Put`, `Completion`, `Kept`, `Cancellation`, `Proxy` and `Object`, which members take, and `Event`, `Handler`,
//! `spawn`, `Stream`, `Reader` and `Writer`.
#![allow(dead_code, unused_imports)] // A contract uses what it needs.

mod asynchronous;
mod callee;
mod caller;
mod data;
mod events;
mod futures;
mod lists;
mod objects;
mod optional;
mod records;
mod received_streams;
mod replies;
mod streams;
mod tables;
mod values;

pub use asynchronous::*;
pub use callee::*;
pub use caller::*;
pub use data::*;
pub use events::*;
pub use futures::*;
pub use lists::*;
pub use objects::*;
pub use optional::*;
pub use records::*;
pub use received_streams::*;
pub use replies::*;
pub use streams::*;
pub use tables::*;
pub use values::*;
