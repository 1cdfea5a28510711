//! What the application and its plugins share.

/// A plugin. Host and plugin are built by one compiler: nothing checks that they are.
pub trait Plugin {
    fn name(&self) -> &str;
    fn run(&self, arguments: &[String]);
    fn add(&self, a: i32, b: i32) -> i32;
}

/// The type of the function `create_plugin` that a plugin exports.
#[allow(improper_ctypes_definitions)]
pub type CreatePlugin = extern "C" fn() -> Box<dyn Plugin>;
