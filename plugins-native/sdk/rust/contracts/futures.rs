//! Asynchronous members of the other side's, which a plugin calls and awaits.

use super::super::abi::*;
use super::super::{guarded, Error};
use super::caller::{enough, invoke, message, optional_result, result};
use super::data::Data;
use super::objects::Object;
use super::tables::Table;
use std::ffi::c_void;
use std::future::Future;
use std::marker::PhantomData;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::AcqRel, Ordering::Acquire};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::task::{Context, Poll, Wake, Waker};

/// How a call of the plugin's has ended, with what it brings. For generated code.
pub struct Ended {
    status: i32,
    data: *const c_void,
    size: usize,
    error: *const np_error_info,
}

impl Ended {
    fn check(&self) -> Result<(), Error> {
        match self.status {
            NP_OK => Ok(()),
            code => Err(Error { code, message: unsafe { message(self.error) } }),
        }
    }

    pub fn nothing(self) -> Result<(), Error> {
        self.check()
    }

    pub fn flat<T: Data>(self) -> Result<T, Error> {
        self.check()?;
        unsafe { result(self.data, self.size) }
    }

    pub fn elements<T: Data>(self) -> Result<Vec<T>, Error> {
        self.check()?;
        let bytes = unsafe { super::slice(self.data.cast::<u8>(), self.size, "result")? };
        super::caller::elements_of(bytes)
    }

    pub fn text(self) -> Result<String, Error> {
        self.elements::<u8>().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    pub fn one<T: Data, R>(self, take: impl FnOnce(&T) -> R) -> Result<R, Error> {
        self.check()?;
        unsafe { result::<T>(self.data, self.size) }.map(|value| take(&value))
    }

    pub fn maybe<T: Data, R>(self, take: impl FnOnce(Option<&T>) -> R) -> Result<R, Error> {
        self.check()?;
        unsafe { optional_result::<T>(self.data, self.size) }.map(|value| take(value.as_ref()))
    }

    pub fn object<T: Table>(self) -> Result<Option<Object<T>>, Error> {
        self.check()?;
        enough(self.data, self.size, size_of::<np_object>())?;
        unsafe { Object::received(self.data.cast::<np_object>(), "result") }
    }
}

struct Shared<R> {
    state: Mutex<State<R>>,
    ended: Condvar,
}

struct State<R> {
    outcome: Option<Result<R, Error>>,
    is_ended: bool,
    waker: Option<Waker>,
}

impl<R> Shared<R> {
    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn end(&self, outcome: Result<R, Error>) {
        let waker = {
            let mut state = self.lock();
            (state.outcome, state.is_ended) = (Some(outcome), true);
            state.waker.take()
        };
        self.ended.notify_all();
        waker.into_iter().for_each(Waker::wake);
    }
}

/// The result of an asynchronous call, which has begun: to be awaited, within [`spawn`] say, or waited for. What the call was given is the other
/// side's until it ends, and so dropping one waits for that.
#[must_use = "dropping it waits for the call"]
pub struct Reply<'call, R>(Arc<Shared<R>>, PhantomData<&'call ()>);

impl<R: Send + 'static> Reply<'_, R> {
    /// Begins a call. For generated code.
    pub fn begin(
        read: impl FnOnce(Ended) -> Result<R, Error> + Send + 'static,
        call: impl FnOnce(*const np_completion, *const np_error_sink) -> i32,
    ) -> Self {
        let shared = Arc::new(Shared { state: Mutex::new(State { outcome: None, is_ended: false, waker: None }), ended: Condvar::new() });
        let end = {
            let shared = shared.clone();
            move |ended: Ended| {
                let outcome = catch_unwind(AssertUnwindSafe(|| read(ended)));
                shared.end(outcome.unwrap_or_else(|_| Err(Error::new(NP_E_FAULT, "what takes the result has panicked"))));
            }
        };
        if let Err(error) = begin(end, call) {
            shared.end(Err(error));
        }
        Reply(shared, PhantomData)
    }

    /// Waits for the end of the call.
    pub fn wait(self) -> Result<R, Error> {
        let mut state = self.0.lock();
        while !state.is_ended {
            state = self.0.ended.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
        state.outcome.take().unwrap_or_else(|| Err(Error::new(NP_E_INVALID_STATE, "the result has been taken")))
    }
}

impl<R> Future for Reply<'_, R> {
    type Output = Result<R, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context) -> Poll<Self::Output> {
        let mut state = self.0.lock();
        match state.outcome.take() {
            Some(outcome) => Poll::Ready(outcome),
            None => {
                state.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl<R> Drop for Reply<'_, R> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        while !state.is_ended {
            state = self.0.ended.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
    }
}

fn begin<F: FnOnce(Ended) + Send + 'static>(end: F, call: impl FnOnce(*const np_completion, *const np_error_sink) -> i32) -> Result<(), Error> {
    #[repr(C)]
    struct Waiting<F> {
        raw: np_completion,
        end: F,
    }

    extern "C" fn complete<F: FnOnce(Ended)>(context: *mut c_void, status: i32, data: *const c_void, size: usize, error: *const np_error_info) -> i32 {
        guarded(std::ptr::null(), || {
            let waiting = unsafe { Box::from_raw(context.cast::<Waiting<F>>()) };
            (waiting.end)(Ended { status, data, size, error });
            Ok(())
        })
    }

    let raw = np_completion { struct_size: size_of::<np_completion>() as u32, reserved: 0, context: std::ptr::null_mut(), complete: complete::<F> };
    let waiting = Box::into_raw(Box::new(Waiting { raw, end }));
    unsafe { (*waiting).raw.context = waiting.cast() };
    // A call that is not accepted is not completed.
    invoke(|error| call(waiting.cast(), error)).inspect_err(|_| drop(unsafe { Box::from_raw(waiting) }))
}

struct Task {
    future: Mutex<Option<Pin<Box<dyn Future<Output = ()> + Send>>>>,
    wakes: AtomicUsize,
}

/// Runs a future: up to its first wait here, and from each wait on the thread that ends it. `np::spawn(async move { … })` in an asynchronous
/// member ends its completion at last; one that panics drops it.
pub fn spawn(future: impl Future<Output = ()> + Send + 'static) {
    Task::run(&Arc::new(Task { future: Mutex::new(Some(Box::pin(future))), wakes: AtomicUsize::new(0) }));
}

impl Task {
    // Only one thread polls; one that comes meanwhile has it poll again.
    fn run(self: &Arc<Self>) {
        let mut seen = self.wakes.fetch_add(1, AcqRel) + 1;
        if seen > 1 {
            return;
        }
        loop {
            {
                let mut place = self.future.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                let waker = Waker::from(self.clone());
                let has_ended = place.as_mut().is_some_and(|future| {
                    catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(&mut Context::from_waker(&waker)))).map_or(true, |poll| poll.is_ready())
                });
                if has_ended {
                    let _ = catch_unwind(AssertUnwindSafe(|| *place = None));
                }
            }
            match self.wakes.compare_exchange(seen, 0, AcqRel, Acquire) {
                Ok(_) => return,
                Err(now) => {
                    self.wakes.fetch_sub(now - 1, AcqRel);
                    seen = 1;
                }
            }
        }
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        Task::run(&self);
    }
}
