//! Events: the handlers that the other side has added to those of a plugin, and those that a plugin adds.

use super::super::abi::*;
use super::super::Error;
use super::data::aligned;
use super::objects::{given, retain, take_back};
use super::tables::{Exports, Proxy, Table};
use std::ffi::c_void;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard};

/// An event of a plugin's, which a method of its contract's trait gives out: a field of the plugin. It is raised by
/// `self.indexed.raise(|handler| handler.invoke("an article"))`. Any thread may raise it, and add and remove handlers, a handler too: that holds for
/// the next raise. One that has begun calls the handlers that there were, and keeps each until it has ended; of a handler that has been removed the
/// application sees to it that nothing runs.
pub struct Event<T: Table> {
    handlers: Mutex<Vec<Arc<Added>>>,
    table: PhantomData<fn(&T)>,
}

struct Added {
    context: *mut c_void,
    table: *const c_void,
    release: extern "C" fn(*mut c_void, *const np_error_sink) -> i32,
}

unsafe impl Send for Added {}
unsafe impl Sync for Added {}

impl Drop for Added {
    fn drop(&mut self) {
        (self.release)(self.context, std::ptr::null());
    }
}

impl<T: Table> Default for Event<T> {
    fn default() -> Self {
        Event { handlers: Mutex::default(), table: PhantomData }
    }
}

impl<T: Table> Event<T> {
    /// Calls `call` with each handler, one after the other, up to the first that fails.
    pub fn raise(&self, mut call: impl FnMut(Proxy<'_, T>) -> Result<(), Error>) -> Result<(), Error> {
        let handlers = self.lock().clone();
        handlers.iter().try_for_each(|handler| call(unsafe { Proxy::new(handler.context, handler.table.cast()) }))
    }

    /// How many handlers there are.
    pub fn len(&self) -> usize {
        self.lock().len()
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
        self.lock().push(Arc::new(Added { context: raw.context, table: raw.table, release: raw.release }));
        Ok(())
    }

    /// For generated code.
    ///
    /// # Safety
    /// `handler` is NULL or leads to one.
    pub unsafe fn remove(&self, handler: *const np_object) -> Result<(), Error> {
        aligned(handler).map_err(|fault| super::refused("handler", fault))?;
        let raw = unsafe { &*handler };
        let mut handlers = self.lock();
        let place = handlers.iter().rposition(|added| std::ptr::eq(added.context, raw.context) && std::ptr::eq(added.table, raw.table));
        let removed = place.map(|place| handlers.remove(place));
        // Its release is the other side's code, and so runs without the lock.
        drop(handlers);
        removed.map(drop).ok_or_else(|| Error::new(NP_E_NOT_FOUND, "there is no such handler"))
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Added>>> {
        self.handlers.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
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
