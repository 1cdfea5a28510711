//! A plugin in Rust: greets the world, or whoever its first argument names. `native_plugins.rs` and its parts, `boundary.rs`, `abi.rs`
//! and the folder `contracts`, stand beside it.

mod native_plugins;

use native_plugins::{abi, command, Call, Error};

fn run(call: &Call) -> Result<i32, Error> {
    let name = call.argument(0).unwrap_or("world".into());
    call.print(&format!("Hello, {name}!\n"))?;
    Ok(0)
}

command!(run, id: "greeter", name: "Greeter", version: "1.0.0", flags: abi::NP_PLUGIN_MAY_UNLOAD);
