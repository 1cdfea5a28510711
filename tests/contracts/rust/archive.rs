//! test.archive/1: it gives objects away, and keeps others.

use super::ContractRust;
use crate::native_plugins::contracts as np;
use crate::native_plugins::{abi::*, Error};
use crate::test_contracts::*;
use std::sync::atomic::{AtomicI32, Ordering::SeqCst};
use std::sync::{Arc, Mutex, Weak};

#[derive(Default)]
pub struct State {
    counts: Arc<Counts>,
    sessions: Mutex<Vec<Weak<OneSession>>>,
    shelf: Arc<OneShelf>,
    outlets: Mutex<Vec<np::Object<OutletTable>>>,
}

#[derive(Default)]
struct Counts {
    open: AtomicI32,
    flushed: AtomicI32,
}

#[derive(Default)]
struct OneShelf(AtomicI32);

impl TestShelf1 for OneShelf {
    fn ask(&self) -> Result<i32, Error> {
        Ok(self.0.fetch_add(1, SeqCst) + 1)
    }
}

struct OneFlushed(AtomicI32, Arc<Counts>);

impl Flushed for OneFlushed {
    fn add(&self, value: i32) -> Result<(), Error> {
        self.0.fetch_add(value, SeqCst);
        Ok(())
    }

    fn finish(&self, completion: np::Completion<()>) {
        let value = self.0.load(SeqCst);
        if value < 0 {
            return completion.fail(Error::new(NP_E_UNSUPPORTED, "cannot flush"));
        }
        self.1.flushed.fetch_add(value, SeqCst);
        completion.complete(());
    }
}

struct OneSession {
    name: String,
    waiting: Mutex<Option<np::Completion<str>>>,
    own: Weak<OneSession>,
    counts: Arc<Counts>,
}

impl OneSession {
    fn new(name: &str, state: &State) -> Arc<Self> {
        state.counts.open.fetch_add(1, SeqCst);
        let session = Arc::new_cyclic(|own| OneSession { name: name.into(), waiting: Mutex::default(), own: own.clone(), counts: state.counts.clone() });
        state.sessions.lock().unwrap().push(Arc::downgrade(&session));
        session
    }
}

impl Drop for OneSession {
    fn drop(&mut self) {
        self.counts.open.fetch_sub(1, SeqCst);
    }
}

impl Session for OneSession {
    fn get_name(&self, result: np::Put<str>) -> Result<np::Done, Error> {
        result.put(&self.name)
    }

    // A cursor does not keep its session, which may end before it.
    fn query(&self, count: i32, result: np::Put<np::Given<CursorTable>>) -> Result<np::Done, Error> {
        self.counts.open.fetch_add(1, SeqCst);
        result.put(Arc::new(OneCursor { of: self.own.clone(), next: AtomicI32::new(0), count, counts: self.counts.clone() }))
    }

    fn count(&self, steps: i32, progress: np::Proxy<ProgressSinkTable>) -> Result<i32, Error> {
        for step in 0..steps {
            progress.report(step.into(), &self.name)?;
        }
        Ok(steps)
    }

    fn get_name_later(&self, completion: np::Completion<str>) {
        *self.waiting.lock().unwrap() = Some(completion);
    }

    fn complete(&self) -> Result<(), Error> {
        let waiting = self.waiting.lock().unwrap().take();
        waiting.into_iter().for_each(|completion| completion.complete(&self.name));
        Ok(())
    }

    fn dispose(self) -> Result<(), Error> {
        if self.name == "bad" { Err(Error::new(NP_E_INVALID_STATE, "a bad end")) } else { Ok(()) }
    }
}

struct OneCursor {
    of: Weak<OneSession>,
    next: AtomicI32,
    count: i32,
    counts: Arc<Counts>,
}

impl Drop for OneCursor {
    fn drop(&mut self) {
        self.counts.open.fetch_sub(1, SeqCst);
    }
}

impl Cursor for OneCursor {
    fn try_read(&self, value: &mut i32) -> Result<bool, Error> {
        *value = self.next.fetch_add(1, SeqCst);
        Ok(*value < self.count)
    }

    fn get_session(&self, result: np::Put<np::Given<SessionTable>>) -> Result<np::Done, Error> {
        result.put(self.of.upgrade().ok_or_else(|| Error::new(NP_E_INVALID_STATE, "the session has ended"))?)
    }
}

impl Archive for ContractRust {
    fn open(&self, name: &str, result: np::Put<np::Given<SessionTable>>) -> Result<np::Done, Error> {
        result.put(OneSession::new(name, &self.archive))
    }

    fn try_open(&self, name: &str, result: np::Put<np::MaybeGiven<SessionTable>>) -> Result<np::Done, Error> {
        result.put((!name.is_empty()).then(|| OneSession::new(name, &self.archive)))
    }

    fn open_later(&self, name: &str, completion: np::Completion<np::Given<SessionTable>>) {
        completion.complete(OneSession::new(name, &self.archive));
    }

    fn try_open_later(&self, name: &str, completion: np::Completion<np::MaybeGiven<SessionTable>>) {
        completion.complete((!name.is_empty()).then(|| OneSession::new(name, &self.archive)));
    }

    fn last(&self, result: np::Put<np::MaybeGiven<SessionTable>>) -> Result<np::Done, Error> {
        let last = self.archive.sessions.lock().unwrap().iter().rev().find_map(Weak::upgrade);
        result.put(last)
    }

    fn get_shelf(&self, result: np::Put<np::Given<TestShelf1Table>>) -> Result<np::Done, Error> {
        result.put(self.archive.shelf.clone())
    }

    fn count_open(&self) -> Result<i32, Error> {
        Ok(self.archive.counts.open.load(SeqCst))
    }

    fn open_flushed(&self, result: np::Put<np::Given<FlushedTable>>) -> Result<np::Done, Error> {
        result.put(Arc::new(OneFlushed(AtomicI32::new(0), self.archive.counts.clone())))
    }

    fn sum_flushed(&self) -> Result<i32, Error> {
        Ok(self.archive.counts.flushed.load(SeqCst))
    }

    fn keep(&self, outlet: np::Object<OutletTable>, fails: bool) -> Result<(), Error> {
        if fails {
            return Err(Error::new(NP_E_INVALID_STATE, "refused"));
        }
        self.archive.outlets.lock().unwrap().push(outlet);
        Ok(())
    }

    fn keep_later(&self, outlet: Option<np::Object<OutletTable>>, completion: np::Completion<()>) {
        self.archive.outlets.lock().unwrap().extend(outlet);
        completion.complete(());
    }

    fn write_all(&self, text: &str) -> Result<i32, Error> {
        let outlets = self.archive.outlets.lock().unwrap();
        for outlet in outlets.iter() {
            outlet.write(text)?;
            outlet.open("inner")?.write(text)?;
        }
        Ok(outlets.len() as i32)
    }

    fn drop_all(&self) -> Result<(), Error> {
        let outlets = std::mem::take(&mut *self.archive.outlets.lock().unwrap());
        outlets.into_iter().try_for_each(np::Object::release)
    }

    fn give_back(&self, result: np::Put<np::MaybeGiven<OutletTable>>) -> Result<np::Done, Error> {
        let first = self.archive.outlets.lock().unwrap().pop();
        result.put(first)
    }
}
