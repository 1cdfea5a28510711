//! A program that does to a stream in Rust what no host should, and answers its calls as no stream should. It prints what comes of each.

use crate::native_plugins::contracts as np;
use crate::native_plugins::{abi::*, Error};
use np::Exports;
use std::ffi::c_void;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::mem::size_of;
use std::ptr::{addr_of, addr_of_mut, null, null_mut};
use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

static RELEASES: AtomicI32 = AtomicI32::new(0);

/// How many bytes are asked for says what it does.
struct Odd;

impl np::Stream for Odd {
    const READS: bool = true;
    const WRITES: bool = true;
    const SEEKS: bool = true;
    const RESIZES: bool = true;
    const READS_ASYNC: bool = true;

    fn read(&self, buffer: &mut [u8], _: np::Cancellation) -> Result<usize, Error> {
        match buffer.len() {
            1 => panic!("as it was asked to"),
            2 => Err(Error::new(NP_E_IO, "a bad sector")),
            size => Ok(size + 1),
        }
    }

    fn write(&self, _: &[u8], _: np::Cancellation) -> Result<(), Error> {
        Ok(())
    }

    fn seek(&self, _: SeekFrom) -> Result<u64, Error> {
        Ok(u64::MAX)
    }

    fn read_async(&self, mut buffer: np::KeptSliceMut<u8>, _: np::KeptCancellation, completion: np::Completion<np::Flat<usize>>) {
        if buffer.get(&completion).len() == 1 {
            panic!("as it was asked to");
        }
    }
}

extern "C" fn report(context: *mut c_void, info: *const np_error_info) -> i32 {
    let (text, info) = unsafe { (&mut *context.cast::<String>(), &*info) };
    *text = String::from_utf8_lossy(unsafe { std::slice::from_raw_parts(info.message.cast(), info.message_length) }).into();
    NP_OK
}

extern "C" fn complete(context: *mut c_void, status: i32, _: *const c_void, _: usize, info: *const np_error_info) -> i32 {
    report(context, info);
    status
}

extern "C" fn release(_: *mut c_void, _: *const np_error_sink) -> i32 {
    RELEASES.fetch_add(1, SeqCst);
    NP_OK
}

fn call(name: &str, function: impl FnOnce(*mut c_void, *const np_error_sink) -> i32) {
    let mut text = String::new();
    let sink = np_error_sink { struct_size: 24, reserved: 0, context: addr_of_mut!(text).cast(), report };
    let odd = Odd;
    let status = function(addr_of!(odd).cast_mut().cast(), &sink);
    println!("{name}: {status} {text}");
}

fn answer<T>(name: &str, outcome: Result<T, impl Into<Error>>) {
    match outcome.map_err(Into::into) {
        Ok(_) => println!("{name}: 0"),
        Err(Error { code, message }) => println!("{name}: {code} {message}"),
    }
}

fn misuse() {
    let table = <np::StreamTable as Exports<Odd>>::TABLE;
    let (read, write, seek, get_length) = (table.read.unwrap(), table.write.unwrap(), table.seek.unwrap(), table.get_length.unwrap());
    let (set_length, read_async) = (table.set_length.unwrap(), table.read_async.unwrap());
    let mut bytes = [0u8; 3];
    let place = bytes.as_mut_ptr().cast::<c_void>();
    let (mut count, mut position) = (7, 0);
    call("buffer at NULL", |context, error| read(context, null_mut(), 3, &mut count, null(), error));
    call("count at NULL", |context, error| read(context, place, 3, null_mut(), null(), error));
    call("panic", |context, error| read(context, place, 1, &mut count, null(), error));
    call("error", |context, error| read(context, place, 2, &mut count, null(), error));
    call("more than was asked for", |context, error| read(context, place, 3, &mut count, null(), error));
    call("data at NULL", |context, error| write(context, null(), 3, null(), error));
    call("no data at NULL", |context, error| write(context, null(), 0, null(), error));
    call("origin that is none", |context, error| seek(context, 0, 3, &mut position, error));
    call("before the beginning", |context, error| seek(context, -1, NP_SEEK_BEGIN, &mut position, error));
    call("position at NULL", |context, error| seek(context, 0, NP_SEEK_END, null_mut(), error));
    call("position that is none", |context, error| seek(context, 0, NP_SEEK_END, &mut position, error));
    call("method that was forgotten", |context, error| get_length(context, &mut position, error));
    call("length below 0", |context, error| set_length(context, -1, error));
    call("no completion", |context, error| read_async(context, place, 3, null(), null(), error));
    let mut text = String::new();
    let completion = np_completion { struct_size: 24, reserved: 0, context: addr_of_mut!(text).cast(), complete };
    call("panic before it has begun", |context, error| read_async(context, place, 1, null(), &completion, error));
    println!("it completed: {}", text.split(" at ").next().unwrap());
    call("completion that is dropped", |context, error| read_async(context, place, 3, null(), &completion, error));
    println!("it completed: {text}");
    println!("count is {count}, write_async is {}", if table.write_async.is_none() { "NULL" } else { "there" });
}

extern "C" fn read_one_more(_: *mut c_void, _: *mut c_void, size: usize, count: *mut usize, _: *const np_cancellation, _: *const np_error_sink) -> i32 {
    unsafe { *count = size + 1 };
    NP_OK
}

extern "C" fn read_one_more_later(_: *mut c_void, _: *mut c_void, size: usize, _: *const np_cancellation, completion: *const np_completion, _: *const np_error_sink) -> i32 {
    let (completion, count) = (unsafe { &*completion }, size + 1);
    match size {
        1 => NP_E_IO,
        2 => (completion.complete)(completion.context, NP_OK, addr_of!(count).cast(), 4, null()),
        4 => {
            // It ends later.
            *WAITING.lock().unwrap() = Some((completion.context as usize, completion.complete));
            NP_OK
        }
        _ => (completion.complete)(completion.context, NP_OK, addr_of!(count).cast(), size_of::<usize>(), null()),
    }
}

type Ending = (usize, extern "C" fn(*mut c_void, i32, *const c_void, usize, *const np_error_info) -> i32);
static WAITING: Mutex<Option<Ending>> = Mutex::new(None);

extern "C" fn below(_: *mut c_void, length: *mut i64, _: *const np_error_sink) -> i32 {
    unsafe { *length = -1 };
    NP_OK
}

extern "C" fn seek_below(_: *mut c_void, _: i64, _: i32, position: *mut i64, error: *const np_error_sink) -> i32 {
    below(null_mut(), position, error)
}

fn mistrust() {
    let mut table = np_stream {
        read: Some(read_one_more), seek: Some(seek_below), get_length: Some(below), read_async: Some(read_one_more_later),
        write: None, flush: None, set_length: None, write_async: None, flush_async: None,
        struct_size: size_of::<np_stream>() as u32, reserved: 0, context: null_mut(),
    };
    let raw = np_object { struct_size: 40, reserved: 0, context: null_mut(), table: addr_of_mut!(table).cast_const().cast(), release, finish: None };
    let mut stream = unsafe { np::Object::<np::StreamTable>::received(&raw, "value") }.unwrap().unwrap();
    let mut bytes = [0; 3];
    answer("too many", stream.read(&mut bytes));
    answer("position below 0", stream.stream_position());
    answer("length below 0", stream.get_length());
    answer("no write", stream.write_all(b"text"));
    answer("no set_length", stream.set_length(0));
    answer("no flush", stream.flush());
    answer("position beyond all", stream.seek(SeekFrom::Start(u64::MAX)));
    for (name, size) in [("later, too many", 3), ("later, cut off", 2), ("later, not accepted", 1)] {
        answer(name, stream.read_async(vec![0; size], np::Cancellation::none()).and_then(np::Reply::wait));
    }
    answer("no write_async", stream.write_async(vec![0; 3], np::Cancellation::none()).and_then(np::Reply::wait));
    std::mem::forget(stream.read_async(vec![0; 4], np::Cancellation::none()).unwrap());
    let (context, complete) = WAITING.lock().unwrap().take().unwrap();
    let count = 4usize;
    println!("reply that is forgotten: {}", complete(context as *mut c_void, NP_OK, addr_of!(count).cast(), size_of::<usize>(), null()));
    unsafe { addr_of_mut!(table).cast::<u32>().write(16) };
    answer("table that is too short", stream.read(&mut bytes));
    answer("release", stream.release());
    println!("{} releases", RELEASES.load(SeqCst));
}

/// Counts its flushes, and refuses to be flushed a second time.
struct Target(Arc<AtomicUsize>);

impl Write for Target {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        Ok(data.len().min(2))
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.0.fetch_add(1, SeqCst) == 0 { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
    }
}

fn adapters() {
    let flushes = Arc::new(AtomicUsize::new(0));
    let writer = np::given::<np::StreamTable, _>(Arc::new(np::Writer::new(Target(flushes.clone()))));
    let table = unsafe { &*writer.table.cast::<np_stream>() };
    call("writer", |_, error| table.write.unwrap()(writer.context, b"text".as_ptr().cast(), 4, null(), error));
    call("flush", |_, error| table.flush.unwrap()(writer.context, null(), error));
    call("release", |_, error| (writer.release)(writer.context, error));
    println!("{} flushes", flushes.load(SeqCst));
}

pub fn main() {
    misuse();
    mistrust();
    adapters();
}
