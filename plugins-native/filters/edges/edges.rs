//! A filter in Rust: draws the edges of a picture as dark lines. It works on a thread of its own and completes the call from
//! there. docs/imagetool.md has the arithmetic.

mod imaging;
#[path = "../../sdk/rust/native_plugins.rs"]
mod native_plugins;

use imaging::*;
use native_plugins::{abi::*, finish, guarded, plugin, Error, Plugin, Service};
use std::ffi::c_void;
use std::sync::Mutex;
use std::thread::JoinHandle;

static FILTER: imaging_filter_1 = imaging_filter_1::of(describe, apply);

/// The threads that work, or have worked: they are joined before the library may go.
static WORKERS: Mutex<Vec<JoinHandle<()>>> = Mutex::new(Vec::new());

struct Edges;

impl Plugin for Edges {
    const HAS_COMMAND: bool = false;
    const SERVICES: &'static [Service] = &[Service::new(IMAGING_FILTER_1_ID, &FILTER)];

    fn create(_host: &np_host) -> Result<Self, Error> {
        Ok(Edges)
    }

    fn stop(&self) -> Result<(), Error> {
        let workers = std::mem::take(&mut *WORKERS.lock().unwrap());
        workers.into_iter().try_for_each(|worker| worker.join()).map_err(|_| Error::new(NP_E_FAULT, "a thread panicked"))
    }
}

/// What came with one call. All of it is the caller's, and valid until the call completes.
struct Work {
    source: &'static [imaging_pixel],
    target: &'static mut [imaging_pixel],
    size: imaging_picture_size,
    gain: u32,
    progress: &'static imaging_progress_1,
    cancellation: Option<&'static np_cancellation>,
    completion: *const np_completion,
}

// The contract lets any thread use what came with a call.
unsafe impl Send for Work {}

extern "C" fn describe(_: *mut c_void, result: *const np_sink, _: *const np_error_sink) -> i32 {
    let text = "draws the edges as dark lines; amount: how dark, 100 for four times (25)";
    let sink = unsafe { &*result };
    (sink.write)(sink.context, text.as_ptr().cast(), text.len())
}

extern "C" fn apply(
    _: *mut c_void,
    source: *const imaging_pixel,
    source_length: usize,
    target: *mut imaging_pixel,
    target_length: usize,
    size: *const imaging_picture_size,
    amount: i32,
    progress: *const imaging_progress_1,
    cancellation: *const np_cancellation,
    completion: *const np_completion,
    error: *const np_error_sink,
) -> i32 {
    guarded(error, || {
        let size = unsafe { *size };
        let pixels = i64::from(size.width) * i64::from(size.height);
        if size.width < 1 || size.height < 1 || source_length as i64 != pixels || target_length as i64 != pixels {
            return Err(Error::new(NP_E_INVALID_ARGUMENT, "The numbers of pixels do not fit the size."));
        }
        let gain = match amount {
            0 => 25,
            1..=100 => amount as u32,
            _ => return Err(Error::new(NP_E_INVALID_ARGUMENT, "amount: a darkness of 0 to 100 was expected.")),
        };
        let work = unsafe {
            Work {
                source: std::slice::from_raw_parts(source, source_length),
                target: std::slice::from_raw_parts_mut(target, target_length),
                size,
                gain,
                progress: &*progress,
                cancellation: cancellation.as_ref(),
                completion,
            }
        };
        start(work)
    })
}

fn start(work: Work) -> Result<(), Error> {
    let mut workers = WORKERS.lock().unwrap();
    workers.retain(|worker| !worker.is_finished());
    let worker = std::thread::Builder::new()
        .name("edges".into())
        .spawn(move || {
            let completion = work.completion;
            finish(completion, || draw(work));
        })
        .map_err(|failure| Error::new(NP_E_FAILED, &format!("no thread could be started: {failure}")))?;
    workers.push(worker);
    Ok(())
}

fn draw(work: Work) -> Result<(), Error> {
    let width = work.size.width as usize;
    let last = work.size.height as usize - 1;
    // The brightness of the rows above, at and below the one that is drawn; outside of the picture its border goes on.
    let mut rows = [vec![0; width], vec![0; width], vec![0; width]];
    let row = |y: usize| &work.source[y * width..(y + 1) * width];
    brightness(row(0), &mut rows[0]);
    brightness(row(0), &mut rows[1]);
    for y in 0..=last {
        if work.cancellation.is_some_and(|c| (c.check)(c.context) != NP_OK) {
            return Err(Error::new(NP_E_CANCELLED, "cancelled"));
        }
        brightness(row((y + 1).min(last)), &mut rows[2]);
        draw_row(row(y), &rows, work.gain, &mut work.target[y * width..(y + 1) * width]);
        rows.rotate_left(1);
        (work.progress.report)(work.progress.context, y as i32 + 1, work.size.height, std::ptr::null());
    }
    Ok(())
}

fn brightness(pixels: &[imaging_pixel], row: &mut [i32]) {
    for (pixel, value) in pixels.iter().zip(row) {
        *value = (77 * i32::from(pixel.red) + 150 * i32::from(pixel.green) + 29 * i32::from(pixel.blue) + 128) >> 8;
    }
}

fn draw_row(source: &[imaging_pixel], rows: &[Vec<i32>; 3], gain: u32, target: &mut [imaging_pixel]) {
    let [above, at, below] = rows;
    let last = source.len() - 1;
    for x in 0..=last {
        let (left, right) = (x.saturating_sub(1), (x + 1).min(last));
        let across = above[right] + 2 * at[right] + below[right] - above[left] - 2 * at[left] - below[left];
        let down = below[left] + 2 * below[x] + below[right] - above[left] - 2 * above[x] - above[right];
        // The square root of so small a whole number, rounded down, is exact in f64.
        let steepness = f64::from(across * across + down * down).sqrt() as u32;
        let paper = 255 - (steepness * gain / 25).min(255);
        let shade = |channel: u8| ((u32::from(channel) * paper + 127) / 255) as u8;
        let pixel = source[x];
        target[x] = imaging_pixel {
            red: shade(pixel.red),
            green: shade(pixel.green),
            blue: shade(pixel.blue),
            alpha: pixel.alpha,
        };
    }
}

plugin!(Edges, id: "edges", name: "Edges", version: "1.0.0", flags: 0);
