//! The arguments of a call as a plugin sees them. All of it is for generated code.

use super::super::abi::*;
use super::super::{guarded, Error};
use super::data::*;
use std::borrow::Cow;
use std::ffi::c_void;

/// Calls a member of `P`, and reports what it returns or panics with.
///
/// # Safety
/// `context` is the one that was handed out with the table of `P`.
pub unsafe fn call<P>(context: *mut c_void, error: *const np_error_sink, body: impl FnOnce(&P) -> Result<(), Error>) -> i32 {
    guarded(error, || body(unsafe { &*context.cast::<P>() }))
}

/// What an argument was refused for.
pub fn refused(name: &str, fault: Fault) -> Error {
    let fault = fault.of(name);
    Error::new(NP_E_INVALID_ARGUMENT, &fault.0.replacen(": is ", " is ", 1))
}

/// Data by pointer, which is checked as a whole.
///
/// # Safety
/// This and the following: pointers are NULL or lead to what the signature says, for as long as `'a`.
pub unsafe fn argument<T: Data>(from: *const T, name: &str) -> Result<T, Error> {
    let read = || {
        let value = unsafe { T::load(from)? };
        value.check(&mut Limits::default())?;
        Ok(value)
    };
    read().map_err(|fault| refused(name, fault))
}

/// The same, where NULL is null.
pub unsafe fn optional_argument<T: Data>(from: *const T, name: &str) -> Result<Option<T>, Error> {
    if from.is_null() { Ok(None) } else { unsafe { argument(from, name) }.map(Some) }
}

/// Elements in memory of the caller's.
pub unsafe fn slice<'a, T>(items: *const T, count: usize, name: &str) -> Result<&'a [T], Error> {
    check_slice(items, count).map_err(|fault| refused(name, fault))?;
    Ok(if count == 0 { &[] } else { unsafe { std::slice::from_raw_parts(items, count) } })
}

/// The same, to be written to.
pub unsafe fn slice_mut<'a, T>(items: *mut T, count: usize, name: &str) -> Result<&'a mut [T], Error> {
    check_slice(items, count).map_err(|fault| refused(name, fault))?;
    Ok(if count == 0 { &mut [] } else { unsafe { std::slice::from_raw_parts_mut(items, count) } })
}

/// A text, in which what is not UTF-8 becomes U+FFFD.
pub unsafe fn text<'a>(data: *const u8, length: usize, name: &str) -> Result<Cow<'a, str>, Error> {
    unsafe { slice(data, length, name) }.map(String::from_utf8_lossy)
}

/// The same, where NULL is null.
pub unsafe fn optional_text<'a>(data: *const u8, length: usize, name: &str) -> Result<Option<Cow<'a, str>>, Error> {
    if data.is_null() && length == 0 { Ok(None) } else { unsafe { text(data, length, name) }.map(Some) }
}

/// One value in memory of the caller's.
pub unsafe fn required<'a, T>(value: *const T, name: &str) -> Result<&'a T, Error> {
    aligned(value).map_err(|fault| refused(name, fault))?;
    Ok(unsafe { &*value })
}

/// The same, to be written to.
pub unsafe fn cell<'a, T>(value: *mut T, name: &str) -> Result<&'a mut T, Error> {
    aligned(value).map_err(|fault| refused(name, fault))?;
    Ok(unsafe { &mut *value })
}

pub(crate) fn check_slice<T>(items: *const T, count: usize) -> Result<(), Fault> {
    if count > 0 {
        aligned(items)?;
        if count > isize::MAX as usize / size_of::<T>().max(1) {
            return Err(Fault::new("has more elements than there can be"));
        }
    }
    Ok(())
}
