//! test.callbacks/1: it calls what it is lent, and lends a callback of its own.

use super::ContractRust;
use crate::native_plugins::contracts as np;
use crate::native_plugins::{abi::*, Error};
use crate::test_contracts::*;
use std::sync::atomic::{AtomicI32, Ordering::SeqCst};
use std::sync::Arc;

type MaybeText = np::Maybe<np::Text<'static>>;

async fn sum(count: i32, read: Option<np::Proxy<'_, CallbacksSumLaterReadTable>>, cancellation: np::Cancellation<'_>) -> Result<i32, Error> {
    let read = read.ok_or_else(|| Error::new(NP_E_INVALID_ARGUMENT, "read is NULL"))?;
    let mut sum = 0;
    for number in 0..count {
        sum += read.invoke(number, cancellation)?.await?;
    }
    Ok(sum)
}

impl Callbacks for ContractRust {
    fn visit_all(&self, count: i32, visit: np::Proxy<CallbacksVisitAllVisitTable>) -> Result<(), Error> {
        (0..count).try_for_each(|number| visit.invoke(number))
    }

    fn count(&self, texts: &np::List<np::Text>, matches: Option<np::Proxy<CallbacksCountMatchesTable>>) -> Result<i32, Error> {
        let mut count = 0;
        for text in texts.iter() {
            count += matches.map_or(Ok(true), |matches| matches.invoke(&text.to_str()))? as i32;
        }
        Ok(count)
    }

    fn describe(&self, person: Option<&Person>, prefix: Option<&str>, describer: np::Proxy<CallbacksDescribeDescriberTable>, result: np::Put<MaybeText>) -> Result<np::Done, Error> {
        describer.invoke(person, prefix, |description| result.put(description))?
    }

    fn combine(&self, values: &[i32], combiner: np::Proxy<CallbacksCombineCombinerTable>) -> Result<i64, Error> {
        let (first, second) = values.split_at(values.len() / 2);
        let mut whole = 0;
        Ok(if combiner.invoke(first, &mut whole)? && combiner.invoke(second, &mut whole)? { whole } else { -1 })
    }

    fn sum_later(&self, count: i32, mut read: np::KeptContract<CallbacksSumLaterReadTable>, mut cancellation_token: np::KeptCancellation, completion: np::Completion<np::Flat<i32>>) {
        np::spawn(async move {
            let outcome = sum(count, read.get(&completion), cancellation_token.get(&completion)).await;
            completion.finish(outcome);
        });
    }

    // What is lent for the call cannot be kept: the compiler refuses it.
    fn keep_too_long(&self, _: np::Proxy<CallbacksKeepTooLongDoneTable>, result: np::Put<str>) -> Result<np::Done, Error> {
        result.put("")
    }

    fn nest(&self, take: np::Proxy<CallbacksNestTakeTable>) -> Result<(), Error> {
        let taken = Arc::new(AtomicI32::new(0));
        let count = taken.clone();
        let own = move |value: &str| {
            if value != "told" {
                return Err(Error::new(NP_E_INVALID_STATE, "told something else"));
            }
            count.fetch_add(1, SeqCst);
            Ok(())
        };
        take.invoke(&own, None::<&NoProgress>)?;
        if taken.load(SeqCst) == 1 { Ok(()) } else { Err(Error::new(NP_E_FAULT, "not told once")) }
    }
}

struct NoProgress;

impl ProgressSink for NoProgress {
    fn report(&self, _: f64, _: &str) -> Result<bool, Error> {
        Ok(true)
    }
}
