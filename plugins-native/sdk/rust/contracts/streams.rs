//! Streams of bytes that a plugin hands over: np.stream/1, the same in every contract.

use super::super::abi::*;
use super::super::Error;
use super::asynchronous::{accept, Cancellation, Completion, Elements, Kept, KeptCancellation, KeptSlice, KeptSliceMut, MutableElements};
use super::callee::{call, cell, slice, slice_mut};
use super::replies::Flat;
use super::tables::{Exports, Table};
use std::ffi::c_void;
use std::io::{self, SeekFrom};
use std::sync::{Mutex, PoisonError};

/// The table of np.stream/1.
pub type StreamTable = np_stream;

unsafe impl Table for StreamTable {
    const ID: &'static str = "np.stream/1";
    const FINGERPRINTS: &'static [u64] = &[];
    const SIGNATURE: &'static str = "";
}

/// A stream of bytes of a plugin's, which it hands over in an `Arc`. Its constants say what it can do, and it has the methods of that; the header says at
/// np_stream what each of them does. There is one call at a time, but of what cannot seek one that reads and one that writes may overlap. [`Reader`] and
/// [`Writer`] are streams of what reads and writes by std::io.
pub trait Stream: Send + Sync + 'static {
    /// Whether there is `read`. A stream has this or the next one at least.
    const READS: bool = false;

    /// Whether there is `write`.
    const WRITES: bool = false;

    /// Whether there are `seek` and `get_length`.
    const SEEKS: bool = false;

    /// Whether there is `set_length`. That needs `WRITES` and `SEEKS`.
    const RESIZES: bool = false;

    /// Whether there is `read_async` beside `read`: where that can wait without a thread.
    const READS_ASYNC: bool = false;

    /// Whether there are `write_async` and `flush_async` beside `write`.
    const WRITES_ASYNC: bool = false;

    /// Reads what there is, as much as `buffer` takes at most, and waits for one byte at least. Returns how many came: 0 at the end.
    fn read(&self, _buffer: &mut [u8], _cancellation: Cancellation) -> Result<usize, Error> {
        Err(lacks("read"))
    }

    /// Writes all of it.
    fn write(&self, _data: &[u8], _cancellation: Cancellation) -> Result<(), Error> {
        Err(lacks("write"))
    }

    /// Hands on what was written and is still buffered.
    fn flush(&self, _cancellation: Cancellation) -> Result<(), Error> {
        Ok(())
    }

    /// Moves, and returns where that is from the beginning.
    fn seek(&self, _to: SeekFrom) -> Result<u64, Error> {
        Err(lacks("seek"))
    }

    /// How many bytes there are from the beginning to the end.
    fn get_length(&self) -> Result<u64, Error> {
        Err(lacks("get_length"))
    }

    /// Cuts the end off, or adds zeros to it.
    fn set_length(&self, _length: u64) -> Result<(), Error> {
        Err(lacks("set_length"))
    }

    /// `read`, which ends later.
    fn read_async(&self, _buffer: KeptSliceMut<u8>, _cancellation: KeptCancellation, completion: Completion<Flat<usize>>) {
        completion.fail(lacks("read_async"));
    }

    /// `write`, which ends later.
    fn write_async(&self, _data: KeptSlice<u8>, _cancellation: KeptCancellation, completion: Completion<()>) {
        completion.fail(lacks("write_async"));
    }

    /// `flush`, which ends later.
    fn flush_async(&self, _cancellation: KeptCancellation, completion: Completion<()>) {
        completion.complete(());
    }

    /// Ends the stream, to which no reference is left.
    fn dispose(self) -> Result<(), Error>
    where
        Self: Sized,
    {
        Ok(())
    }

    /// Ends the stream's work before that, where it may take long.
    fn finish(&self, completion: Completion<()>) {
        completion.complete(());
    }
}

/// What the error of a stream says that cannot do it.
pub(crate) fn lacks(member: &str) -> Error {
    Error::new(NP_E_UNSUPPORTED, &format!("the stream has no {member}"))
}

impl<P: Stream> Exports<P> for StreamTable {
    const TABLE: &'static Self = {
        assert!(P::READS || P::WRITES, "a stream has READS, or WRITES, or both");
        assert!((P::WRITES && P::SEEKS) || !P::RESIZES, "RESIZES needs WRITES and SEEKS");
        assert!(P::READS || !P::READS_ASYNC, "READS_ASYNC needs READS");
        assert!(P::WRITES || !P::WRITES_ASYNC, "WRITES_ASYNC needs WRITES");
        &np_stream {
            struct_size: size_of::<np_stream>() as u32,
            reserved: 0,
            context: std::ptr::null_mut(),
            read: if P::READS { Some(read::<P>) } else { None },
            write: if P::WRITES { Some(write::<P>) } else { None },
            flush: if P::WRITES { Some(flush::<P>) } else { None },
            seek: if P::SEEKS { Some(seek::<P>) } else { None },
            get_length: if P::SEEKS { Some(get_length::<P>) } else { None },
            set_length: if P::RESIZES { Some(set_length::<P>) } else { None },
            read_async: if P::READS_ASYNC { Some(read_async::<P>) } else { None },
            write_async: if P::WRITES_ASYNC { Some(write_async::<P>) } else { None },
            flush_async: if P::WRITES_ASYNC { Some(flush_async::<P>) } else { None },
        }
    };
    const FINISHES: bool = true;

    fn end(object: P) -> Result<(), Error> {
        object.dispose()
    }

    fn finish(object: &P, completion: Completion<()>) {
        object.finish(completion)
    }
}

extern "C" fn read<P: Stream>(
    context: *mut c_void, buffer: *mut c_void, size: usize, count: *mut usize, cancellation: *const np_cancellation, error: *const np_error_sink,
) -> i32 {
    unsafe {
        call(context, error, |this: &P| {
            let count = cell(count, "count")?;
            let buffer = slice_mut(buffer.cast::<u8>(), size, "buffer")?;
            let came = this.read(buffer, Cancellation::new(cancellation))?;
            if came > size {
                return Err(Error::new(NP_E_FAULT, "the plugin's stream has read more than was asked for"));
            }
            *count = came;
            Ok(())
        })
    }
}

extern "C" fn write<P: Stream>(context: *mut c_void, data: *const c_void, size: usize, cancellation: *const np_cancellation, error: *const np_error_sink) -> i32 {
    unsafe { call(context, error, |this: &P| this.write(slice(data.cast(), size, "data")?, Cancellation::new(cancellation))) }
}

extern "C" fn flush<P: Stream>(context: *mut c_void, cancellation: *const np_cancellation, error: *const np_error_sink) -> i32 {
    unsafe { call(context, error, |this: &P| this.flush(Cancellation::new(cancellation))) }
}

extern "C" fn seek<P: Stream>(context: *mut c_void, offset: i64, origin: i32, position: *mut i64, error: *const np_error_sink) -> i32 {
    unsafe {
        call(context, error, |this: &P| {
            let position = cell(position, "position")?;
            let to = match origin {
                NP_SEEK_BEGIN => SeekFrom::Start(u64::try_from(offset).map_err(|_| Error::new(NP_E_IO, "that is before the beginning of the stream"))?),
                NP_SEEK_CURRENT => SeekFrom::Current(offset),
                NP_SEEK_END => SeekFrom::End(offset),
                _ => return Err(Error::new(NP_E_INVALID_ARGUMENT, "origin is none of NP_SEEK_BEGIN, NP_SEEK_CURRENT and NP_SEEK_END")),
            };
            *position = place(this.seek(to)?)?;
            Ok(())
        })
    }
}

extern "C" fn get_length<P: Stream>(context: *mut c_void, length: *mut i64, error: *const np_error_sink) -> i32 {
    unsafe {
        call(context, error, |this: &P| {
            let length = cell(length, "length")?;
            *length = place(this.get_length()?)?;
            Ok(())
        })
    }
}

extern "C" fn set_length<P: Stream>(context: *mut c_void, length: i64, error: *const np_error_sink) -> i32 {
    let length = u64::try_from(length).map_err(|_| Error::new(NP_E_INVALID_ARGUMENT, "length is below 0"));
    unsafe { call(context, error, |this: &P| this.set_length(length?)) }
}

fn place(position: u64) -> Result<i64, Error> {
    i64::try_from(position).map_err(|_| Error::new(NP_E_FAULT, "the plugin's stream says a position that is none"))
}

extern "C" fn read_async<P: Stream>(
    context: *mut c_void, buffer: *mut c_void, size: usize, cancellation: *const np_cancellation, completion: *const np_completion, error: *const np_error_sink,
) -> i32 {
    unsafe {
        call(context, error, |this: &P| {
            let buffer = slice_mut(buffer.cast::<u8>(), size, "buffer")?;
            let completion = Completion::new(completion)?;
            let (buffer, cancellation) = (Kept::new(MutableElements::new(buffer), &completion), Kept::new(cancellation, &completion));
            accept(|| this.read_async(buffer, cancellation, completion));
            Ok(())
        })
    }
}

extern "C" fn write_async<P: Stream>(
    context: *mut c_void, data: *const c_void, size: usize, cancellation: *const np_cancellation, completion: *const np_completion, error: *const np_error_sink,
) -> i32 {
    unsafe {
        call(context, error, |this: &P| {
            let data = slice(data.cast::<u8>(), size, "data")?;
            let completion = Completion::new(completion)?;
            let (data, cancellation) = (Kept::new(Elements::new(data), &completion), Kept::new(cancellation, &completion));
            accept(|| this.write_async(data, cancellation, completion));
            Ok(())
        })
    }
}

extern "C" fn flush_async<P: Stream>(context: *mut c_void, cancellation: *const np_cancellation, completion: *const np_completion, error: *const np_error_sink) -> i32 {
    unsafe {
        call(context, error, |this: &P| {
            let completion = Completion::new(completion)?;
            let cancellation = Kept::new(cancellation, &completion);
            accept(|| this.flush_async(cancellation, completion));
            Ok(())
        })
    }
}

/// A stream of what reads by std::io, a file or a connection: `result.put(Arc::new(np::Reader::new(file)))`.
pub struct Reader<R>(Mutex<R>);

impl<R> Reader<R> {
    pub fn new(reader: R) -> Self {
        Reader(Mutex::new(reader))
    }
}

impl<R: io::Read + Send + 'static> Stream for Reader<R> {
    const READS: bool = true;

    fn read(&self, buffer: &mut [u8], cancellation: Cancellation) -> Result<usize, Error> {
        loop {
            cancellation.check()?;
            match self.0.lock().unwrap_or_else(PoisonError::into_inner).read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                outcome => return Ok(outcome?),
            }
        }
    }
}

/// A stream of what writes by std::io. It is flushed at its end.
pub struct Writer<W>(Mutex<W>);

impl<W> Writer<W> {
    pub fn new(writer: W) -> Self {
        Writer(Mutex::new(writer))
    }
}

impl<W: io::Write + Send + 'static> Stream for Writer<W> {
    const WRITES: bool = true;

    fn write(&self, data: &[u8], cancellation: Cancellation) -> Result<(), Error> {
        cancellation.check()?;
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(data)?)
    }

    fn flush(&self, _: Cancellation) -> Result<(), Error> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).flush()?)
    }

    fn dispose(self) -> Result<(), Error> {
        Ok(self.0.into_inner().unwrap_or_else(PoisonError::into_inner).flush()?)
    }
}
