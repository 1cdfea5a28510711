//! imaging_filter_1.h and imaging_progress_1.h as Rust sees them. The headers are the documentation; names and order are
//! theirs, and so are the signatures: a host that knows others refuses the plugin and names the member that differs.
#![allow(non_camel_case_types)]

use crate::native_plugins::abi::{np_cancellation, np_completion, np_error_sink, np_sink};
use std::ffi::{c_char, c_void};

#[repr(C)]
#[derive(Clone, Copy)]
pub struct imaging_pixel {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
    pub alpha: u8,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct imaging_picture_size {
    pub width: i32,
    pub height: i32,
}

#[repr(C)]
pub struct imaging_progress_1 {
    pub struct_size: u32,
    pub minor: u32,
    pub context: *mut c_void,
    pub fingerprints: *const u64,
    pub signature: *const c_char,
    pub signature_length: usize,
    pub report: extern "C" fn(*mut c_void, i32, i32, *const np_error_sink) -> i32,
}

pub const IMAGING_FILTER_1_ID: &[u8] = b"imaging.filter/1";

#[repr(C)]
pub struct imaging_filter_1 {
    pub struct_size: u32,
    pub minor: u32,
    pub context: *mut c_void,
    pub fingerprints: *const u64,
    pub signature: *const c_char,
    pub signature_length: usize,
    pub describe: extern "C" fn(*mut c_void, *const np_sink, *const np_error_sink) -> i32,
    pub apply: extern "C" fn(
        *mut c_void,
        *const imaging_pixel,
        usize,
        *mut imaging_pixel,
        usize,
        *const imaging_picture_size,
        i32,
        *const imaging_progress_1,
        *const np_cancellation,
        *const np_completion,
        *const np_error_sink,
    ) -> i32,
}

// A table is constant: any thread may read it.
unsafe impl Sync for imaging_filter_1 {}

const SIGNATURE: &str = "contract imaging.filter/1 free\n\
    0 Describe() -> string @40/24\n\
    0 Apply(source: readonly memory<Imaging.Pixel{Red:u8@0,Green:u8@1,Blue:u8@2,Alpha:u8@3}4>, \
    target: memory<Imaging.Pixel{Red:u8@0,Green:u8@1,Blue:u8@2,Alpha:u8@3}4>, \
    size: Imaging.PictureSize{Width:i32@0,Height:i32@4}8, amount: i32, \
    progress: contract imaging.progress/1, cancellationToken: cancellation) -> task<void> @48/28\n";

static FINGERPRINTS: [u64; 1] = [fnv_1a(SIGNATURE.as_bytes())];

impl imaging_filter_1 {
    /// The fields of the table before its functions come from here, as from IMAGING_FILTER_1_PREFIX.
    pub const fn of(
        describe: extern "C" fn(*mut c_void, *const np_sink, *const np_error_sink) -> i32,
        apply: extern "C" fn(
            *mut c_void,
            *const imaging_pixel,
            usize,
            *mut imaging_pixel,
            usize,
            *const imaging_picture_size,
            i32,
            *const imaging_progress_1,
            *const np_cancellation,
            *const np_completion,
            *const np_error_sink,
        ) -> i32,
    ) -> Self {
        Self {
            struct_size: size_of::<Self>() as u32,
            minor: 0,
            context: std::ptr::null_mut(),
            fingerprints: FINGERPRINTS.as_ptr(),
            signature: SIGNATURE.as_ptr().cast(),
            signature_length: SIGNATURE.len(),
            describe,
            apply,
        }
    }
}

/// The fingerprint of a signature, 64 bits.
const fn fnv_1a(bytes: &[u8]) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0000_0100_0000_01B3);
        i += 1;
    }
    hash
}
