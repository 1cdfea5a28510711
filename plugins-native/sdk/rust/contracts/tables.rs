//! Tables of contracts: those that a plugin hands out, and those that it calls.

use super::super::abi::*;
use super::super::Error;
use super::asynchronous::Completion;
use std::ffi::{c_char, c_void};
use std::marker::PhantomData;

/// What every table begins with.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Prefix {
    pub struct_size: u32,
    pub minor: u32,
    pub context: *mut c_void,
    pub fingerprints: *const u64,
    pub signature: *const c_char,
    pub signature_length: usize,
}

impl Prefix {
    pub const fn new<T: Table>() -> Self {
        Prefix {
            struct_size: size_of::<T>() as u32,
            minor: T::FINGERPRINTS.len() as u32 - 1,
            context: std::ptr::null_mut(),
            fingerprints: T::FINGERPRINTS.as_ptr(),
            signature: T::SIGNATURE.as_ptr().cast(),
            signature_length: T::SIGNATURE.len(),
        }
    }
}

/// The table of a contract.
///
/// # Safety
/// It begins as a [`Prefix`] does, with its size, a number and a context.
pub unsafe trait Table: Copy + 'static {
    /// Id and major version: the name of the service.
    const ID: &'static str;
    const FINGERPRINTS: &'static [u64];
    const SIGNATURE: &'static str;
}

/// A table with the functions for `P`, which implements the contract's trait.
pub trait Exports<P>: Table {
    /// Without a context.
    const TABLE: &'static Self;

    /// Whether objects have work to end before their release.
    const FINISHES: bool = false;

    /// Ends an object to which no reference is left.
    fn end(object: P) -> Result<(), Error> {
        drop(object);
        Ok(())
    }

    /// Ends the work of an object before its release.
    fn finish(_object: &P, completion: Completion<()>) {
        completion.complete(());
    }
}

/// A contract that a plugin offers: `Contract::of::<…Table>()` in `Plugin::CONTRACTS`.
pub struct Contract<P> {
    pub(crate) id: &'static [u8],
    make: fn(*mut c_void) -> Box<dyn AnyTable>,
    of: PhantomData<fn(&P)>,
}

impl<P> Contract<P> {
    pub const fn of<T: Exports<P>>() -> Self {
        Contract { id: T::ID.as_bytes(), make: make::<T, P>, of: PhantomData }
    }
}

fn make<T: Exports<P>, P>(context: *mut c_void) -> Box<dyn AnyTable> {
    let mut table = *T::TABLE;
    unsafe { (*(&raw mut table).cast::<Prefix>()).context = context };
    Box::new(table)
}

pub(crate) trait AnyTable {
    fn address(&self) -> *const c_void;
}

impl<T: Table> AnyTable for T {
    fn address(&self) -> *const c_void {
        (&raw const *self).cast()
    }
}

/// The tables of one instance, which live as long as it does.
pub struct Tables(Vec<(&'static [u8], Box<dyn AnyTable>)>);

impl Tables {
    pub(crate) const fn none() -> Self {
        Tables(Vec::new())
    }

    pub(crate) fn of<P>(contracts: &[Contract<P>], instance: *const P) -> Self {
        Tables(contracts.iter().map(|contract| (contract.id, (contract.make)(instance.cast_mut().cast()))).collect())
    }

    pub(crate) fn find(&self, id: &[u8]) -> Option<*const c_void> {
        self.0.iter().find(|table| table.0 == id).map(|table| table.1.address())
    }
}

/// The other side's object of a contract: the generated file gives it the contract's members. Any thread may call it, unless the contract
/// is serialized.
pub struct Proxy<'a, T> {
    pub(crate) context: *mut c_void,
    pub(crate) table: *const T,
    borrowed: PhantomData<&'a T>,
}

impl<T> Clone for Proxy<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Proxy<'_, T> {}
unsafe impl<T> Send for Proxy<'_, T> {}
unsafe impl<T> Sync for Proxy<'_, T> {}

impl<T: Table> Proxy<'_, T> {
    /// Of a table with its own context.
    ///
    /// # Safety
    /// `table` is NULL, or the table of a service or an argument.
    pub unsafe fn of_table(table: *const T) -> Option<Self> {
        let prefix = unsafe { table.cast::<Prefix>().as_ref()? };
        Some(unsafe { Proxy::new(prefix.context, table) })
    }

    /// # Safety
    /// `table` leads to a table, and `context` belongs to it.
    pub unsafe fn new(context: *mut c_void, table: *const T) -> Self {
        Proxy { context, table, borrowed: PhantomData }
    }

    /// A function of the table. For generated code.
    ///
    /// # Safety
    /// `F` is the type of the function at that offset.
    pub unsafe fn function<F: Copy>(&self, offset: usize) -> Result<F, Error> {
        let size = unsafe { (*self.table.cast::<Prefix>()).struct_size } as usize;
        if size < offset + size_of::<F>() {
            return Err(Error::new(NP_E_UNSUPPORTED, "the other side is older, and has no such member"));
        }
        let function = unsafe { self.table.cast::<u8>().add(offset).cast::<*const c_void>().read() };
        if function.is_null() {
            return Err(Error::new(NP_E_INVALID_ARGUMENT, "the other side's table has a hole"));
        }
        Ok(unsafe { std::mem::transmute_copy(&function) })
    }
}

/// A contract argument that is not optional.
///
/// # Safety
/// As of [`Proxy::of_table`].
pub unsafe fn contract<'a, T: Table>(table: *const T, name: &str) -> Result<Proxy<'a, T>, Error> {
    unsafe { Proxy::of_table(table) }.ok_or_else(|| Error::new(NP_E_INVALID_ARGUMENT, &format!("{name} is NULL")))
}

/// What the application offers to plugins. It may be copied, and used until the instance is destroyed.
#[derive(Clone, Copy)]
pub struct Host(*const np_host);

unsafe impl Send for Host {}
unsafe impl Sync for Host {}

impl Host {
    pub fn of(host: &np_host) -> Self {
        Host(host)
    }

    /// The application's object of a contract, if it offers one.
    pub fn contract<T: Table>(&self) -> Option<Proxy<'_, T>> {
        let mut service = std::ptr::null();
        let host = unsafe { &*self.0 };
        match (host.get_service)(host.context, T::ID.as_ptr().cast(), T::ID.len(), &mut service) {
            NP_OK => unsafe { Proxy::of_table(service.cast()) },
            _ => None,
        }
    }
}

/// A table of an object that is lent for a call. For generated code.
pub fn lend<T: Exports<P>, P>(object: &P) -> T {
    let mut table = *T::TABLE;
    unsafe { (*(&raw mut table).cast::<Prefix>()).context = (&raw const *object).cast_mut().cast() };
    table
}
