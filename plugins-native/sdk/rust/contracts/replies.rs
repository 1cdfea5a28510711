//! How results go to the caller: through a sink at once, or through a completion later. Whoever hands one over keeps it, the caller copies.

use super::super::abi::*;
use super::super::Error;
use super::data::*;
use super::optional::Nullable;
use super::values::Bool;
use std::ffi::c_void;
use std::marker::PhantomData;

/// A kind of result, and what may be handed over as one: `str` takes a `&str`, `[T]` a `&[T]`, `One<Person>` a `&Person`, `Maybe<Person>` an
/// `Option<&Person>`, `Flat<i32>` an `i32`, `()` a `()`, `Given<Table>` an `Arc` of what implements the contract.
pub trait Takes<V> {
    /// Calls `write` once, with what crosses.
    fn hand_over(value: V, write: impl FnOnce(*const c_void, usize) -> i32) -> i32;
}

/// Data by pointer.
pub struct One<K>(PhantomData<K>);

/// Data by pointer, or null.
pub struct Maybe<K>(PhantomData<K>);

/// What this version of the module does not know: nothing can be handed over as one.
pub struct Unknown(());

/// A value without pointers.
pub struct Flat<T>(PhantomData<T>);

impl Takes<()> for () {
    fn hand_over(_: (), write: impl FnOnce(*const c_void, usize) -> i32) -> i32 {
        write(std::ptr::null(), 0)
    }
}

impl<S: AsRef<str> + ?Sized> Takes<&S> for str {
    fn hand_over(value: &S, write: impl FnOnce(*const c_void, usize) -> i32) -> i32 {
        write(value.as_ref().as_ptr().cast(), value.as_ref().len())
    }
}

impl<T, S: AsRef<[T]> + ?Sized> Takes<&S> for [T] {
    fn hand_over(value: &S, write: impl FnOnce(*const c_void, usize) -> i32) -> i32 {
        write(value.as_ref().as_ptr().cast(), size_of_val(value.as_ref()))
    }
}

impl<V: Data> Takes<&V> for One<V::Kind> {
    fn hand_over(value: &V, write: impl FnOnce(*const c_void, usize) -> i32) -> i32 {
        write((&raw const *value).cast(), size_of::<V>())
    }
}

impl<V: Data> Takes<Option<&V>> for Maybe<V::Kind> {
    fn hand_over(value: Option<&V>, write: impl FnOnce(*const c_void, usize) -> i32) -> i32 {
        match value {
            Some(value) => One::<V::Kind>::hand_over(value, write),
            None => write(std::ptr::null(), 0),
        }
    }
}

impl<T: Data> Takes<T> for Flat<T> {
    fn hand_over(value: T, write: impl FnOnce(*const c_void, usize) -> i32) -> i32 {
        write((&raw const value).cast(), size_of::<T>())
    }
}

impl Takes<bool> for Flat<Bool> {
    fn hand_over(value: bool, write: impl FnOnce(*const c_void, usize) -> i32) -> i32 {
        Self::hand_over(Bool::from(value), write)
    }
}

impl<T: Data> Takes<Option<T>> for Flat<Nullable<T>> {
    fn hand_over(value: Option<T>, write: impl FnOnce(*const c_void, usize) -> i32) -> i32 {
        Self::hand_over(Nullable::from(value), write)
    }
}

/// Says that a result has been handed over.
#[derive(Debug)]
pub struct Done(());

/// Takes one result of the kind `K`.
pub struct Put<'a, K: ?Sized> {
    sink: &'a np_sink,
    kind: PhantomData<fn(&K)>,
}

impl<'a, K: ?Sized> Put<'a, K> {
    /// # Safety
    /// `sink` is NULL or a sink.
    pub unsafe fn new(sink: *const np_sink, name: &str) -> Result<Self, Error> {
        let sink = unsafe { super::required(sink, name)? };
        Ok(Put { sink, kind: PhantomData })
    }

    /// Hands the result over.
    pub fn put<V>(self, value: V) -> Result<Done, Error>
    where
        K: Takes<V>,
    {
        match K::hand_over(value, |data, size| (self.sink.write)(self.sink.context, data, size)) {
            NP_OK => Ok(Done(())),
            code => Err(Error::new(code, "the caller has refused the result")),
        }
    }
}

impl Put<'_, str> {
    /// Hands over a text in pieces, which need not end with a character.
    pub fn put_pieces<'p>(self, pieces: impl IntoIterator<Item = &'p [u8]>) -> Result<Done, Error> {
        for piece in pieces {
            let status = (self.sink.write)(self.sink.context, piece.as_ptr().cast(), piece.len());
            if status != NP_OK {
                return Err(Error::new(status, "the caller has refused the result"));
            }
        }
        Ok(Done(()))
    }
}

/// Writes a result without pointers to where the caller wants it.
///
/// # Safety
/// `result` is NULL or leads to a `T`.
pub unsafe fn give<T>(result: *mut T, make: impl FnOnce() -> Result<T, Error>) -> Result<(), Error> {
    let result = unsafe { super::cell(result, "result")? };
    *result = make()?;
    Ok(())
}
