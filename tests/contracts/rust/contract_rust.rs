//! Offers what contract_c.c does, and test.evolving/1, in Rust: through the generated file alone, and without `unsafe`.

use crate::native_plugins::contracts::{Contract, Host};
use crate::native_plugins::{abi::np_host, plugin, Error, Plugin};
use crate::test_contracts::*;

#[path = "archive.rs"]
#[deny(unsafe_code)]
mod archive;
#[path = "callbacks.rs"]
#[deny(unsafe_code)]
mod callbacks;
#[path = "data.rs"]
#[deny(unsafe_code)]
mod data;
#[path = "exchange.rs"]
#[deny(unsafe_code)]
mod exchange;
#[path = "pipes.rs"]
#[deny(unsafe_code)]
mod pipes;
#[path = "signals.rs"]
#[deny(unsafe_code)]
mod signals;
#[path = "streams.rs"]
#[deny(unsafe_code)]
mod streams;
#[path = "types.rs"]
#[deny(unsafe_code)]
mod types;
#[path = "work.rs"]
#[deny(unsafe_code)]
mod work;

/// The application's store is asked for at each call, as it may come later.
pub struct ContractRust {
    host: Host,
    work: work::State,
    archive: archive::State,
    settings: types::State,
    signals: signals::State,
    streams: streams::State,
    pipes: pipes::State,
}

impl Plugin for ContractRust {
    const HAS_COMMAND: bool = false;
    const CONTRACTS: &'static [Contract<Self>] = &[
        Contract::of::<TypesTable>(),
        Contract::of::<WorkTable>(),
        Contract::of::<TasksTable>(),
        Contract::of::<SerialTable>(),
        Contract::of::<StoreUserTable>(),
        Contract::of::<SettingsTable>(),
        Contract::of::<ShapeTable>(),
        Contract::of::<ResizableTable>(),
        Contract::of::<ValuesTable>(),
        Contract::of::<RecordsTable>(),
        Contract::of::<FiguresTable>(),
        Contract::of::<ExchangeTable>(),
        Contract::of::<ArchiveTable>(),
        Contract::of::<EvolvingTable>(),
        Contract::of::<CallbacksTable>(),
        Contract::of::<SignalsTable>(),
        Contract::of::<StreamsTable>(),
        Contract::of::<PipesTable>(),
    ];

    fn create(host: &np_host) -> Result<Self, Error> {
        Ok(ContractRust { host: Host::of(host), work: Default::default(), archive: Default::default(), settings: Default::default(), signals: Default::default(), streams: Default::default(), pipes: Default::default() })
    }
}

plugin!(ContractRust, id: "contract_rust", name: "Contracts in Rust", version: "1.0.0", flags: 0);
