//! Calls that end later than their function returns.

use super::super::abi::*;
use super::super::Error;
use super::replies::Takes;
use super::tables::{Proxy, Table};
use std::ffi::c_void;
use std::marker::PhantomData;
use std::panic::{catch_unwind, AssertUnwindSafe};

/// Ends an asynchronous call, on whatever thread. One that is dropped without a result ends as a fault.
pub struct Completion<K: ?Sized> {
    raw: *const np_completion,
    kind: PhantomData<fn(&K)>,
}

unsafe impl<K: ?Sized> Send for Completion<K> {}
unsafe impl<K: ?Sized> Sync for Completion<K> {}

impl<K: ?Sized> Completion<K> {
    /// # Safety
    /// `raw` is NULL, or a completion that has not completed and belongs to nobody else.
    pub unsafe fn new(raw: *const np_completion) -> Result<Self, Error> {
        unsafe { super::required(raw, "completion")? };
        Ok(Completion { raw, kind: PhantomData })
    }

    /// The call has this result.
    pub fn complete<V>(self, value: V)
    where
        K: Takes<V>,
    {
        // An object that is not taken stays its giver's, so the status matters.
        K::hand_over(value, |data, size| self.end(NP_OK, data, size, std::ptr::null()));
    }

    /// The call has failed.
    pub fn fail(self, error: Error) {
        let message = error.message.as_str();
        let info = super::super::boundary::error_info(error.code, "", message, "");
        self.end(error.code, std::ptr::null(), 0, &info);
    }

    /// The call has ended in one of these ways.
    pub fn finish<V>(self, outcome: Result<V, Error>)
    where
        K: Takes<V>,
    {
        match outcome {
            Ok(value) => self.complete(value),
            Err(error) => self.fail(error),
        }
    }

    fn end(self, status: i32, data: *const c_void, size: usize, error: *const np_error_info) -> i32 {
        let raw = unsafe { &*self.raw };
        std::mem::forget(self);
        (raw.complete)(raw.context, status, data, size, error)
    }
}

impl<K: ?Sized> Drop for Completion<K> {
    fn drop(&mut self) {
        let this = Completion::<()> { raw: self.raw, kind: PhantomData };
        let cause = if std::thread::panicking() { "panicked" } else { "dropped the call without completing it" };
        let place = super::super::boundary::panic_place();
        this.fail(Error::new(NP_E_FAULT, format!("the plugin has {cause} {place}").trim_end()));
    }
}

/// Runs what accepts an asynchronous call. A panic drops the completion, which ends the call.
pub fn accept(body: impl FnOnce()) {
    let _ = catch_unwind(AssertUnwindSafe(body)).map_err(|payload| {
        let _ = catch_unwind(AssertUnwindSafe(|| drop(payload))).map_err(std::mem::forget);
    });
}

/// What an asynchronous call brought, and may be used until it completes: hence with its completion in hand.
pub struct Kept<L> {
    lent: L,
    completion: *const np_completion,
}

unsafe impl<L> Send for Kept<L> {}
unsafe impl<L> Sync for Kept<L> {}

/// What can be kept.
pub trait Lent {
    type At<'c>
    where
        Self: 'c;

    /// # Safety
    /// The call has not completed as long as `'c`.
    unsafe fn at<'c>(&'c mut self) -> Self::At<'c>;
}

impl<L: Lent> Kept<L> {
    /// For generated code.
    pub fn new<K: ?Sized>(lent: L, completion: &Completion<K>) -> Self {
        Kept { lent, completion: completion.raw }
    }

    /// What it is, as long as the call has not completed.
    ///
    /// # Panics
    /// If that is the completion of another call.
    pub fn get<'c, K: ?Sized>(&'c mut self, completion: &'c Completion<K>) -> L::At<'c> {
        assert!(std::ptr::eq(self.completion, completion.raw), "the completion is that of another call");
        unsafe { self.lent.at() }
    }
}

/// Elements in memory of the caller's.
pub struct Elements<T>(pub *const T, pub usize);

/// The same, to be written to.
pub struct MutableElements<T>(pub *mut T, pub usize);

/// A contract, which may be none.
pub struct Callback<T>(pub *const T);

pub type KeptSlice<T> = Kept<Elements<T>>;
pub type KeptSliceMut<T> = Kept<MutableElements<T>>;
pub type KeptContract<T> = Kept<Callback<T>>;
pub type KeptCancellation = Kept<*const np_cancellation>;

impl<T> Elements<T> {
    pub fn new(items: &[T]) -> Self {
        Elements(items.as_ptr(), items.len())
    }
}

impl<T> MutableElements<T> {
    pub fn new(items: &mut [T]) -> Self {
        MutableElements(items.as_mut_ptr(), items.len())
    }
}

impl<T> Lent for Elements<T> {
    type At<'c> = &'c [T] where T: 'c;

    unsafe fn at<'c>(&'c mut self) -> &'c [T] {
        unsafe { std::slice::from_raw_parts(self.0, self.1) }
    }
}

impl<T> Lent for MutableElements<T> {
    type At<'c> = &'c mut [T] where T: 'c;

    unsafe fn at<'c>(&'c mut self) -> &'c mut [T] {
        unsafe { std::slice::from_raw_parts_mut(self.0, self.1) }
    }
}

impl<T: Table> Lent for Callback<T> {
    type At<'c> = Option<Proxy<'c, T>> where T: 'c;

    unsafe fn at<'c>(&'c mut self) -> Option<Proxy<'c, T>> {
        unsafe { Proxy::of_table(self.0) }
    }
}

impl Lent for *const np_cancellation {
    type At<'c> = Cancellation<'c>;

    unsafe fn at<'c>(&'c mut self) -> Cancellation<'c> {
        unsafe { Cancellation::new(*self) }
    }
}

/// Says whether the result of a call is still wanted.
#[derive(Clone, Copy)]
pub struct Cancellation<'a>(Option<&'a np_cancellation>);

unsafe impl Send for Cancellation<'_> {}
unsafe impl Sync for Cancellation<'_> {}

impl Cancellation<'_> {
    /// For a call that is never cancelled.
    pub const fn none() -> Self {
        Cancellation(None)
    }

    /// # Safety
    /// `raw` is NULL or leads to one.
    pub unsafe fn new(raw: *const np_cancellation) -> Self {
        Cancellation(unsafe { raw.as_ref() })
    }

    /// For generated code.
    pub fn raw(&self) -> *const np_cancellation {
        self.0.map_or(std::ptr::null(), |raw| &raw const *raw)
    }

    /// Whether it may ever be cancelled.
    pub fn can_be_cancelled(&self) -> bool {
        self.0.is_some()
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.is_some_and(|raw| (raw.check)(raw.context) != NP_OK)
    }

    /// An error if it has been cancelled.
    pub fn check(&self) -> Result<(), Error> {
        if self.is_cancelled() { Err(Error::new(NP_E_CANCELLED, "the call was cancelled")) } else { Ok(()) }
    }
}
