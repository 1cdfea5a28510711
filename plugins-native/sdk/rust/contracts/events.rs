//! Events: the handlers that the other side has added to those of a plugin, and those that a plugin adds.

use super::super::abi::*;
use super::super::Error;
use super::caller::invoke;
use super::data::aligned;
use super::objects::{given, retain, take_back};
use super::tables::{Exports, Proxy, Table};
use std::ffi::c_void;
use std::marker::PhantomData;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::ThreadId;

/// An event of a plugin's, which a method of its contract's trait gives out: a field of the plugin. It is raised by
/// `self.indexed.raise(|handler| handler.invoke("an article"))`. A handler may add and remove handlers, itself too. Once one has been removed it is
/// called no more: where it is running on another thread, the removal waits.
pub struct Event<T: Table> {
    handlers: Mutex<Vec<Option<Added>>>,
    turns: Turns,
    table: PhantomData<fn(&T)>,
}

#[derive(Clone, Copy)]
struct Added {
    context: *mut c_void,
    table: *const c_void,
    release: extern "C" fn(*mut c_void, *const np_error_sink) -> i32,
}

unsafe impl Send for Added {}

impl<T: Table> Default for Event<T> {
    fn default() -> Self {
        Event { handlers: Mutex::default(), turns: Turns::default(), table: PhantomData }
    }
}

impl<T: Table> Event<T> {
    /// Calls `call` with each handler, one after the other, up to the first that fails.
    pub fn raise(&self, mut call: impl FnMut(Proxy<'_, T>) -> Result<(), Error>) -> Result<(), Error> {
        let turn = self.turns.enter();
        let count = self.lock().len();
        let outcome = (0..count).try_for_each(|index| {
            let handler = self.lock()[index];
            handler.map_or(Ok(()), |handler| call(unsafe { Proxy::new(handler.context, handler.table.cast()) }))
        });
        self.tidy(turn);
        outcome
    }

    /// How many handlers there are.
    pub fn len(&self) -> usize {
        self.lock().iter().flatten().count()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// For generated code.
    ///
    /// # Safety
    /// `handler` is NULL or leads to one, which is the plugin's once this has returned Ok.
    pub unsafe fn add(&self, handler: *const np_object) -> Result<(), Error> {
        aligned(handler).map_err(|fault| super::refused("handler", fault))?;
        let raw = unsafe { &*handler };
        if (raw.struct_size as usize) < size_of::<np_object>() || raw.table.is_null() {
            return Err(Error::new(NP_E_INVALID_ARGUMENT, "handler is no object: it is too short, or has no table"));
        }
        let turn = self.turns.enter();
        self.lock().push(Some(Added { context: raw.context, table: raw.table, release: raw.release }));
        drop(turn);
        Ok(())
    }

    /// For generated code.
    ///
    /// # Safety
    /// `handler` is NULL or leads to one.
    pub unsafe fn remove(&self, handler: *const np_object) -> Result<(), Error> {
        aligned(handler).map_err(|fault| super::refused("handler", fault))?;
        let raw = unsafe { &*handler };
        let turn = self.turns.enter();
        let found = self.lock().iter_mut().rev()
            .find(|added| added.is_some_and(|added| std::ptr::eq(added.context, raw.context) && std::ptr::eq(added.table, raw.table)))
            .and_then(Option::take);
        let outcome = match found {
            Some(handler) => invoke(|error| (handler.release)(handler.context, error)),
            None => Err(Error::new(NP_E_NOT_FOUND, "there is no such handler")),
        };
        self.tidy(turn);
        outcome
    }

    // While handlers are called, each keeps its place.
    fn tidy(&self, turn: Turn) {
        if turn.is_outermost {
            self.lock().retain(Option::is_some);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Option<Added>>> {
        self.handlers.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl<T: Table> Drop for Event<T> {
    fn drop(&mut self) {
        for handler in self.lock().drain(..).flatten() {
            (handler.release)(handler.context, std::ptr::null());
        }
    }
}

/// One thread at a time, which may enter again.
#[derive(Default)]
struct Turns {
    inside: Mutex<(Option<ThreadId>, usize)>,
    left: Condvar,
}

struct Turn<'a> {
    turns: &'a Turns,
    is_outermost: bool,
}

impl Turns {
    fn enter(&self) -> Turn<'_> {
        let this = Some(std::thread::current().id());
        let mut inside = self.inside.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        while inside.1 > 0 && inside.0 != this {
            inside = self.left.wait(inside).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
        *inside = (this, inside.1 + 1);
        Turn { turns: self, is_outermost: inside.1 == 1 }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.turns.inside.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).1 -= 1;
        self.turns.left.notify_one();
    }
}

/// A handler of a plugin's for an event of the other side's: `Handler::<FeedSaidTable>::of(|said: &str| { … })`. It may be added and removed any
/// number of times: `feed.add_said(&handler)`, `feed.remove_said(&handler)`.
pub struct Handler<T: Table> {
    raw: np_object,
    retain: unsafe fn(*mut c_void),
    drop: unsafe fn(np_object),
    table: PhantomData<T>,
}

unsafe impl<T: Table> Send for Handler<T> {}
unsafe impl<T: Table> Sync for Handler<T> {}

impl<T: Table> Handler<T> {
    /// Of a closure, or of what implements the handler's trait.
    pub fn of<P: Send + Sync + 'static>(handler: P) -> Self
    where
        T: Exports<P>,
    {
        Handler { raw: given::<T, P>(Arc::new(handler)), retain: retain::<P>, drop: take_back::<P>, table: PhantomData }
    }

    /// Lends the handler to `call`, which has one reference more if it returns NP_OK. For generated code.
    pub fn offer(&self, call: impl FnOnce(*const np_object) -> i32) -> i32 {
        unsafe { (self.retain)(self.raw.context) };
        let status = call(&self.raw);
        if status != NP_OK {
            unsafe { (self.drop)(np_object { ..self.raw }) };
        }
        status
    }

    /// For generated code.
    pub fn raw(&self) -> *const np_object {
        &self.raw
    }
}

impl<T: Table> Drop for Handler<T> {
    fn drop(&mut self) {
        unsafe { (self.drop)(np_object { ..self.raw }) };
    }
}
