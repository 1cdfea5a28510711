//! test.streams/1: it gives streams, and pulls those of the caller.

use super::ContractRust;
use crate::native_plugins::contracts as np;
use crate::native_plugins::{abi::*, Error};
use crate::test_contracts::*;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

#[derive(Default)]
pub struct State {
    open: Arc<AtomicI32>,
    kept: Arc<Mutex<Option<np::Object<StreamsKeepTextsTable>>>>,
}

pub struct Open(Arc<AtomicI32>);

impl Open {
    pub fn new(count: &Arc<AtomicI32>) -> Self {
        count.fetch_add(1, SeqCst);
        Open(count.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

/// Ten numbers at a time.
struct Counted {
    next: AtomicI32,
    end: i32,
    fail_at: i32,
    _open: Open,
}

impl StreamsCountItems for Counted {
    fn next(&self, most: u32, mut cancellation: np::KeptCancellation, completion: np::Completion<np::One<np::List<'static, i32>>>) {
        if let Err(error) = cancellation.get(&completion).check() {
            return completion.fail(error);
        }
        let first = self.next.load(SeqCst);
        let before_fault = if self.fail_at >= first { self.fail_at } else { i32::MAX };
        let end = self.end.min(before_fault).min(first.saturating_add(most.min(10) as i32));
        if first == self.fail_at && first < self.end {
            return completion.fail(Error::new(NP_E_UNSUPPORTED, "not that one"));
        }
        let numbers: Vec<i32> = (first..end).collect();
        self.next.store(first.max(end), SeqCst);
        completion.complete(&np::List::from(&numbers));
    }
}

/// One person at a time.
struct Named {
    names: Vec<String>,
    next: AtomicUsize,
    _open: Open,
}

impl StreamsNameAllItems for Named {
    fn next(&self, _: u32, _: np::KeptCancellation, completion: np::Completion<np::One<np::List<'static, np::OptionalRef<'static, Person<'static>>>>>) {
        let Some(name) = self.names.get(self.next.fetch_add(1, SeqCst)) else {
            return completion.complete(&np::List::<np::OptionalRef<Person>>::default());
        };
        let person = Person { name: name.into(), age: 36, ..Person::new() };
        let items = [if name.is_empty() { np::OptionalRef::default() } else { (&person).into() }];
        completion.complete(&np::List::from(&items));
    }
}

/// One number, and then nothing.
struct Waiting {
    has_begun: AtomicBool,
    _open: Open,
}

impl StreamsWaitItems for Waiting {
    fn next(&self, _: u32, mut cancellation: np::KeptCancellation, completion: np::Completion<np::One<np::List<'static, i64>>>) {
        if !self.has_begun.swap(true, SeqCst) {
            return completion.complete(&np::List::from(&[1i64]));
        }
        thread::spawn(move || {
            while !cancellation.get(&completion).is_cancelled() {
                thread::sleep(Duration::from_millis(1));
            }
            completion.fail(Error::new(NP_E_CANCELLED, ""));
        });
    }
}

async fn sum(numbers: &np::Object<StreamsSumNumbersTable>, most: i32, cancellation: np::Cancellation<'_>) -> Result<i64, Error> {
    let (mut sum, mut left) = (0, most);
    loop {
        let items = numbers.next(64, cancellation, |items| items.to_vec())?.await?;
        if items.is_empty() {
            return Ok(sum);
        }
        for item in items {
            if left == 0 {
                return Ok(sum);
            }
            left -= 1;
            sum += i64::from(item);
        }
    }
}

async fn next_text(texts: &np::Object<StreamsKeepTextsTable>) -> Result<Option<String>, Error> {
    texts.next(1, np::Cancellation::none(), |texts| texts.first().map(|text| text.to_str().into_owned()))?.await
}

impl Streams for ContractRust {
    fn count(&self, count: i32, fail_at: i32, result: np::Put<np::Given<StreamsCountItemsTable>>) -> Result<np::Done, Error> {
        result.put(Arc::new(Counted { next: AtomicI32::new(0), end: count, fail_at, _open: Open::new(&self.streams.open) }))
    }

    fn name_all(&self, names: Option<&np::List<np::Text>>, result: np::Put<np::MaybeGiven<StreamsNameAllItemsTable>>) -> Result<np::Done, Error> {
        result.put(names.map(|names| {
            let names = names.iter().map(|name| name.to_str().into_owned()).collect();
            Arc::new(Named { names, next: AtomicUsize::new(0), _open: Open::new(&self.streams.open) })
        }))
    }

    fn wait(&self, result: np::Put<np::Given<StreamsWaitItemsTable>>) -> Result<np::Done, Error> {
        result.put(Arc::new(Waiting { has_begun: AtomicBool::new(false), _open: Open::new(&self.streams.open) }))
    }

    fn count_open(&self) -> Result<i32, Error> {
        Ok(self.streams.open.load(SeqCst))
    }

    fn sum(&self, numbers: np::Object<StreamsSumNumbersTable>, most: i32, mut cancellation_token: np::KeptCancellation, completion: np::Completion<np::Flat<i64>>) {
        np::spawn(async move {
            let outcome = sum(&numbers, most, cancellation_token.get(&completion)).await;
            drop(numbers);
            completion.finish(outcome);
        });
    }

    fn keep(&self, texts: Option<np::Object<StreamsKeepTextsTable>>) -> Result<bool, Error> {
        let is_one = texts.is_some();
        *self.streams.kept.lock().unwrap() = texts;
        Ok(is_one)
    }

    fn next_kept(&self, completion: np::Completion<np::Maybe<np::Text<'static>>>) {
        let place = self.streams.kept.clone();
        let Some(texts) = place.lock().unwrap().take() else {
            return completion.fail(Error::new(NP_E_INVALID_STATE, "no stream is kept"));
        };
        np::spawn(async move {
            let outcome = next_text(&texts).await;
            if let Ok(Some(_)) = &outcome {
                *place.lock().unwrap() = Some(texts);
            }
            match outcome {
                Ok(text) => completion.complete(text.as_deref().map(np::Text::new).as_ref()),
                Err(error) => completion.fail(error),
            }
        });
    }
}
