//! The functions that a host calls: they lead to a [`Plugin`], keep its states, and let no panic through.

use super::abi::*;
use super::contracts::Tables;
use super::{Call, Error, Plugin};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::ffi::{c_char, c_void};
use std::panic::{catch_unwind, AssertUnwindSafe, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering::AcqRel, Ordering::Acquire};
use std::sync::Once;

/// What the entry hands over: the plugin's description, with the functions for `P`.
pub const fn describe<P: Plugin>(id: &str, name: &str, version: &str, flags: u32) -> np_plugin_description {
    np_plugin_description {
        struct_size: size_of::<np_plugin_description>() as u32,
        magic: NP_MAGIC,
        abi_major: NP_ABI_MAJOR,
        abi_minor: NP_ABI_MINOR,
        layout_hash: NP_LAYOUT_HASH,
        pointer_size: size_of::<usize>() as u32,
        flags,
        runtime: NP_RUNTIME_NONE,
        reserved: 0,
        id: id.as_ptr().cast(),
        id_length: id.len(),
        name: name.as_ptr().cast(),
        name_length: name.len(),
        version: version.as_ptr().cast(),
        version_length: version.len(),
        language: "Rust".as_ptr().cast(),
        language_length: "Rust".len(),
        runtime_version: std::ptr::null(),
        runtime_version_length: 0,
        context: std::ptr::null_mut(),
        create: create::<P>,
    }
}

/// What `context` points to in the tables of one instance.
struct Instance<P> {
    table: np_plugin,
    command: np_command,
    started: AtomicBool,
    contracts: Tables,
    plugin: P,
}

extern "C" fn create<P: Plugin>(
    _: *mut c_void,
    host: *const np_host,
    result: *mut *const np_plugin,
    error: *const np_error_sink,
) -> i32 {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| std::panic::set_hook(Box::new(note_panic)));
    guarded(error, || {
        let instance = Box::into_raw(Box::new(Instance {
            table: np_plugin {
                struct_size: size_of::<np_plugin>() as u32,
                reserved: 0,
                context: std::ptr::null_mut(),
                start: start::<P>,
                stop: stop::<P>,
                destroy: destroy::<P>,
                get_service: get_service::<P>,
            },
            command: np_command {
                struct_size: size_of::<np_command>() as u32,
                reserved: 0,
                context: std::ptr::null_mut(),
                run: run::<P>,
            },
            started: AtomicBool::new(false),
            contracts: Tables::none(),
            plugin: P::create(unsafe { &*host })?,
        }));
        unsafe {
            (*instance).table.context = instance.cast();
            (*instance).command.context = instance.cast();
            (*instance).contracts = Tables::of(P::CONTRACTS, &raw const (*instance).plugin);
            *result = &raw const (*instance).table;
        }
        Ok(())
    })
}

extern "C" fn start<P: Plugin>(context: *mut c_void, error: *const np_error_sink) -> i32 {
    let instance = instance::<P>(context);
    guarded(error, || {
        if instance.started.load(Acquire) {
            return Err(invalid_state("start: the plugin is started"));
        }
        instance.plugin.start()?;
        instance.started.swap(true, AcqRel);
        Ok(())
    })
}

extern "C" fn stop<P: Plugin>(context: *mut c_void, error: *const np_error_sink) -> i32 {
    let instance = instance::<P>(context);
    guarded(error, || {
        if !instance.started.swap(false, AcqRel) {
            return Err(invalid_state("stop: the plugin is not started"));
        }
        instance.plugin.stop()
    })
}

extern "C" fn destroy<P: Plugin>(context: *mut c_void) -> i32 {
    if instance::<P>(context).started.load(Acquire) {
        return NP_E_INVALID_STATE;
    }
    guarded(std::ptr::null(), || {
        drop(unsafe { Box::from_raw(context.cast::<Instance<P>>()) });
        Ok(())
    })
}

extern "C" fn get_service<P: Plugin>(
    context: *mut c_void,
    id: *const c_char,
    id_length: usize,
    service: *mut *const c_void,
) -> i32 {
    let instance = instance::<P>(context);
    unsafe { *service = std::ptr::null() };
    let status = guarded(std::ptr::null(), || {
        let id = if id_length == 0 { &[] } else { unsafe { std::slice::from_raw_parts(id.cast::<u8>(), id_length) } };
        let is_command = P::HAS_COMMAND && id == NP_COMMAND_ID;
        let table = if is_command { Some((&raw const instance.command).cast()) } else { instance.contracts.find(id) };
        let table = table.unwrap_or_else(|| instance.plugin.service(id));
        unsafe { *service = table };
        Ok(())
    });
    if status == NP_OK && unsafe { (*service).is_null() } { NP_E_NOT_FOUND } else { status }
}

extern "C" fn run<P: Plugin>(
    context: *mut c_void,
    call: *const np_command_call,
    exit_status: *mut i32,
    error: *const np_error_sink,
) -> i32 {
    let instance = instance::<P>(context);
    guarded(error, || {
        if !instance.started.load(Acquire) {
            return Err(invalid_state("run: the plugin is not started"));
        }
        let status = instance.plugin.run(&Call(unsafe { &*call }))?;
        unsafe { *exit_status = status };
        Ok(())
    })
}

fn instance<'a, P: Plugin>(context: *mut c_void) -> &'a Instance<P> {
    unsafe { &*context.cast() }
}

fn invalid_state(message: &str) -> Error {
    Error::new(NP_E_INVALID_STATE, message)
}

thread_local! {
    static IN_CALL: Cell<bool> = const { Cell::new(false) };
    static PANICKED_AT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs `body`, reports what it returns or panics with, and lets no panic through.
pub fn guarded(error: *const np_error_sink, body: impl FnOnce() -> Result<(), Error>) -> i32 {
    caught(body, |code, kind, message, detail| {
        if let Some(sink) = unsafe { error.as_ref() } {
            (sink.report)(sink.context, &error_info(code, kind, message, detail));
        }
    })
}

/// Runs `body` and completes an asynchronous call with what it returns or panics with, on whatever thread this is. Nothing
/// that came with the call may be used after it.
pub fn finish(completion: *const np_completion, body: impl FnOnce() -> Result<(), Error>) {
    let completion = unsafe { &*completion };
    let complete = |status, error| (completion.complete)(completion.context, status, std::ptr::null(), 0, error);
    let status = caught(body, |code, kind, message, detail| {
        complete(code, &error_info(code, kind, message, detail));
    });
    if status == NP_OK {
        complete(NP_OK, std::ptr::null());
    }
}

/// Runs `body`, tells `report` once what went wrong, and returns the status.
fn caught(body: impl FnOnce() -> Result<(), Error>, report: impl FnOnce(i32, &str, &str, &str)) -> i32 {
    let outer = IN_CALL.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(body));
    IN_CALL.set(outer);
    match outcome {
        Ok(Ok(())) => NP_OK,
        Ok(Err(failure)) => {
            report(failure.code, "", &failure.message, "");
            failure.code
        }
        Err(payload) => {
            report(NP_E_FAULT, "panic", panic_message(&*payload), &panic_place());
            // A payload may itself panic when it is dropped; what that one panics with is not dropped.
            let _ = catch_unwind(AssertUnwindSafe(|| drop(payload))).map_err(std::mem::forget);
            NP_E_FAULT
        }
    }
}

/// Where the last panic of this thread within a call was; empty if there is none.
pub fn panic_place() -> String {
    PANICKED_AT.try_with(RefCell::take).unwrap_or_default()
}

/// The panic hook. The standard one prints a backtrace, whose cached debug information an unload would leave behind.
fn note_panic(panic: &PanicHookInfo) {
    if IN_CALL.get() {
        let place = panic.location().map(|location| format!("at {location}")).unwrap_or_default();
        let _ = PANICKED_AT.try_with(|panicked_at| panicked_at.replace(place));
    } else {
        eprintln!("{panic}");
    }
}

fn panic_message(payload: &(dyn Any + Send)) -> &str {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (_, Some(text)) => text,
        _ => "something that is not a text",
    }
}

pub fn error_info(code: i32, kind: &str, message: &str, detail: &str) -> np_error_info {
    np_error_info {
        struct_size: size_of::<np_error_info>() as u32,
        code,
        r#type: kind.as_ptr().cast(),
        type_length: kind.len(),
        message: message.as_ptr().cast(),
        message_length: message.len(),
        detail: detail.as_ptr().cast(),
        detail_length: detail.len(),
    }
}
