//! A filter in Rust: draws the edges of a picture as dark lines. It works on a thread of its own and completes the call from
//! there. docs/imagetool.md has the arithmetic.

#[path = "../../../artifacts/include/imaging.rs"] // The build of host/samples/imaging writes it.
mod imaging;
#[path = "../../sdk/rust/native_plugins.rs"]
mod native_plugins;

use imaging::*;
use native_plugins::contracts::{Completion, Contract, Done, KeptCancellation, KeptContract, KeptSlice, KeptSliceMut, Put};
use native_plugins::{abi::*, plugin, Error, Plugin};
use std::sync::Mutex;
use std::thread::{Builder, JoinHandle};

#[derive(Default)]
struct Edges {
    /// The threads that work, or have worked: they are joined before the library may go.
    workers: Mutex<Vec<JoinHandle<()>>>,
}

impl Plugin for Edges {
    const HAS_COMMAND: bool = false;
    const CONTRACTS: &'static [Contract<Self>] = &[Contract::of::<ImageFilterTable>()];

    fn create(_host: &np_host) -> Result<Self, Error> {
        Ok(Edges::default())
    }

    fn stop(&self) -> Result<(), Error> {
        let workers = std::mem::take(&mut *self.workers.lock().unwrap());
        workers.into_iter().try_for_each(|worker| worker.join()).map_err(|_| Error::new(NP_E_FAULT, "a thread panicked"))
    }
}

/// What came with one call. All of it is the caller's, and valid until the call completes.
struct Work {
    source: KeptSlice<Pixel>,
    target: KeptSliceMut<Pixel>,
    size: PictureSize,
    gain: u32,
    progress: KeptContract<FilterProgressTable>,
    cancellation: KeptCancellation,
}

impl ImageFilter for Edges {
    fn describe(&self, result: Put<str>) -> Result<Done, Error> {
        result.put("draws the edges as dark lines; amount: how dark, 100 for four times (25)")
    }

    fn apply(
        &self,
        source: KeptSlice<Pixel>,
        target: KeptSliceMut<Pixel>,
        size: &PictureSize,
        amount: i32,
        progress: KeptContract<FilterProgressTable>,
        cancellation: KeptCancellation,
        completion: Completion<()>,
    ) {
        let gain = match amount {
            0 => 25,
            1..=100 => amount as u32,
            _ => return completion.fail(Error::new(NP_E_INVALID_ARGUMENT, "amount: a darkness of 0 to 100 was expected.")),
        };
        let mut work = Work { source, target, size: *size, gain, progress, cancellation };
        let mut workers = self.workers.lock().unwrap();
        workers.retain(|worker| !worker.is_finished());
        let worker = Builder::new().name("edges".into()).spawn(move || {
            let drawn = draw(&mut work, &completion);
            completion.finish(drawn);
        });
        workers.extend(worker); // Where no thread could be started, the completion is dropped, which ends the call.
    }
}

fn draw(work: &mut Work, call: &Completion<()>) -> Result<(), Error> {
    let (source, target, size) = (work.source.get(call), work.target.get(call), work.size);
    let pixels = i64::from(size.width) * i64::from(size.height);
    if size.width < 1 || size.height < 1 || source.len() as i64 != pixels || target.len() as i64 != pixels {
        return Err(Error::new(NP_E_INVALID_ARGUMENT, "The numbers of pixels do not fit the size."));
    }
    let (progress, cancellation) = (work.progress.get(call), work.cancellation.get(call));
    let width = size.width as usize;
    let last = size.height as usize - 1;
    // The brightness of the rows above, at and below the one that is drawn; outside of the picture its border goes on.
    let mut rows = [vec![0; width], vec![0; width], vec![0; width]];
    let row = |y: usize| &source[y * width..(y + 1) * width];
    brightness(row(0), &mut rows[0]);
    brightness(row(0), &mut rows[1]);
    for y in 0..=last {
        cancellation.check()?;
        brightness(row((y + 1).min(last)), &mut rows[2]);
        draw_row(row(y), &rows, work.gain, &mut target[y * width..(y + 1) * width]);
        rows.rotate_left(1);
        if let Some(progress) = progress {
            progress.report(y as i32 + 1, size.height)?;
        }
    }
    Ok(())
}

fn brightness(pixels: &[Pixel], row: &mut [i32]) {
    for (pixel, value) in pixels.iter().zip(row) {
        *value = (77 * i32::from(pixel.red) + 150 * i32::from(pixel.green) + 29 * i32::from(pixel.blue) + 128) >> 8;
    }
}

fn draw_row(source: &[Pixel], rows: &[Vec<i32>; 3], gain: u32, target: &mut [Pixel]) {
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
        target[x] = Pixel {
            red: shade(pixel.red),
            green: shade(pixel.green),
            blue: shade(pixel.blue),
            alpha: pixel.alpha,
        };
    }
}

plugin!(Edges, id: "edges", name: "Edges", version: "1.0.0", flags: 0);
