//! Streams of bytes that a plugin is given, and their errors in std::io.

use super::super::abi::*;
use super::super::Error;
use super::asynchronous::Cancellation;
use super::caller::invoke;
use super::futures::Reply;
use super::objects::Object;
use super::streams::{lacks, StreamTable};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};

/// A stream of the other side's reads, writes and seeks by std::io: `stream.read_to_end(&mut bytes)?`, `writeln!(stream, "…")?`. What it
/// cannot do is NP_E_UNSUPPORTED.
impl Object<StreamTable> {
    pub fn can_read(&self) -> bool {
        self.members().is_ok_and(|members| members.read.is_some())
    }

    pub fn can_write(&self) -> bool {
        self.members().is_ok_and(|members| members.write.is_some())
    }

    pub fn can_seek(&self) -> bool {
        self.members().is_ok_and(|members| members.seek.is_some())
    }

    /// `read` of std::io, which may be cancelled.
    pub fn read_with(&mut self, buffer: &mut [u8], cancellation: Cancellation) -> Result<usize, Error> {
        let read = self.members()?.read.ok_or_else(|| lacks("read"))?;
        let mut count = 0;
        invoke(|error| read(self.context, buffer.as_mut_ptr().cast(), buffer.len(), &mut count, cancellation.raw(), error))?;
        counted(count, buffer.len())
    }

    /// `write_all` of std::io, which may be cancelled.
    pub fn write_with(&mut self, data: &[u8], cancellation: Cancellation) -> Result<(), Error> {
        let write = self.members()?.write.ok_or_else(|| lacks("write"))?;
        data.chunks(MOST).try_for_each(|part| invoke(|error| write(self.context, part.as_ptr().cast(), part.len(), cancellation.raw(), error)))
    }

    /// `flush` of std::io, which may be cancelled: nothing where the stream buffers nothing.
    pub fn flush_with(&mut self, cancellation: Cancellation) -> Result<(), Error> {
        self.members()?.flush.map_or(Ok(()), |flush| invoke(|error| flush(self.context, cancellation.raw(), error)))
    }

    /// How many bytes there are from the beginning to the end.
    pub fn get_length(&mut self) -> Result<u64, Error> {
        let get_length = self.members()?.get_length.ok_or_else(|| lacks("get_length"))?;
        let mut length = 0;
        invoke(|error| get_length(self.context, &mut length, error))?;
        not_negative(length, "length")
    }

    /// Cuts the end off, or adds zeros to it.
    pub fn set_length(&mut self, length: u64) -> Result<(), Error> {
        let set_length = self.members()?.set_length.ok_or_else(|| lacks("set_length"))?;
        let length = i64::try_from(length).map_err(|_| too_far())?;
        invoke(|error| set_length(self.context, length, error))
    }

    /// Reads into `buffer`, which is the call's until it ends, and comes back with how many bytes are new in it.
    pub fn read_async<'call>(&'call mut self, mut buffer: Vec<u8>, cancellation: Cancellation<'call>) -> Result<Reply<'call, (Vec<u8>, usize)>, Error> {
        let read_async = self.members()?.read_async.ok_or_else(|| lacks("read_async"))?;
        let (place, most) = (buffer.as_mut_ptr(), buffer.len());
        Ok(Reply::begin(
            move |ended| Ok((buffer, counted(ended.flat()?, most)?)),
            |completion, error| read_async(self.context, place.cast(), most, cancellation.raw(), completion, error),
        ))
    }

    /// Writes all of `data`, which is the call's until it ends, and comes back.
    pub fn write_async<'call>(&'call mut self, data: Vec<u8>, cancellation: Cancellation<'call>) -> Result<Reply<'call, Vec<u8>>, Error> {
        let write_async = self.members()?.write_async.ok_or_else(|| lacks("write_async"))?;
        let (place, size) = (data.as_ptr(), data.len());
        Ok(Reply::begin(
            move |ended| ended.nothing().map(|()| data),
            |completion, error| write_async(self.context, place.cast(), size, cancellation.raw(), completion, error),
        ))
    }

    pub fn flush_async<'call>(&'call mut self, cancellation: Cancellation<'call>) -> Result<Reply<'call, ()>, Error> {
        let flush_async = self.members()?.flush_async.ok_or_else(|| lacks("flush_async"))?;
        Ok(Reply::begin(|ended| ended.nothing(), |completion, error| flush_async(self.context, cancellation.raw(), completion, error)))
    }

    fn members(&self) -> Result<&np_stream, Error> {
        let size = unsafe { (*self.table).struct_size } as usize;
        if size < size_of::<np_stream>() {
            return Err(Error::new(NP_E_INVALID_ARGUMENT, &format!("the stream's table is too short: {size} bytes, where {} are needed", size_of::<np_stream>())));
        }
        Ok(unsafe { &*self.table })
    }
}

// More than INT32_MAX bytes at once may be refused.
const MOST: usize = 1 << 30;

fn counted(count: usize, most: usize) -> Result<usize, Error> {
    if count > most {
        return Err(Error::new(NP_E_FAULT, &format!("the stream says that it has read {count} bytes; {most} at most were asked for")));
    }
    Ok(count)
}

fn not_negative(value: i64, name: &str) -> Result<u64, Error> {
    u64::try_from(value).map_err(|_| Error::new(NP_E_FAULT, &format!("the stream says that its {name} is {value}; 0 or more was expected")))
}

fn too_far() -> Error {
    Error::new(NP_E_INVALID_ARGUMENT, "no stream is as long as that")
}

impl Read for Object<StreamTable> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(self.read_with(buffer, Cancellation::none())?)
    }
}

impl Write for Object<StreamTable> {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let part = &data[..data.len().min(MOST)];
        self.write_with(part, Cancellation::none())?;
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(self.flush_with(Cancellation::none())?)
    }
}

impl Seek for Object<StreamTable> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (offset, origin) = match to {
            SeekFrom::Start(offset) => (i64::try_from(offset).map_err(|_| too_far())?, NP_SEEK_BEGIN),
            SeekFrom::Current(offset) => (offset, NP_SEEK_CURRENT),
            SeekFrom::End(offset) => (offset, NP_SEEK_END),
        };
        let seek = self.members()?.seek.ok_or_else(|| lacks("seek"))?;
        let mut position = 0;
        invoke(|error| seek(self.context, offset, origin, &mut position, error))?;
        Ok(not_negative(position, "position")?)
    }
}

/// An error of a call in std::io, of which it can be had back by `into`.
impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        // Not Interrupted for one that was cancelled: such a call is made again.
        let kind = match error.code {
            NP_E_INVALID_ARGUMENT => ErrorKind::InvalidInput,
            NP_E_NOT_FOUND => ErrorKind::NotFound,
            NP_E_UNSUPPORTED => ErrorKind::Unsupported,
            NP_E_OUT_OF_MEMORY => ErrorKind::OutOfMemory,
            NP_E_PERMISSION => ErrorKind::PermissionDenied,
            _ => ErrorKind::Other,
        };
        io::Error::new(kind, error)
    }
}

/// An error of std::io as that of a call: NP_E_IO, unless there is a code that says more.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        error.downcast::<Error>().unwrap_or_else(|error| {
            let code = match error.kind() {
                ErrorKind::NotFound => NP_E_NOT_FOUND,
                ErrorKind::Unsupported => NP_E_UNSUPPORTED,
                ErrorKind::OutOfMemory => NP_E_OUT_OF_MEMORY,
                ErrorKind::PermissionDenied => NP_E_PERMISSION,
                _ => NP_E_IO,
            };
            Error::new(code, &error.to_string())
        })
    }
}
