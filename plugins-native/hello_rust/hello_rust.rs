//! A plugin in Rust: greets the world, or whoever its first argument names.

#[path = "../sdk/rust/native_plugins.rs"]
mod native_plugins;

use native_plugins::{abi, plugin, Call, Error, Plugin};

struct Hello;

impl Plugin for Hello {
    fn create(_host: &abi::np_host) -> Result<Self, Error> {
        Ok(Hello)
    }

    fn run(&self, call: &Call) -> Result<i32, Error> {
        let name = call.argument(0).unwrap_or("world".into());
        call.print(&format!("Hello, {name}!\n"))?;
        Ok(0)
    }
}

plugin!(Hello, id: "hello_rust", name: "Hello from Rust", version: "1.0.0", flags: abi::NP_PLUGIN_MAY_UNLOAD);
