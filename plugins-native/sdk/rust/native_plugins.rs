//! A plugin in safe Rust. One that is a command is a function, named in [`command!`]; any other implements [`Plugin`], and is named
//! in [`plugin!`]. `abi` has the tables that cross.
//!
//! A panic ends at the boundary and is reported as NP_E_FAULT with its place, so build with `-C panic=unwind`.
#![allow(dead_code)] // A plugin uses what it needs.

#[path = "abi.rs"]
pub mod abi;

use abi::*;
use std::any::Any;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ffi::{c_char, c_void};
use std::panic::{catch_unwind, AssertUnwindSafe, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering::AcqRel, Ordering::Acquire};
use std::sync::Once;

/// One instance. It is shared by all threads that call it.
pub trait Plugin: Sized + Send + Sync + 'static {
    /// Whether the plugin has a command, [`Plugin::run`].
    const HAS_COMMAND: bool = true;

    /// The other services of the plugin, contracts say, that are the same in all instances.
    const SERVICES: &'static [Service] = &[];

    /// Makes an instance. Cheap: threads, files and connections are for [`Plugin::start`].
    fn create(host: &np_host) -> Result<Self, Error>;

    /// Begins work.
    fn start(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Ends work: no thread of the instance runs when this returns.
    fn stop(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Runs the command (np.command/1); returns the exit status, 0 to 63.
    fn run(&self, _call: &Call) -> Result<i32, Error> {
        Err(Error::new(NP_E_UNSUPPORTED, "the plugin has no command"))
    }

    /// The table of another service, which lives as long as the instance; NULL if there is none of that id. Unless it is
    /// written, the one in [`Plugin::SERVICES`].
    fn service(&self, id: &[u8]) -> *const c_void {
        Self::SERVICES.iter().find(|service| service.id == id).map_or(std::ptr::null(), |service| service.table)
    }
}

/// A service by its id, and its table, which any thread may read.
pub struct Service {
    id: &'static [u8],
    table: *const c_void,
}

impl Service {
    pub const fn new<T: Sync>(id: &'static [u8], table: &'static T) -> Self {
        Service { id, table: (&raw const *table).cast() }
    }
}

/// Why a call failed: one of `abi::NP_E_*`, and one or more sentences for a person.
pub struct Error {
    pub code: i32,
    pub message: String,
}

impl Error {
    pub fn new(code: i32, message: &str) -> Self {
        Error { code, message: message.into() }
    }
}

/// The command that is being run.
pub struct Call<'a>(&'a np_command_call);

impl Call<'_> {
    /// The argument at `index`, if there is one. What is not UTF-8 in it becomes U+FFFD.
    pub fn argument(&self, index: u32) -> Option<Cow<'_, str>> {
        if index >= self.0.argument_count {
            return None;
        }
        // The caller promises two arrays of this length, and NULL only for an argument of length 0.
        let bytes = unsafe {
            match *self.0.argument_lengths.add(index as usize) {
                0 => &[],
                length => std::slice::from_raw_parts((*self.0.arguments.add(index as usize)).cast(), length),
            }
        };
        Some(String::from_utf8_lossy(bytes))
    }

    /// Writes to the command's standard output.
    pub fn print(&self, text: &str) -> Result<(), Error> {
        let sink = unsafe { &*self.0.output };
        match (sink.write)(sink.context, text.as_ptr().cast(), text.len()) {
            NP_OK => Ok(()),
            code => Err(Error { code, message: "the output takes no more".into() }),
        }
    }
}

/// Exports the plugin `$type` from this library.
macro_rules! plugin {
    ($type:ty, id: $id:literal, name: $name:literal, version: $version:literal, flags: $flags:expr) => {
        static DESCRIPTION: $crate::native_plugins::abi::np_plugin_description =
            $crate::native_plugins::describe::<$type>($id, $name, $version, $flags);

        #[no_mangle]
        pub extern "C" fn np_plugin_entry_v1(
            description: &mut *const $crate::native_plugins::abi::np_plugin_description,
        ) -> i32 {
            *description = &DESCRIPTION;
            $crate::native_plugins::abi::NP_OK
        }
    };
}
pub(crate) use plugin;

/// Exports a plugin that is one command and no more: the function `$run`, which takes a [`Call`] and returns what
/// [`Plugin::run`] does.
#[allow(unused_macros)] // A plugin has this or `plugin!`.
macro_rules! command {
    ($run:path, $($description:tt)*) => {
        struct OneCommand;

        impl $crate::native_plugins::Plugin for OneCommand {
            fn create(_: &$crate::native_plugins::abi::np_host) -> Result<Self, $crate::native_plugins::Error> {
                Ok(OneCommand)
            }

            fn run(&self, call: &$crate::native_plugins::Call) -> Result<i32, $crate::native_plugins::Error> {
                $run(call)
            }
        }

        $crate::native_plugins::plugin!(OneCommand, $($description)*);
    };
}
#[allow(unused_imports)]
pub(crate) use command;

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
            plugin: P::create(unsafe { &*host })?,
        }));
        unsafe {
            (*instance).table.context = instance.cast();
            (*instance).command.context = instance.cast();
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
        let table = if is_command { (&raw const instance.command).cast() } else { instance.plugin.service(id) };
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
            let place = PANICKED_AT.try_with(RefCell::take).unwrap_or_default();
            report(NP_E_FAULT, "panic", panic_message(&*payload), &place);
            // A payload may itself panic when it is dropped; what that one panics with is not dropped.
            let _ = catch_unwind(AssertUnwindSafe(|| drop(payload))).map_err(std::mem::forget);
            NP_E_FAULT
        }
    }
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

fn error_info(code: i32, kind: &str, message: &str, detail: &str) -> np_error_info {
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
