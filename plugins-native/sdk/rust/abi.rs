//! native_plugins.h, version 1.0, as Rust sees it. The header is the documentation; names and order are its own.
#![allow(dead_code, non_camel_case_types)]

use std::ffi::{c_char, c_void};

pub const NP_ABI_MAJOR: u32 = 1;
pub const NP_ABI_MINOR: u32 = 0;
pub const NP_MAGIC: u32 = 0x474C_504E;
pub const NP_LAYOUT_HASH: u64 = 0x4781_C670_5DE5_54BC;

pub const NP_OK: i32 = 0;
pub const NP_E_FAILED: i32 = -1;
pub const NP_E_FAULT: i32 = -2;
pub const NP_E_INVALID_ARGUMENT: i32 = -3;
pub const NP_E_INVALID_STATE: i32 = -4;
pub const NP_E_NOT_FOUND: i32 = -5;
pub const NP_E_UNSUPPORTED: i32 = -6;
pub const NP_E_OUT_OF_MEMORY: i32 = -7;
pub const NP_E_CANCELLED: i32 = -8;
pub const NP_E_CONFIGURATION: i32 = -9;
pub const NP_E_IO: i32 = -10;
pub const NP_E_PERMISSION: i32 = -11;

pub const NP_RUNTIME_NONE: u32 = 1;
pub const NP_PLUGIN_MAY_UNLOAD: u32 = 1;

pub const NP_SEEK_BEGIN: i32 = 0;
pub const NP_SEEK_CURRENT: i32 = 1;
pub const NP_SEEK_END: i32 = 2;

pub const NP_COMMAND_ID: &[u8] = b"np.command/1";
pub const NP_LOG_ID: &[u8] = b"np.log/1";
pub const NP_CONFIG_ID: &[u8] = b"np.config/1";
pub const NP_PATHS_ID: &[u8] = b"np.paths/1";

#[repr(C)]
pub struct np_sink {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub write: extern "C" fn(*mut c_void, *const c_void, usize) -> i32,
}

#[repr(C)]
pub struct np_error_info {
    pub struct_size: u32,
    pub code: i32,
    pub r#type: *const c_char,
    pub type_length: usize,
    pub message: *const c_char,
    pub message_length: usize,
    pub detail: *const c_char,
    pub detail_length: usize,
}

#[repr(C)]
pub struct np_error_sink {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub report: extern "C" fn(*mut c_void, *const np_error_info) -> i32,
}

#[repr(C)]
pub struct np_cancellation {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub check: extern "C" fn(*mut c_void) -> i32,
    pub subscribe: extern "C" fn(*mut c_void, extern "C" fn(*mut c_void) -> i32, *mut c_void, *mut u64) -> i32,
    pub unsubscribe: extern "C" fn(*mut c_void, u64) -> i32,
}

pub type get_service = extern "C" fn(*mut c_void, *const c_char, usize, *mut *const c_void) -> i32;

#[repr(C)]
pub struct np_completion {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub complete:
        extern "C" fn(*mut c_void, i32, *const c_void, usize, *const np_error_info) -> i32,
}

#[repr(C)]
pub struct np_object {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub table: *const c_void,
    pub release: extern "C" fn(*mut c_void, *const np_error_sink) -> i32,
    pub finish: Option<extern "C" fn(*mut c_void, *const np_completion, *const np_error_sink) -> i32>,
}

#[repr(C)]
pub struct np_host {
    pub struct_size: u32,
    pub abi_minor: u32,
    pub context: *mut c_void,
    pub name: *const c_char,
    pub name_length: usize,
    pub version: *const c_char,
    pub version_length: usize,
    pub get_service: get_service,
}

#[repr(C)]
pub struct np_plugin {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub start: extern "C" fn(*mut c_void, *const np_error_sink) -> i32,
    pub stop: extern "C" fn(*mut c_void, *const np_error_sink) -> i32,
    pub destroy: extern "C" fn(*mut c_void) -> i32,
    pub get_service: get_service,
}

#[repr(C)]
pub struct np_plugin_description {
    pub struct_size: u32,
    pub magic: u32,
    pub abi_major: u32,
    pub abi_minor: u32,
    pub layout_hash: u64,
    pub pointer_size: u32,
    pub flags: u32,
    pub runtime: u32,
    pub reserved: u32,
    pub id: *const c_char,
    pub id_length: usize,
    pub name: *const c_char,
    pub name_length: usize,
    pub version: *const c_char,
    pub version_length: usize,
    pub language: *const c_char,
    pub language_length: usize,
    pub runtime_version: *const c_char,
    pub runtime_version_length: usize,
    pub context: *mut c_void,
    pub create: extern "C" fn(*mut c_void, *const np_host, *mut *const np_plugin, *const np_error_sink) -> i32,
}

// A description is constant: any thread may read it.
unsafe impl Sync for np_plugin_description {}

#[repr(C)]
pub struct np_command_call {
    pub struct_size: u32,
    pub argument_count: u32,
    pub arguments: *const *const c_char,
    pub argument_lengths: *const usize,
    pub output: *const np_sink,
    pub error_output: *const np_sink,
    pub cancellation: *const np_cancellation,
    pub traceparent: *const c_char,
    pub traceparent_length: usize,
}

#[repr(C)]
pub struct np_command {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub run: extern "C" fn(*mut c_void, *const np_command_call, *mut i32, *const np_error_sink) -> i32,
}

#[repr(C)]
pub struct np_log_record {
    pub struct_size: u32,
    pub level: i32,
    pub event_id: i32,
    pub reserved: u32,
    pub category: *const c_char,
    pub category_length: usize,
    pub message: *const c_char,
    pub message_length: usize,
    pub detail: *const c_char,
    pub detail_length: usize,
    pub traceparent: *const c_char,
    pub traceparent_length: usize,
}

#[repr(C)]
pub struct np_log {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub is_enabled: extern "C" fn(*mut c_void, i32, *mut i32) -> i32,
    pub write: extern "C" fn(*mut c_void, *const np_log_record) -> i32,
}

pub type np_config_visit = extern "C" fn(*mut c_void, *const c_char, usize, *const c_char, usize) -> i32;

#[repr(C)]
pub struct np_config {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub get: extern "C" fn(*mut c_void, *const c_char, usize, *const np_sink, *const np_error_sink) -> i32,
    pub for_each: extern "C" fn(*mut c_void, np_config_visit, *mut c_void) -> i32,
}

#[repr(C)]
pub struct np_paths {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub get: extern "C" fn(*mut c_void, i32, *const np_sink, *const np_error_sink) -> i32,
}

#[repr(C)]
pub struct np_state_data {
    pub struct_size: u32,
    pub version: u32,
    pub schema: *const c_char,
    pub schema_length: usize,
    pub data: *const c_void,
    pub data_size: usize,
}

#[repr(C)]
pub struct np_state {
    pub struct_size: u32,
    pub version: u32,
    pub context: *mut c_void,
    pub schema: *const c_char,
    pub schema_length: usize,
    pub save: extern "C" fn(*mut c_void, *const np_sink, *const np_error_sink) -> i32,
    pub load: extern "C" fn(*mut c_void, *const np_state_data, *const np_error_sink) -> i32,
}

#[repr(C)]
pub struct np_memory {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub trim: extern "C" fn(*mut c_void) -> i32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct np_stream {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub read: Option<extern "C" fn(*mut c_void, *mut c_void, usize, *mut usize, *const np_cancellation, *const np_error_sink) -> i32>,
    pub write: Option<extern "C" fn(*mut c_void, *const c_void, usize, *const np_cancellation, *const np_error_sink) -> i32>,
    pub flush: Option<extern "C" fn(*mut c_void, *const np_cancellation, *const np_error_sink) -> i32>,
    pub seek: Option<extern "C" fn(*mut c_void, i64, i32, *mut i64, *const np_error_sink) -> i32>,
    pub get_length: Option<extern "C" fn(*mut c_void, *mut i64, *const np_error_sink) -> i32>,
    pub set_length: Option<extern "C" fn(*mut c_void, i64, *const np_error_sink) -> i32>,
    pub read_async: Option<extern "C" fn(*mut c_void, *mut c_void, usize, *const np_cancellation, *const np_completion, *const np_error_sink) -> i32>,
    pub write_async: Option<extern "C" fn(*mut c_void, *const c_void, usize, *const np_cancellation, *const np_completion, *const np_error_sink) -> i32>,
    pub flush_async: Option<extern "C" fn(*mut c_void, *const np_cancellation, *const np_completion, *const np_error_sink) -> i32>,
}

/// Fails the build where a struct has not the size that the header states for this system.
macro_rules! assert_size {
    ($($name:ident $size64:literal $size32:literal)*) => {
        $(const _: () = assert!(size_of::<$name>() == if size_of::<usize>() == 8 { $size64 } else { $size32 });)*
    };
}

assert_size! {
    np_sink 24 16
    np_error_info 56 32
    np_error_sink 24 16
    np_cancellation 40 24
    np_completion 24 16
    np_object 40 24
    np_host 56 32
    np_plugin 48 28
    np_plugin_description 136 88
    np_command_call 64 36
    np_command 24 16
    np_log_record 80 48
    np_log 32 20
    np_config 32 20
    np_paths 24 16
    np_state_data 40 24
    np_state 48 28
    np_memory 24 16
    np_stream 88 48
}
