//! An application that loads a plugin from a shared library: app LIBRARY [ARGUMENT...]
use app_core::{CreatePlugin, Plugin};
use std::ffi::{c_char, c_int, c_void, CStr, CString};
use std::process::ExitCode;

const RTLD_NOW: c_int = 2;

extern "C" {
    fn dlopen(path: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
    fn dlerror() -> *const c_char;
    fn dlclose(library: *mut c_void) -> c_int;
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: app LIBRARY [ARGUMENT...]");
        return ExitCode::from(64);
    };
    match run(&path, &arguments.collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(65)
        }
    }
}

fn run(path: &str, arguments: &[String]) -> Result<(), String> {
    // A name without a separator is a file here, not a library of the system's.
    let path = if path.contains('/') { path.to_string() } else { format!("./{path}") };
    let path = CString::new(path).map_err(|error| error.to_string())?;
    unsafe {
        let library = dlopen(path.as_ptr(), RTLD_NOW);
        if library.is_null() {
            return Err(last_error());
        }
        let create = dlsym(library, c"create_plugin".as_ptr());
        if create.is_null() {
            return Err(last_error());
        }
        let plugin: Box<dyn Plugin> = std::mem::transmute::<*mut c_void, CreatePlugin>(create)();
        plugin.run(arguments);
        drop(plugin);
        dlclose(library);
    }
    Ok(())
}

unsafe fn last_error() -> String {
    CStr::from_ptr(dlerror()).to_string_lossy().into_owned()
}
