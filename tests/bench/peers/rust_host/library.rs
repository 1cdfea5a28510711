//! A plugin and the library that its code is in.
use app_core::{CreatePlugin, Plugin};
use std::ffi::{c_char, c_int, c_void, CStr, CString};

const RTLD_NOW: c_int = 2;

extern "C" {
    fn dlopen(path: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
    fn dlerror() -> *const c_char;
    fn dlclose(library: *mut c_void) -> c_int;
}

/// Opens a library, hands its plugin to `work`, and closes it.
pub fn with_plugin<T>(path: &str, work: impl FnOnce(&dyn Plugin) -> T) -> Result<T, String> {
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
        let result = work(&*plugin);
        drop(plugin);
        dlclose(library);
        Ok(result)
    }
}

unsafe fn last_error() -> String {
    CStr::from_ptr(dlerror()).to_string_lossy().into_owned()
}
