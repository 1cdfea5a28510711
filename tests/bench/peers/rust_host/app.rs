//! An application that loads a plugin from a shared library: app LIBRARY [ARGUMENT...]
mod library;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: app LIBRARY [ARGUMENT...]");
        return ExitCode::from(64);
    };
    let arguments = arguments.collect::<Vec<_>>();
    match library::with_plugin(&path, |plugin| plugin.run(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(65)
        }
    }
}
