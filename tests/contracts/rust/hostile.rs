//! A program that gives the functions of a Rust plugin what no host should, and prints what each of them answers.

use crate::native_plugins::contracts as np;
use crate::native_plugins::{abi::*, Error};
use crate::test_contracts::*;
use np::Exports;
use std::ffi::c_void;
use std::mem::size_of;
use std::ptr::{addr_of, addr_of_mut, null, null_mut};
use std::sync::atomic::{AtomicI32, Ordering::SeqCst};
use std::sync::OnceLock;

static RELEASES: AtomicI32 = AtomicI32::new(0);

struct Subject;

impl FigureVisitor for Subject {
    fn see(&self, figure: &Figure) -> Result<f64, Error> {
        Ok(figure.opacity)
    }
}

impl Store for Subject {
    fn read(&self, key: &str, result: np::Put<str>) -> Result<np::Done, Error> {
        if key == "panic" {
            panic!("as it was asked to");
        }
        result.put(key)
    }

    fn write(&self, _: &str, value: &[u8]) -> Result<(), Error> {
        if value.is_empty() { Ok(()) } else { Err(Error::new(NP_E_IO, "full")) }
    }
}

impl Later for Subject {
    fn report(&self, _: np::KeptContract<ProgressSinkTable>, completion: np::Completion<np::Flat<i32>>) {
        drop(completion);
    }
}

extern "C" fn report(context: *mut c_void, info: *const np_error_info) -> i32 {
    let (text, info) = unsafe { (&mut *context.cast::<String>(), &*info) };
    *text = String::from_utf8_lossy(unsafe { std::slice::from_raw_parts(info.message.cast(), info.message_length) }).into();
    NP_OK
}

extern "C" fn refuse(_: *mut c_void, _: *const c_void, _: usize) -> i32 {
    NP_E_OUT_OF_MEMORY
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
    let subject = Subject;
    let status = function(addr_of!(subject).cast_mut().cast(), &sink);
    println!("{name}: {status} {text}");
}

fn argument<T: np::Data>(name: &str, bytes: *const T) {
    match unsafe { np::argument(bytes, "value") } {
        Ok(_) => println!("{name}: taken"),
        Err(error) => println!("{name}: {} {}", error.code, error.message),
    }
}

/// What the caller makes of a result that comes with this size.
fn received<T: np::Data>(name: &str, bytes: *const T, size: usize) {
    match unsafe { np::result::<T>(bytes.cast(), size) } {
        Ok(_) => println!("{name}: taken"),
        Err(error) => println!("{name}: {} {}", error.code, error.message),
    }
}

extern "C" fn write_twice(_: *mut c_void, sink: *const np_sink, _: *const np_error_sink) -> i32 {
    let (sink, value) = (unsafe { &*sink }, np::Text::from("both"));
    (sink.write)(sink.context, addr_of!(value).cast(), size_of::<np::Text>());
    (sink.write)(sink.context, addr_of!(value).cast(), size_of::<np::Text>())
}

extern "C" fn write_part_of_an_object(_: *mut c_void, sink: *const np_sink, _: *const np_error_sink) -> i32 {
    let (sink, object) = (unsafe { &*sink }, [0u64; 5]);
    (sink.write)(sink.context, addr_of!(object).cast(), 16)
}

/// What is changed while an event is raised is changed on another thread, which may not have to wait for that.
fn raise() {
    static CHANGED: OnceLock<np::Event<SignalsChangedTable>> = OnceLock::new();
    static CALLS: AtomicI32 = AtomicI32::new(0);
    static FIRST: OnceLock<np::Handler<SignalsChangedTable>> = OnceLock::new();
    fn changed() -> &'static np::Event<SignalsChangedTable> {
        CHANGED.get_or_init(Default::default)
    }
    fn add(handler: &np::Handler<SignalsChangedTable>) {
        handler.offer(|raw| unsafe { changed().add(raw) }.map_or_else(|error| error.code, |()| NP_OK));
    }
    fn change() -> Result<(), Error> {
        let last = np::Handler::of(|_: i32| {
            CALLS.fetch_add(1, SeqCst);
            Ok(())
        });
        add(&last);
        add(&last);
        unsafe { changed().remove(FIRST.get().unwrap().raw()) }?;
        changed().raise(|handler| handler.invoke(2))
    }
    let first = FIRST.get_or_init(|| np::Handler::of(|_: i32| std::thread::spawn(change).join().unwrap()));
    add(first);
    changed().raise(|handler| handler.invoke(1)).unwrap();
    println!("{} handlers, {} calls", changed().len(), CALLS.load(SeqCst));
}

/// Bytes with the alignment of a struct.
#[repr(C, align(8))]
struct Bytes([u64; 32]);

impl Bytes {
    fn of<T>(value: &T) -> Self {
        let mut bytes = Bytes([0; 32]);
        unsafe { std::ptr::copy_nonoverlapping(addr_of!(*value).cast::<u8>(), addr_of_mut!(bytes).cast(), size_of::<T>()) };
        bytes
    }

    fn with(mut self, offset: usize, value: u64) -> Self {
        self.0[offset / 8] = value;
        self
    }

    fn at<T>(&self) -> *const T {
        addr_of!(*self).cast()
    }
}

pub fn main() {
    let visitor = <FigureVisitorTable as Exports<Subject>>::TABLE;
    let store = <StoreTable as Exports<Subject>>::TABLE;
    let later = <LaterTable as Exports<Subject>>::TABLE;
    let sink = np_sink { struct_size: 24, reserved: 0, context: null_mut(), write: refuse };
    let mut number = 0.0;
    call("data at NULL", |context, error| (visitor.see)(context, null(), &mut number, error));
    let blank: &Blank = Box::leak(Box::new(Blank::new()));
    call("result at NULL", |context, error| (visitor.see)(context, &Figure::of_blank(blank), null_mut(), error));
    call("no tag", |context, error| (visitor.see)(context, &Figure::new(), &mut number, error));
    call("text at NULL", |context, error| (store.read)(context, null(), 3, &sink, error));
    call("text of too many bytes", |context, error| (store.read)(context, b"x".as_ptr(), usize::MAX, &sink, error));
    call("no sink", |context, error| (store.read)(context, b"x".as_ptr(), 1, null(), error));
    call("sink that refuses", |context, error| (store.read)(context, b"x".as_ptr(), 1, &sink, error));
    call("panic", |context, error| (store.read)(context, b"panic".as_ptr(), 5, &sink, error));
    call("elements at NULL", |context, error| (store.write)(context, b"x".as_ptr(), 1, null(), 1, error));
    call("no elements at NULL", |context, error| (store.write)(context, null(), 0, null(), 0, error));
    call("no completion", |context, error| (later.report)(context, store_of_progress(), null(), error));
    let mut text = String::new();
    let completion = np_completion { struct_size: 24, reserved: 0, context: addr_of_mut!(text).cast(), complete };
    call("completion that is dropped", |context, error| (later.report)(context, store_of_progress(), &completion, error));
    println!("it completed: {text}");

    let circle = Circle::new();
    let figure = Figure::of_circle(&circle);
    argument("unknown tag", Bytes::of(&figure).with(0, 99 << 32 | size_of::<Figure>() as u64).at::<Figure>());
    argument("case at NULL", Bytes::of(&figure).with(8, 0).at::<Figure>());
    argument("below the minimum", Bytes::of(&figure).with(0, 1 << 32 | 16).at::<Figure>());
    argument("not aligned", Bytes::of(&figure).at::<u8>().wrapping_add(1).cast::<Figure>());
    argument("larger than is known", Bytes::of(&Growing::new()).with(0, 200).at::<Growing>());
    let zeros = || Bytes([0; 32]);
    let text = [0u64, 9];
    let mut nested = zeros();
    let itself = addr_of!(nested) as u64;
    nested.0[..2].copy_from_slice(&[itself, 1]);
    argument("list at NULL", zeros().with(8, 5).at::<np::List<i64>>());
    argument("list of too many", zeros().with(0, 8).with(8, 1 << 62).at::<np::List<i64>>());
    argument("list of a text at NULL", zeros().with(0, text.as_ptr() as u64).with(8, 1).at::<np::List<np::Text>>());
    argument("list in itself", nested.at::<Nested>());

    received("record without a size", Bytes::of(&Growing::new()).at::<Growing>(), 3);
    received("record that is cut off", Bytes::of(&Growing::new()).at::<Growing>(), size_of::<Growing>() - 1);
    received("record of an older side", Bytes::of(&Growing::new()).with(0, 24).at::<Growing>(), 24);
    received("list that is cut off", zeros().at::<np::List<i64>>(), 8);
    let refused = np::receive_object::<FeedTable>(|sink, error| write_part_of_an_object(null_mut(), sink, error)).err().unwrap();
    println!("object that is cut off: {} {}", refused.code, refused.message);
    let object = np_object { struct_size: 40, reserved: 0, context: null_mut(), table: addr_of!(*store).cast(), release, finish: None };
    let mut second = NP_OK;
    let write_two_objects = |sink: *const np_sink, _: *const np_error_sink| {
        let write = || unsafe { ((*sink).write)((*sink).context, addr_of!(object).cast(), 40) };
        let first = write();
        second = write();
        first
    };
    let refused = np::receive_object::<FeedTable>(write_two_objects).err().unwrap();
    println!("second object: {} {}", refused.code, refused.message);
    println!("it was refused with {second}, and the first had {} releases", RELEASES.swap(0, SeqCst));
    let refused = np::receive_object::<FeedTable>(|_, _| NP_OK).err().unwrap();
    println!("no object put: {} {}", refused.code, refused.message);
    let mut rogue = [write_twice as *const () as usize; size_of::<RogueTable>() / size_of::<usize>()];
    rogue[0] = size_of::<RogueTable>();
    let mut taken = 0;
    let refused = unsafe { np::Proxy::<RogueTable>::new(null_mut(), rogue.as_ptr().cast()) }.uri_that_is_none(|_| taken += 1).err().unwrap();
    println!("second result: {} {}", refused.code, refused.message);
    println!("{taken} taken");
    raise();

    let raw = np_object { struct_size: 40, reserved: 0, context: null_mut(), table: addr_of!(*store).cast(), release, finish: None };
    let offered = |keep: bool| {
        let (offered, object) = unsafe { np::Offered::new::<StoreTable>(&raw, "value") }.unwrap();
        drop(object);
        let offered = offered.unwrap();
        if keep { offered.keep() } else { drop(offered) }
        RELEASES.swap(0, SeqCst)
    };
    println!("dropped in a call that fails: {} releases", offered(false));
    println!("dropped in a call that succeeds: {} releases", offered(true));
    let short = np_object { struct_size: 32, ..raw };
    println!("object that is too short: {}", unsafe { np::Offered::new::<StoreTable>(&short, "value") }.err().unwrap().message);
}

/// A list of lists, without end.
#[derive(Clone, Copy)]
#[repr(transparent)]
struct Nested(np::List<'static, Nested>);

unsafe impl np::Data for Nested {
    type Kind = Nested;
    const HAS_POINTERS: bool = true;

    fn check(&self, limits: &mut np::Limits) -> Result<(), np::Fault> {
        self.0.check(limits)
    }
}

fn store_of_progress() -> *const ProgressSinkTable {
    <ProgressSinkTable as Exports<Silent>>::TABLE
}

struct Silent;

impl ProgressSink for Silent {
    fn report(&self, _: f64, _: &str) -> Result<bool, Error> {
        Ok(true)
    }
}
