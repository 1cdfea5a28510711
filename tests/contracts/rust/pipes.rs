//! test.pipes/1: it gives streams of bytes, and reads and writes those of the caller.

use super::streams::Open;
use super::ContractRust;
use crate::native_plugins::contracts as np;
use crate::native_plugins::{abi::*, Error};
use crate::test_contracts::*;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicI64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

type Bytes = np::Object<np::StreamTable>;

#[derive(Default)]
pub struct State {
    open: Arc<AtomicI32>,
    drained: Arc<Drained>,
    kept: Mutex<Option<Bytes>>,
}

#[derive(Default)]
struct Drained {
    bytes: AtomicI64,
    flushes: AtomicI32,
}

struct Counted {
    next: i32,
    end: i32,
    most: i32,
    fail_at: i32,
    _open: Open,
}

/// What reads by std::io is a stream as it is.
impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.next == self.fail_at && !buffer.is_empty() {
            return Err(io::Error::other("a bad sector"));
        }
        let most = if self.most == 0 { buffer.len() } else { buffer.len().min(self.most as usize) };
        let mut count = 0;
        while count < most && self.next < self.end && self.next != self.fail_at {
            buffer[count] = (self.next % 251) as u8;
            self.next += 1;
            count += 1;
        }
        Ok(count)
    }
}

/// The same, with an end that fails.
struct FailingEnd(np::Reader<Counted>);

impl np::Stream for FailingEnd {
    const READS: bool = true;

    fn read(&self, buffer: &mut [u8], cancellation: np::Cancellation) -> Result<usize, Error> {
        self.0.read(buffer, cancellation)
    }

    fn dispose(self) -> Result<(), Error> {
        Err(Error::new(NP_E_IO, "the disk is full"))
    }
}

/// Memory that grows.
struct Stored(Mutex<Cursor<Vec<u8>>>, #[allow(dead_code)] Open);

impl np::Stream for Stored {
    const READS: bool = true;
    const WRITES: bool = true;
    const SEEKS: bool = true;
    const RESIZES: bool = true;

    fn read(&self, buffer: &mut [u8], _: np::Cancellation) -> Result<usize, Error> {
        Ok(self.0.lock().unwrap().read(buffer)?)
    }

    fn write(&self, data: &[u8], _: np::Cancellation) -> Result<(), Error> {
        Ok(self.0.lock().unwrap().write_all(data)?)
    }

    fn seek(&self, to: SeekFrom) -> Result<u64, Error> {
        Ok(self.0.lock().unwrap().seek(to)?)
    }

    fn get_length(&self) -> Result<u64, Error> {
        Ok(self.0.lock().unwrap().get_ref().len() as u64)
    }

    fn set_length(&self, length: u64) -> Result<(), Error> {
        self.0.lock().unwrap().get_mut().resize(length as usize, 0);
        Ok(())
    }
}

struct Draining(Arc<Drained>, #[allow(dead_code)] Open);

impl np::Stream for Draining {
    const WRITES: bool = true;
    const WRITES_ASYNC: bool = true;

    fn write(&self, data: &[u8], _: np::Cancellation) -> Result<(), Error> {
        self.0.bytes.fetch_add(data.len() as i64, SeqCst);
        Ok(())
    }

    fn flush(&self, _: np::Cancellation) -> Result<(), Error> {
        self.0.flushes.fetch_add(1, SeqCst);
        Ok(())
    }

    fn write_async(&self, mut data: np::KeptSlice<u8>, _: np::KeptCancellation, completion: np::Completion<()>) {
        self.0.bytes.fetch_add(data.get(&completion).len() as i64, SeqCst);
        completion.complete(());
    }

    fn flush_async(&self, _: np::KeptCancellation, completion: np::Completion<()>) {
        completion.finish(self.flush(np::Cancellation::none()));
    }
}

/// One byte, and then nothing.
struct Waiting(AtomicBool, #[allow(dead_code)] Open);

impl np::Stream for Waiting {
    const READS: bool = true;
    const READS_ASYNC: bool = true;

    fn read(&self, buffer: &mut [u8], cancellation: np::Cancellation) -> Result<usize, Error> {
        if !self.0.swap(true, SeqCst) {
            buffer[0] = 1;
            return Ok(1);
        }
        loop {
            cancellation.check()?;
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn read_async(&self, mut buffer: np::KeptSliceMut<u8>, mut cancellation: np::KeptCancellation, completion: np::Completion<np::Flat<usize>>) {
        if !self.0.swap(true, SeqCst) {
            buffer.get(&completion)[0] = 1;
            return completion.complete(1usize);
        }
        thread::spawn(move || {
            while !cancellation.get(&completion).is_cancelled() {
                thread::sleep(Duration::from_millis(1));
            }
            completion.fail(Error::new(NP_E_CANCELLED, ""));
        });
    }
}

fn numbers(count: i32) -> Vec<u8> {
    (0..count).map(|number| (number % 251) as u8).collect()
}

fn sum_of(bytes: &[u8]) -> i64 {
    bytes.iter().map(|byte| i64::from(*byte)).sum()
}

async fn sum(mut bytes: Bytes, cancellation: np::Cancellation<'_>) -> Result<i64, Error> {
    let (mut sum, mut buffer) = (0, vec![0; 100]);
    loop {
        let count;
        (buffer, count) = bytes.read_async(buffer, cancellation)?.await?;
        if count == 0 {
            return bytes.release().map(|()| sum);
        }
        sum += sum_of(&buffer[..count]);
    }
}

async fn fill(mut target: Bytes, count: i32, cancellation: np::Cancellation<'_>) -> Result<(), Error> {
    target.write_async(numbers(count), cancellation)?.await?;
    target.flush_async(cancellation)?.await?;
    target.release()
}

impl ContractRust {
    fn stored(&self) -> Arc<Stored> {
        Arc::new(Stored(Mutex::default(), Open::new(&self.pipes.open)))
    }
}

impl Pipes for ContractRust {
    fn count(&self, count: i32, most: i32, fail_at: i32, result: np::Put<np::Given<np::StreamTable>>) -> Result<np::Done, Error> {
        let reader = np::Reader::new(Counted { next: 0, end: count, most, fail_at, _open: Open::new(&self.pipes.open) });
        if fail_at == -2 { result.put(Arc::new(FailingEnd(reader))) } else { result.put(Arc::new(reader)) }
    }

    fn store(&self, is_there: bool, result: np::Put<np::MaybeGiven<np::StreamTable>>) -> Result<np::Done, Error> {
        result.put(is_there.then(|| self.stored()))
    }

    fn store_later(&self, completion: np::Completion<np::Given<np::StreamTable>>) {
        completion.complete(self.stored());
    }

    fn try_store_later(&self, is_there: bool, completion: np::Completion<np::MaybeGiven<np::StreamTable>>) {
        completion.complete(is_there.then(|| self.stored()));
    }

    fn drain(&self, result: np::Put<np::Given<np::StreamTable>>) -> Result<np::Done, Error> {
        result.put(Arc::new(Draining(self.pipes.drained.clone(), Open::new(&self.pipes.open))))
    }

    fn get_drained(&self, bytes: &mut i64, flushes: &mut i32) -> Result<(), Error> {
        *bytes = self.pipes.drained.bytes.load(SeqCst);
        *flushes = self.pipes.drained.flushes.load(SeqCst);
        Ok(())
    }

    fn wait(&self, result: np::Put<np::Given<np::StreamTable>>) -> Result<np::Done, Error> {
        result.put(Arc::new(Waiting(AtomicBool::new(false), Open::new(&self.pipes.open))))
    }

    fn count_open(&self) -> Result<i32, Error> {
        Ok(self.pipes.open.load(SeqCst))
    }

    fn sum(&self, mut bytes: Bytes) -> Result<i64, Error> {
        let mut all = Vec::new();
        bytes.read_to_end(&mut all)?;
        bytes.release()?;
        Ok(sum_of(&all))
    }

    fn sum_later(&self, bytes: Bytes, mut cancellation_token: np::KeptCancellation, completion: np::Completion<np::Flat<i64>>) {
        np::spawn(async move {
            let outcome = sum(bytes, cancellation_token.get(&completion)).await;
            completion.finish(outcome);
        });
    }

    fn fill(&self, mut target: Bytes, count: i32) -> Result<(), Error> {
        target.write_all(&numbers(count))?;
        target.flush()?;
        target.release()
    }

    fn fill_later(&self, target: Bytes, count: i32, mut cancellation_token: np::KeptCancellation, completion: np::Completion<()>) {
        np::spawn(async move {
            let outcome = fill(target, count, cancellation_token.get(&completion)).await;
            completion.finish(outcome);
        });
    }

    fn examine(&self, mut stream: Bytes, length: &mut i64) -> Result<i32, Error> {
        *length = if stream.can_seek() { stream.get_length()? as i64 } else { -1 };
        let abilities = i32::from(stream.can_read()) | i32::from(stream.can_write()) << 1 | i32::from(stream.can_seek()) << 2;
        if abilities == 7 {
            stream.set_length(0)?;
        }
        stream.release()?;
        Ok(abilities)
    }

    fn keep(&self, stream: Option<Bytes>) -> Result<bool, Error> {
        let is_one = stream.is_some();
        *self.pipes.kept.lock().unwrap() = stream;
        Ok(is_one)
    }

    fn read_kept(&self) -> Result<i32, Error> {
        let mut byte = [0];
        let mut kept = self.pipes.kept.lock().unwrap();
        let stream = kept.as_mut().ok_or_else(|| Error::new(NP_E_INVALID_STATE, "no stream is kept"))?;
        Ok(if stream.read(&mut byte)? == 1 { byte[0].into() } else { -1 })
    }

    fn drop_kept(&self) -> Result<(), Error> {
        self.pipes.kept.lock().unwrap().take().map_or(Ok(()), np::Object::release)
    }
}
