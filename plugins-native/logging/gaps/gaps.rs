//! An enricher in Rust: adds to each record how many milliseconds after the one before it, of the same source, it was written. The session
//! of a source knows when that was.

#[path = "../../../artifacts/include/logs.rs"] // The build of host/samples/logs writes it.
mod logs;
#[path = "../../sdk/rust/native_plugins.rs"]
mod native_plugins;

use logs::*;
use native_plugins::contracts as np;
use native_plugins::{abi::*, plugin, Error, Plugin};
use std::sync::{Arc, Mutex};

const TICKS_PER_MILLISECOND: i64 = 10_000;

struct Gaps;

impl Plugin for Gaps {
    const HAS_COMMAND: bool = false;
    const CONTRACTS: &'static [np::Contract<Self>] = &[np::Contract::of::<LogEnricherTable>()];

    fn create(_host: &np_host) -> Result<Self, Error> {
        Ok(Gaps)
    }
}

impl LogEnricher for Gaps {
    fn open(&self, _source: &str, result: np::Put<np::Given<LogSessionTable>>) -> Result<np::Done, Error> {
        result.put(Arc::new(Session::default()))
    }
}

#[derive(Default)]
struct Session {
    /// When the last record with a time was written.
    last: Mutex<Option<i64>>,
}

impl Session {
    fn gap(&self, time: i64) -> Option<i64> {
        let before = self.last.lock().unwrap().replace(time)?;
        Some((time - before) / TICKS_PER_MILLISECOND)
    }
}

type Fields = np::List<'static, np::Pair<np::Text<'static>, np::Text<'static>>>;

impl LogSession for Session {
    fn enrich(&self, record: &LogRecord, result: np::Put<np::One<Fields>>) -> Result<np::Done, Error> {
        let gap = record.time.get().and_then(|time| self.gap(time.ticks)).map(|gap| gap.to_string());
        let field = gap.as_ref().map(|gap| np::Pair { key: np::Text::new("gap_ms"), value: np::Text::new(gap) });
        result.put(&np::List::new(field.as_slice()))
    }
}

plugin!(Gaps, id: "gaps", name: "Gaps", version: "1.0.0", flags: NP_PLUGIN_MAY_UNLOAD);
