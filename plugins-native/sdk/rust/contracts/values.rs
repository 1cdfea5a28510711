//! Numbers, and structs of them.

use super::data::*;
use std::fmt;

macro_rules! plain {
    ($($type:ty)*) => { $(unsafe impl $crate::native_plugins::contracts::Data for $type { type Kind = $type; })* };
}
pub(crate) use plain;
plain!(i8 u8 i16 u16 i32 u32 i64 u64 isize usize f32 f64 Bool Uuid Decimal Instant Int128 UInt128);

/// A byte that is 0 or not.
#[repr(transparent)]
#[derive(Clone, Copy, Default)]
pub struct Bool(u8);

impl Bool {
    pub const fn get(self) -> bool {
        self.0 != 0
    }
}

impl From<bool> for Bool {
    fn from(value: bool) -> Self {
        Bool(value as u8)
    }
}

impl PartialEq for Bool {
    fn eq(&self, other: &Bool) -> bool {
        self.get() == other.get()
    }
}

impl fmt::Debug for Bool {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.get().fmt(f)
    }
}

/// 16 bytes in the order of RFC 9562.
#[repr(transparent)]
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Debug)]
pub struct Uuid(pub [u8; 16]);

/// (high * 2^64 + mid * 2^32 + low) / 10^scale.
#[repr(C)]
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub struct Decimal {
    pub low: u32,
    pub mid: u32,
    pub high: u32,
    /// 0 to 28.
    pub scale: u8,
    /// 0 or 1.
    pub is_negative: u8,
    pub reserved: u16,
}

/// An instant, and what a clock on the wall said there.
#[repr(C)]
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub struct Instant {
    /// In 100 ns since 1970-01-01 00:00 UTC.
    pub ticks: i64,
    /// Of local time from UTC: -840 to 840.
    pub offset_minutes: i16,
    pub reserved: [u8; 6],
}

/// An `i128` at a multiple of 8.
#[repr(C)]
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Int128 {
    pub low: u64,
    pub high: i64,
}

impl From<i128> for Int128 {
    fn from(value: i128) -> Self {
        Int128 { low: value as u64, high: (value >> 64) as i64 }
    }
}

impl From<Int128> for i128 {
    fn from(value: Int128) -> Self {
        ((value.high as i128) << 64) | value.low as i128
    }
}

/// A `u128` at a multiple of 8.
#[repr(C)]
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct UInt128 {
    pub low: u64,
    pub high: u64,
}

impl From<u128> for UInt128 {
    fn from(value: u128) -> Self {
        UInt128 { low: value as u64, high: (value >> 64) as u64 }
    }
}

impl From<UInt128> for u128 {
    fn from(value: UInt128) -> Self {
        ((value.high as u128) << 64) | value.low as u128
    }
}

macro_rules! composite {
    ($(#[$doc:meta])* $name:ident $($field:ident: $type:ident),*) => {
        $(#[$doc])*
        #[repr(C)]
        #[derive(Clone, Copy, Default, PartialEq, Debug)]
        pub struct $name<$($type),*> {
            $(pub $field: $type),*
        }

        unsafe impl<$($type: Data),*> Data for $name<$($type),*> {
            type Kind = $name<$($type::Kind),*>;
            const HAS_POINTERS: bool = $($type::HAS_POINTERS)||*;

            fn check(&self, limits: &mut Limits) -> Result<(), Fault> {
                $(self.$field.check(limits).map_err(|fault| fault.of(stringify!($field)))?;)*
                Ok(())
            }
        }
    };
}
composite!(/** An entry of a dictionary. */ Pair key: K, value: V);
composite!(/** A tuple. */ Tuple2 item1: A, item2: B);
composite!(/** A tuple. */ Tuple3 item1: A, item2: B, item3: C);
composite!(/** A tuple. */ Tuple4 item1: A, item2: B, item3: C, item4: D);
