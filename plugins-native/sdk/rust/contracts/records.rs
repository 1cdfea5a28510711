//! Structs of data that may grow: their size comes first, and who reads one takes what both sides know of it.

use super::data::*;
use std::marker::PhantomData;

/// The first field of a struct of data. It belongs to one type, whose `new` makes it.
#[repr(transparent)]
pub struct StructSize<K>(u32, PhantomData<fn() -> K>);

impl<K> Clone for StructSize<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for StructSize<K> {}

impl<K> StructSize<K> {
    pub(crate) const fn of<T>() -> Self {
        StructSize(size_of::<T>() as u32, PhantomData)
    }

    /// In bytes.
    pub const fn get(&self) -> usize {
        self.0 as usize
    }
}

/// Reads a struct as far as both sides know it; the rest is zeros.
///
/// # Safety
/// `from` is NULL or leads to a struct of the size that its first field says.
pub unsafe fn load_record<T: Data>(from: *const T, ends: &[usize]) -> Result<T, Fault> {
    aligned(from)?;
    let theirs = unsafe { from.cast::<u32>().read() } as usize;
    // A member counts that is there as a whole: `ends` has the smallest size, and where each later version ends.
    let Some(size) = ends.iter().copied().filter(|end| *end <= theirs).max() else {
        return Err(Fault(format!("struct_size is {theirs}, and must be {} or more", ends[0])));
    };
    let mut value: T = zero();
    unsafe {
        std::ptr::copy_nonoverlapping(from.cast::<u8>(), (&raw mut value).cast(), size);
        (&raw mut value).cast::<u32>().write(size as u32);
    }
    Ok(value)
}

/// Checks what a pointer leads to.
pub fn check_pointer<T: Data>(from: *const T, limits: &mut Limits) -> Result<(), Fault> {
    limits.within(size_of::<T>(), |limits| unsafe { T::load(from)? }.check(limits))
}

/// Reads what a pointer leads to that has been checked; what is not set is zeros.
///
/// # Safety
/// `from` is NULL, or has been checked and still leads there.
pub unsafe fn follow<T: Data>(from: *const T) -> T {
    unsafe { T::load(from) }.unwrap_or_else(|_| zero())
}

macro_rules! reference {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[repr(transparent)]
        pub struct $name<'a, T>(*const T, PhantomData<&'a T>);

        impl<T> Clone for $name<'_, T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<'_, T> {}
        unsafe impl<T: Sync> Send for $name<'_, T> {}
        unsafe impl<T: Sync> Sync for $name<'_, T> {}

        impl<T> Default for $name<'_, T> {
            fn default() -> Self {
                $name(std::ptr::null(), PhantomData)
            }
        }

        impl<'a, T> From<&'a T> for $name<'a, T> {
            fn from(value: &'a T) -> Self {
                $name(value, PhantomData)
            }
        }
    };
}
reference!(
    /// A pointer to other data, which may grow.
    Ref
);
reference!(
    /// The same, or NULL for null.
    OptionalRef
);

impl<T: Data> Ref<'_, T> {
    /// The struct, without what it leads to.
    pub fn get(&self) -> T {
        unsafe { follow(self.0) }
    }
}

impl<T: Data> OptionalRef<'_, T> {
    /// The struct, without what it leads to.
    pub fn get(&self) -> Option<T> {
        (!self.0.is_null()).then(|| unsafe { follow(self.0) })
    }
}

impl<'a, T> From<Option<&'a T>> for OptionalRef<'a, T> {
    fn from(value: Option<&'a T>) -> Self {
        value.map_or_else(Default::default, OptionalRef::from)
    }
}

unsafe impl<'a, T: Data> Data for Ref<'a, T> {
    type Kind = Ref<'static, T::Kind>;
    const HAS_POINTERS: bool = true;

    fn check(&self, limits: &mut Limits) -> Result<(), Fault> {
        check_pointer(self.0, limits)
    }
}

unsafe impl<'a, T: Data> Data for OptionalRef<'a, T> {
    type Kind = OptionalRef<'static, T::Kind>;
    const HAS_POINTERS: bool = true;

    fn check(&self, limits: &mut Limits) -> Result<(), Fault> {
        if self.0.is_null() { Ok(()) } else { check_pointer(self.0, limits) }
    }
}
