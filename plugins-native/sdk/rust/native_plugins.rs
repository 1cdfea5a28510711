//! A plugin in safe Rust. One that is a command is a function, named in [`command!`]; any other implements [`Plugin`], and is named
//! in [`plugin!`]. `abi` has the tables that cross, `boundary` the functions in them.
//!
//! A panic ends at the boundary and is reported as NP_E_FAULT with its place, so build with `-C panic=unwind`.
#![allow(dead_code)] // A plugin uses what it needs.

#[path = "abi.rs"]
pub mod abi;
#[path = "boundary.rs"]
mod boundary;
#[path = "contracts/mod.rs"]
pub mod contracts;

use abi::*;
use std::borrow::Cow;
use std::ffi::c_void;
use std::fmt;

#[allow(unused_imports)] // A plugin that is a command needs only the first.
pub use boundary::{describe, finish, guarded};

/// One instance. It is shared by all threads that call it.
pub trait Plugin: Sized + Send + Sync + 'static {
    /// Whether the plugin has a command, [`Plugin::run`].
    const HAS_COMMAND: bool = true;

    /// The contracts that the plugin implements: `&[Contract::of::<FilterTable>()]`, with the types of the contracts' Rust file.
    const CONTRACTS: &'static [contracts::Contract<Self>] = &[];

    /// The other services of the plugin, written by hand, that are the same in all instances.
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
#[derive(Debug)]
pub struct Error {
    pub code: i32,
    pub message: String,
}

impl Error {
    pub fn new(code: i32, message: &str) -> Self {
        Error { code, message: message.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

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
#[allow(unused_macros)]
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
#[allow(unused_imports)]
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
