//! A plugin that greets the world, or whoever its first argument names.
use app_core::Plugin;

struct HelloWorld;

impl Plugin for HelloWorld {
    fn name(&self) -> &str {
        "hello_world"
    }

    fn run(&self, arguments: &[String]) {
        println!("Hello, {}!", arguments.first().map_or("world", String::as_str));
    }

    fn add(&self, a: i32, b: i32) -> i32 {
        a.wrapping_add(b)
    }
}

#[no_mangle]
#[allow(improper_ctypes_definitions)]
pub extern "C" fn create_plugin() -> Box<dyn Plugin> {
    Box::new(HelloWorld)
}
