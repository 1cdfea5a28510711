//! Calls a plugin through its trait object: calls LIBRARY REPETITIONS CALLS. Prints the nanoseconds of a call for each repetition.
mod library;

use app_core::Plugin;
use std::process::ExitCode;
use std::time::Instant;

const WARM_UP: u32 = 3;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, repetitions, calls] = arguments.as_slice() else {
        eprintln!("usage: calls LIBRARY REPETITIONS CALLS");
        return ExitCode::from(64);
    };
    let (Ok(repetitions), Ok(calls)) = (repetitions.parse::<u32>(), calls.parse::<i32>()) else {
        eprintln!("REPETITIONS and CALLS are numbers");
        return ExitCode::from(64);
    };
    let measured = library::with_plugin(path, |plugin| {
        for repetition in 0..repetitions + WARM_UP {
            let nanoseconds = time(plugin, (calls / 100).max(1000));
            if repetition >= WARM_UP {
                eprintln!("rust.add {nanoseconds:.4}");
            }
        }
    });
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(65)
        }
    }
}

#[inline(never)]
fn time(plugin: &dyn Plugin, count: i32) -> f64 {
    let start = Instant::now();
    let mut sum = 0;
    for _ in 0..count {
        sum = plugin.add(sum, 1);
    }
    let elapsed = start.elapsed();
    assert_eq!(sum, count, "the plugin gives a wrong result");
    elapsed.as_nanos() as f64 / f64::from(count)
}
