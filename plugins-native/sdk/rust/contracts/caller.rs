//! Calls of a plugin's into the other side: what the generated members of a proxy are made of.

use super::super::abi::*;
use super::super::{guarded, Error};
use super::data::Data;
use super::objects::Object;
use super::tables::Table;
use std::ffi::{c_char, c_void};

/// Calls a function with an error sink, and makes of its status what it reported.
pub fn invoke(function: impl FnOnce(*const np_error_sink) -> i32) -> Result<(), Error> {
    let mut message = String::new();
    let sink = np_error_sink { struct_size: size_of::<np_error_sink>() as u32, reserved: 0, context: (&raw mut message).cast(), report };
    match function(&sink) {
        NP_OK => Ok(()),
        code => Err(Error { code, message }),
    }
}

extern "C" fn report(context: *mut c_void, info: *const np_error_info) -> i32 {
    unsafe { *context.cast::<String>() = message(info) };
    NP_OK
}

/// What a report says; empty if there is none.
///
/// # Safety
/// `info` is NULL or leads to one.
pub(crate) unsafe fn message(info: *const np_error_info) -> String {
    unsafe { info.as_ref().map_or_else(String::new, |info| lossy(info.message, info.message_length)) }
}

unsafe fn lossy(data: *const c_char, length: usize) -> String {
    if data.is_null() || length == 0 {
        return String::new();
    }
    String::from_utf8_lossy(unsafe { std::slice::from_raw_parts(data.cast(), length) }).into_owned()
}

/// Calls a function with a sink, and each piece that it puts with `take`.
pub fn receive(
    function: impl FnOnce(*const np_sink, *const np_error_sink) -> i32,
    mut take: impl FnMut(*const c_void, usize) -> Result<(), Error>,
) -> Result<(), Error> {
    struct Taking<'a> {
        take: &'a mut dyn FnMut(*const c_void, usize) -> Result<(), Error>,
        refused: Option<Error>,
    }

    extern "C" fn write(context: *mut c_void, data: *const c_void, size: usize) -> i32 {
        let taking = unsafe { &mut *context.cast::<Taking>() };
        guarded(std::ptr::null(), || {
            (taking.take)(data, size).map_err(|error| {
                let code = error.code;
                taking.refused = Some(error);
                Error::new(code, "")
            })
        })
    }

    let mut taking = Taking { take: &mut take, refused: None };
    let sink = np_sink { struct_size: size_of::<np_sink>() as u32, reserved: 0, context: (&raw mut taking).cast(), write };
    let outcome = invoke(|error| function(&sink, error));
    taking.refused.map_or(outcome, Err)
}

/// A result that is elements.
pub fn receive_elements<T: Data>(function: impl FnOnce(*const np_sink, *const np_error_sink) -> i32) -> Result<Vec<T>, Error> {
    let mut bytes = Vec::<u8>::new();
    receive(function, |data, size| {
        bytes.extend_from_slice(unsafe { super::slice(data.cast::<u8>(), size, "result")? });
        Ok(())
    })?;
    elements_of(&bytes)
}

pub(crate) fn elements_of<T: Data>(bytes: &[u8]) -> Result<Vec<T>, Error> {
    if bytes.len() % size_of::<T>() != 0 {
        return Err(Error::new(NP_E_INVALID_ARGUMENT, "the result is cut off within an element"));
    }
    Ok(bytes.chunks_exact(size_of::<T>()).map(|item| unsafe { item.as_ptr().cast::<T>().read_unaligned() }).collect())
}

/// A result that is a text.
pub fn receive_text(function: impl FnOnce(*const np_sink, *const np_error_sink) -> i32) -> Result<String, Error> {
    Ok(String::from_utf8_lossy(&receive_elements::<u8>(function)?).into_owned())
}

/// A result that is an object, or NULL. One that comes after it is refused, and so stays the other side's.
pub fn receive_object<T: Table>(function: impl FnOnce(*const np_sink, *const np_error_sink) -> i32) -> Result<Option<Object<T>>, Error> {
    let mut put = None;
    receive(function, |data, size| {
        if put.is_some() {
            return Err(put_twice());
        }
        enough(data, size, size_of::<np_object>())?;
        put = Some(unsafe { Object::received(data.cast::<np_object>(), "result")? });
        Ok(())
    })?;
    put.ok_or_else(never_put)
}

/// A result as it has come: of a struct that may grow, there must be what both sides know of it.
///
/// # Safety
/// `data` is NULL or leads to `size` bytes, and what is in them leads to memory.
pub unsafe fn result<T: Data>(data: *const c_void, size: usize) -> Result<T, Error> {
    let mut needed = size_of::<T>();
    if T::GROWS && size >= size_of::<u32>() && !data.is_null() {
        needed = needed.min(unsafe { data.cast::<u32>().read_unaligned() } as usize);
    }
    enough(data, size, needed)?;
    unsafe { super::argument(data.cast(), "result") }
}

/// Refuses a result of which less has come than there must be.
pub(crate) fn enough(data: *const c_void, size: usize, needed: usize) -> Result<(), Error> {
    if data.is_null() || size >= needed {
        return Ok(());
    }
    Err(Error::new(NP_E_INVALID_ARGUMENT, &format!("the result is too short: {size} bytes, where {needed} are needed")))
}

/// The same, or NULL for none.
///
/// # Safety
/// As of [`result`].
pub unsafe fn optional_result<T: Data>(data: *const c_void, size: usize) -> Result<Option<T>, Error> {
    if data.is_null() { Ok(None) } else { unsafe { result(data, size) }.map(Some) }
}

/// What a result is refused with that comes after the first.
pub fn put_twice() -> Error {
    Error::new(NP_E_INVALID_ARGUMENT, "the other side has put a second result")
}

/// What a call that has put nothing has failed with.
pub fn never_put() -> Error {
    Error::new(NP_E_INVALID_ARGUMENT, "the other side has put no result")
}

/// The value without pointers that a function writes.
pub fn written<T: Data>(function: impl FnOnce(*mut T, *const np_error_sink) -> i32) -> Result<T, Error> {
    let mut value = super::zero::<T>();
    invoke(|error| function(&mut value, error))?;
    Ok(value)
}
