//! Objects that their receiver keeps: those that a plugin hands over, in an `Arc`, and those that it is given.

use super::super::abi::*;
use super::super::{guarded, Error};
use super::asynchronous::{accept, Completion};
use super::caller::invoke;
use super::data::aligned;
use super::replies::Takes;
use super::tables::{Exports, Proxy, Table};
use std::ffi::c_void;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::atomic::{AtomicU8, Ordering::AcqRel, Ordering::Acquire};
use std::sync::Arc;

/// The kind of result that is an object of the contract with that table: takes an `Arc` of what implements its trait.
pub struct Given<T>(PhantomData<T>);

/// The same, or null: takes an `Option` of it.
pub struct MaybeGiven<T>(PhantomData<T>);

/// The object as it crosses. It has one reference more, which is the receiver's.
pub fn given<T: Exports<P>, P: Send + Sync + 'static>(object: Arc<P>) -> np_object {
    np_object {
        struct_size: size_of::<np_object>() as u32,
        reserved: 0,
        context: Arc::into_raw(object).cast_mut().cast(),
        table: (&raw const *T::TABLE).cast(),
        release: release::<T, P>,
        finish: T::FINISHES.then_some(finish::<T, P>),
    }
}

/// Takes the reference back that nobody has taken.
///
/// # Safety
/// `object` is from [`given`], of the same `P`, and nobody has it.
pub unsafe fn take_back<P>(object: np_object) {
    drop(unsafe { Arc::from_raw(object.context.cast::<P>()) });
}

/// Counts one reference more to what [`given`] has handed over.
///
/// # Safety
/// `context` is that of [`given`], of the same `P`, and a reference to it is left.
pub unsafe fn retain<P>(context: *mut c_void) {
    unsafe { Arc::increment_strong_count(context.cast_const().cast::<P>()) };
}

/// Hands an object over by an argument: it is the other side's once `call` has returned NP_OK. For generated code.
pub fn offer<T: Exports<P>, P: Send + Sync + 'static>(object: Option<Arc<P>>, call: impl FnOnce(*const np_object) -> i32) -> i32 {
    let Some(object) = object else {
        return call(std::ptr::null());
    };
    let raw = given::<T, P>(object);
    let status = call(&raw);
    if status != NP_OK {
        unsafe { take_back::<P>(raw) };
    }
    status
}

extern "C" fn release<T: Exports<P>, P>(context: *mut c_void, error: *const np_error_sink) -> i32 {
    guarded(error, || match Arc::into_inner(unsafe { Arc::from_raw(context.cast::<P>()) }) {
        Some(last) => T::end(last),
        None => Ok(()),
    })
}

extern "C" fn finish<T: Exports<P>, P>(context: *mut c_void, completion: *const np_completion, error: *const np_error_sink) -> i32 {
    match unsafe { Completion::new(completion) } {
        Ok(completion) => {
            accept(|| T::finish(unsafe { &*context.cast::<P>() }, completion));
            NP_OK
        }
        Err(refused) => guarded(error, || Err(refused)),
    }
}

fn hand_over(object: &np_object, write: impl FnOnce(*const c_void, usize) -> i32) -> i32 {
    write((&raw const *object).cast(), size_of::<np_object>())
}

impl<T: Exports<P>, P: Send + Sync + 'static> Takes<Arc<P>> for Given<T> {
    fn hand_over(value: Arc<P>, write: impl FnOnce(*const c_void, usize) -> i32) -> i32 {
        let object = given::<T, P>(value);
        let status = hand_over(&object, write);
        if status != NP_OK {
            unsafe { take_back::<P>(object) };
        }
        status
    }
}

impl<T: Exports<P>, P: Send + Sync + 'static> Takes<Option<Arc<P>>> for MaybeGiven<T> {
    fn hand_over(value: Option<Arc<P>>, write: impl FnOnce(*const c_void, usize) -> i32) -> i32 {
        match value {
            Some(value) => Given::<T>::hand_over(value, write),
            None => write(std::ptr::null(), 0),
        }
    }
}

/// An object that came from the other side goes back as it is.
impl<T: Table> Takes<Object<T>> for Given<T> {
    fn hand_over(value: Object<T>, write: impl FnOnce(*const c_void, usize) -> i32) -> i32 {
        let status = hand_over(&value.raw, write);
        if status == NP_OK {
            std::mem::forget(value);
        }
        status
    }
}

impl<T: Table> Takes<Option<Object<T>>> for MaybeGiven<T> {
    fn hand_over(value: Option<Object<T>>, write: impl FnOnce(*const c_void, usize) -> i32) -> i32 {
        match value {
            Some(value) => Given::<T>::hand_over(value, write),
            None => write(std::ptr::null(), 0),
        }
    }
}

/// An object of the other side's that is the plugin's own. It has the members of its [`Proxy`]; dropping it releases it. Release it before
/// the plugin's instance ends.
pub struct Object<T: Table> {
    raw: np_object,
    proxy: Proxy<'static, T>,
    // Of an argument: whose it is, which the end of the call decides.
    state: Option<Arc<AtomicU8>>,
}

unsafe impl<T: Table> Send for Object<T> {}
unsafe impl<T: Table> Sync for Object<T> {}

const PENDING: u8 = 0;
const KEPT: u8 = 1;
const DROPPED: u8 = 2;
const NOT_OURS: u8 = 3;

impl<T: Table> Object<T> {
    /// # Safety
    /// `raw` is NULL or leads to an object of the contract, which is the plugin's.
    pub unsafe fn received(raw: *const np_object, name: &str) -> Result<Option<Self>, Error> {
        if raw.is_null() {
            return Ok(None);
        }
        aligned(raw).map_err(|fault| super::refused(name, fault))?;
        let raw = unsafe { copy(&*raw) };
        if (raw.struct_size as usize) < size_of::<np_object>() || raw.table.is_null() {
            return Err(Error::new(NP_E_INVALID_ARGUMENT, &format!("{name} is no object: it is too short, or has no table")));
        }
        let proxy = unsafe { Proxy::new(raw.context, raw.table.cast()) };
        Ok(Some(Object { raw, proxy, state: None }))
    }

    /// Ends the object, and says what went wrong at its end.
    pub fn release(self) -> Result<(), Error> {
        let (context, release) = (self.raw.context, self.raw.release);
        std::mem::forget(self);
        invoke(|error| release(context, error))
    }
}

impl<T: Table> Deref for Object<T> {
    type Target = Proxy<'static, T>;

    fn deref(&self) -> &Proxy<'static, T> {
        &self.proxy
    }
}

impl<T: Table> Drop for Object<T> {
    fn drop(&mut self) {
        let is_ours = self.state.as_ref().is_none_or(|state| state.compare_exchange(PENDING, DROPPED, AcqRel, Acquire) == Err(KEPT));
        if is_ours {
            (self.raw.release)(self.raw.context, std::ptr::null());
        }
    }
}

/// An object as an argument: the plugin's once the call has succeeded.
pub struct Offered {
    raw: np_object,
    state: Arc<AtomicU8>,
}

impl Offered {
    /// # Safety
    /// As of [`Object::received`].
    pub unsafe fn new<T: Table>(raw: *const np_object, name: &str) -> Result<(Option<Self>, Option<Object<T>>), Error> {
        let Some(mut object) = unsafe { Object::<T>::received(raw, name) }? else {
            return Ok((None, None));
        };
        let state = Arc::new(AtomicU8::new(PENDING));
        object.state = Some(state.clone());
        Ok((Some(Offered { raw: copy(&object.raw), state }), Some(object)))
    }

    /// The call has succeeded.
    pub fn keep(self) {
        if self.state.swap(KEPT, AcqRel) == DROPPED {
            (self.raw.release)(self.raw.context, std::ptr::null());
        }
    }
}

impl Drop for Offered {
    fn drop(&mut self) {
        let _ = self.state.compare_exchange(PENDING, NOT_OURS, AcqRel, Acquire);
    }
}

fn copy(object: &np_object) -> np_object {
    np_object { ..*object }
}

/// The error that an object argument is NULL where it cannot be.
pub fn no_object(name: &str) -> Error {
    Error::new(NP_E_INVALID_ARGUMENT, &format!("{name} is NULL"))
}
