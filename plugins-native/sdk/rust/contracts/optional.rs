//! What may be null.

use super::data::*;
use super::lists::*;
use super::values::*;

/// A text or a list that may be null: a NULL pointer is null, and what is empty is not NULL.
#[repr(transparent)]
#[derive(Clone, Copy, Default)]
pub struct Optional<T>(T);

pub type OptionalText<'a> = Optional<Text<'a>>;
pub type OptionalList<'a, T> = Optional<List<'a, T>>;

impl<'a> Optional<Text<'a>> {
    pub fn get(&self) -> Option<Text<'a>> {
        (!self.0.is_null()).then_some(self.0)
    }
}

impl<'a, T> Optional<List<'a, T>> {
    pub fn get(&self) -> Option<List<'a, T>> {
        (!self.0.is_null()).then_some(self.0)
    }
}

impl<'a, S: AsRef<str> + ?Sized> From<&'a S> for Optional<Text<'a>> {
    fn from(text: &'a S) -> Self {
        Optional(Text::from(text))
    }
}

impl<'a, T> From<List<'a, T>> for Optional<List<'a, T>> {
    fn from(list: List<'a, T>) -> Self {
        // An empty list from outside may be NULL where it cannot be null.
        Optional(if list.is_null() { List::new(&[]) } else { list })
    }
}

impl<'a, S: AsRef<str> + ?Sized> From<Option<&'a S>> for Optional<Text<'a>> {
    fn from(text: Option<&'a S>) -> Self {
        text.map_or_else(zero, Optional::from)
    }
}

impl<'a, T: Data> From<Option<List<'a, T>>> for Optional<List<'a, T>> {
    fn from(list: Option<List<'a, T>>) -> Self {
        list.map_or_else(zero, Optional::from)
    }
}

unsafe impl<T: Data> Data for Optional<T> {
    type Kind = Optional<T::Kind>;
    const HAS_POINTERS: bool = true;

    fn check(&self, limits: &mut Limits) -> Result<(), Fault> {
        self.0.check(limits)
    }
}

/// Any other value that may be null.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Nullable<T> {
    has_value: Bool,
    value: T,
}

impl<T: Data> Nullable<T> {
    pub fn get(&self) -> Option<T> {
        self.has_value.get().then_some(self.value)
    }
}

impl<T: Data> Default for Nullable<T> {
    fn default() -> Self {
        zero()
    }
}

impl<T: Data> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(zero, |value| Nullable { has_value: true.into(), value })
    }
}

unsafe impl<T: Data> Data for Nullable<T> {
    type Kind = Nullable<T::Kind>;
    const HAS_POINTERS: bool = T::HAS_POINTERS;

    fn check(&self, limits: &mut Limits) -> Result<(), Fault> {
        self.get().map_or(Ok(()), |value| value.check(limits))
    }
}
