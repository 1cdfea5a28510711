//! Lists and texts.

use super::data::*;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

/// Elements one after the other. It is used as a slice: `list.iter()`, `list[0]`, `list.len()`.
#[repr(C)]
pub struct List<'a, T> {
    items: *const T,
    count: usize,
    borrowed: PhantomData<&'a [T]>,
}

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}
unsafe impl<T: Sync> Send for List<'_, T> {}
unsafe impl<T: Sync> Sync for List<'_, T> {}

impl<'a, T> List<'a, T> {
    pub const fn new(items: &'a [T]) -> Self {
        List { items: items.as_ptr(), count: items.len(), borrowed: PhantomData }
    }

    pub const fn as_slice(&self) -> &'a [T] {
        if self.count == 0 {
            return &[];
        }
        unsafe { std::slice::from_raw_parts(self.items, self.count) }
    }

    pub(crate) fn is_null(&self) -> bool {
        self.items.is_null()
    }

    fn check_pointer(&self) -> Result<(), Fault> {
        if self.count > 0 {
            aligned(self.items).map_err(|fault| Fault(format!("{} with a length of {}", fault.0, self.count)))?;
            if self.count > isize::MAX as usize / size_of::<T>().max(1) {
                return Err(Fault(format!("{} elements, which are more than there can be", self.count)));
            }
        }
        Ok(())
    }
}

impl<T> Default for List<'_, T> {
    fn default() -> Self {
        List::new(&[])
    }
}

impl<T> Deref for List<'_, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<'a, T> IntoIterator for List<'a, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.as_slice().iter()
    }
}

impl<'a, T, S: AsRef<[T]> + ?Sized> From<&'a S> for List<'a, T> {
    fn from(items: &'a S) -> Self {
        List::new(items.as_ref())
    }
}

unsafe impl<'a, T: Data> Data for List<'a, T> {
    type Kind = List<'static, T::Kind>;
    const HAS_POINTERS: bool = true;

    fn check(&self, limits: &mut Limits) -> Result<(), Fault> {
        self.check_pointer()?;
        limits.within(self.count * size_of::<T>(), |limits| {
            if T::HAS_POINTERS {
                for (i, item) in self.as_slice().iter().enumerate() {
                    item.check(limits).map_err(|fault| fault.of(&format!("[{i}]")))?;
                }
            }
            Ok(())
        })
    }
}

/// UTF-8. It has a length in bytes, and no 0 at its end.
#[repr(transparent)]
#[derive(Clone, Copy, Default)]
pub struct Text<'a>(List<'a, u8>);

impl<'a> Text<'a> {
    pub(crate) fn is_null(&self) -> bool {
        self.0.is_null()
    }

    pub const fn new(text: &'a str) -> Self {
        Text(List::new(text.as_bytes()))
    }

    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0.as_slice()
    }

    /// What is not UTF-8 in it becomes U+FFFD.
    pub fn to_str(&self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.as_bytes())
    }
}

impl<'a, S: AsRef<str> + ?Sized> From<&'a S> for Text<'a> {
    fn from(text: &'a S) -> Self {
        Text::new(text.as_ref())
    }
}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.to_str())
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:?}", self.to_str())
    }
}

unsafe impl<'a> Data for Text<'a> {
    type Kind = Text<'static>;
    const HAS_POINTERS: bool = true;

    fn check(&self, limits: &mut Limits) -> Result<(), Fault> {
        self.0.check(limits)
    }
}
