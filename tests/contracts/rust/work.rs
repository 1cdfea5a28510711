//! test.work/2, test.tasks/1, test.serial/1, test.store_user/1 and test.evolving/1.

use super::ContractRust;
use crate::native_plugins::contracts as np;
use crate::native_plugins::{abi::*, Error};
use crate::test_contracts::{NativePluginsTestContractsBox as Box_, *};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

#[derive(Default)]
pub struct State {
    waiting: Mutex<Vec<(np::Completion<np::Flat<i32>>, i32)>>,
    inside: Arc<Mutex<(i32, i32)>>,
}

fn nap() {
    thread::sleep(Duration::from_millis(1));
}

fn count(steps: i32, progress: Option<np::Proxy<ProgressSinkTable>>) -> Result<i32, Error> {
    for step in 1..=steps {
        if let Some(progress) = progress {
            if !progress.report(step as f64 / steps as f64, &format!("step {step}"))? {
                return Ok(step);
            }
        }
    }
    Ok(steps)
}

fn outcome(how: &str) -> Result<(), Error> {
    let (code, message) = match how {
        "argument" => (NP_E_INVALID_ARGUMENT, "bad argument"),
        "operation" => (NP_E_INVALID_STATE, "bad operation"),
        "supported" => (NP_E_UNSUPPORTED, "not supported"),
        "cancelled" => (NP_E_CANCELLED, "cancelled by itself"),
        "memory" => (NP_E_OUT_OF_MEMORY, "no memory"),
        "other" => (NP_E_FAULT, "too late"),
        _ => return Ok(()),
    };
    Err(Error::new(code, message))
}

impl Work for ContractRust {
    fn add(&self, a: i32, b: i32) -> Result<i32, Error> {
        Ok(a.wrapping_add(b))
    }

    fn add_fast(&self, a: i32, b: i32) -> Result<i32, Error> {
        Ok(a.wrapping_add(b))
    }

    fn count(&self, steps: i32, progress: np::Proxy<ProgressSinkTable>) -> Result<i32, Error> {
        count(steps, Some(progress))
    }

    fn count_optional(&self, steps: i32, progress: Option<np::Proxy<ProgressSinkTable>>) -> Result<i32, Error> {
        count(steps, progress)
    }

    fn fail(&self, how: &str) -> Result<(), Error> {
        outcome(how)
    }

    fn wait_for_cancellation(&self, progress: Option<np::Proxy<ProgressSinkTable>>, cancellation_token: np::Cancellation) -> Result<bool, Error> {
        if let Some(progress) = progress {
            progress.report(0.0, "waiting")?;
        }
        while cancellation_token.can_be_cancelled() && !cancellation_token.is_cancelled() {
            nap();
        }
        Ok(cancellation_token.can_be_cancelled())
    }

    fn add_later(&self, a: i32, b: i32, is_later: bool, completion: np::Completion<np::Flat<i32>>) {
        if is_later {
            self.work.waiting.lock().unwrap().push((completion, a.wrapping_add(b)));
        } else {
            completion.complete(a.wrapping_add(b));
        }
    }

    fn complete(&self) -> Result<(), Error> {
        let waiting = std::mem::take(&mut *self.work.waiting.lock().unwrap());
        waiting.into_iter().for_each(|(completion, sum)| completion.complete(sum));
        Ok(())
    }

    fn reverse(&self, mut bytes: np::KeptSliceMut<u8>, mut added: np::KeptSlice<u8>, _: np::KeptCancellation, completion: np::Completion<()>) {
        let bytes = bytes.get(&completion);
        bytes.reverse();
        for (byte, more) in bytes.iter_mut().zip(added.get(&completion)) {
            *byte = byte.wrapping_add(*more);
        }
        completion.complete(());
    }

    fn echo_text(&self, value: &str, _: np::KeptCancellation, completion: np::Completion<str>) {
        completion.complete(value);
    }

    fn echo_boxes(&self, mut values: np::KeptSlice<Box_>, completion: np::Completion<[Box_]>) {
        let copy = values.get(&completion).to_vec();
        completion.complete(&copy);
    }

    fn negate(&self, value: bool, completion: np::Completion<np::Flat<np::Bool>>) {
        completion.complete(!value);
    }

    fn wait_later(&self, mut cancellation_token: np::KeptCancellation, completion: np::Completion<()>) {
        thread::spawn(move || {
            while !cancellation_token.get(&completion).is_cancelled() {
                nap();
            }
            completion.fail(Error::new(NP_E_CANCELLED, ""));
        });
    }

    fn fail_later(&self, how: &str, completion: np::Completion<()>) {
        completion.finish(outcome(how));
    }

    fn count_later(&self, steps: i32, mut progress: np::KeptContract<ProgressSinkTable>, _: np::KeptCancellation, completion: np::Completion<np::Flat<i32>>) {
        thread::spawn(move || {
            let counted = count(steps, progress.get(&completion));
            completion.finish(counted);
        });
    }
}

impl Tasks for ContractRust {
    fn add_later(&self, a: i32, b: i32, is_later: bool, completion: np::Completion<np::Flat<i32>>) {
        Work::add_later(self, a, b, is_later, completion);
    }

    fn complete(&self) -> Result<(), Error> {
        Work::complete(self)
    }

    fn reverse(&self, bytes: np::KeptSliceMut<u8>, added: np::KeptSlice<u8>, cancellation_token: np::KeptCancellation, completion: np::Completion<()>) {
        Work::reverse(self, bytes, added, cancellation_token, completion);
    }

    fn echo_text(&self, value: &str, cancellation_token: np::KeptCancellation, completion: np::Completion<str>) {
        Work::echo_text(self, value, cancellation_token, completion);
    }

    fn echo_boxes(&self, values: np::KeptSlice<Box_>, completion: np::Completion<[Box_]>) {
        Work::echo_boxes(self, values, completion);
    }

    fn negate(&self, value: bool, completion: np::Completion<np::Flat<np::Bool>>) {
        Work::negate(self, value, completion);
    }

    fn wait_later(&self, cancellation_token: np::KeptCancellation, completion: np::Completion<()>) {
        Work::wait_later(self, cancellation_token, completion);
    }

    fn fail_later(&self, how: &str, completion: np::Completion<()>) {
        Work::fail_later(self, how, completion);
    }
}

impl Serial for ContractRust {
    fn most(&self, progress: Option<np::Proxy<ProgressSinkTable>>) -> Result<i32, Error> {
        {
            let mut inside = self.work.inside.lock().unwrap();
            inside.0 += 1;
            inside.1 = inside.1.max(inside.0);
        }
        let reported = progress.map_or(Ok(true), |progress| progress.report(0.0, "inside"));
        let mut inside = self.work.inside.lock().unwrap();
        inside.0 -= 1;
        reported.map(|_| inside.1)
    }

    fn most_later(&self, _: np::KeptCancellation, completion: np::Completion<np::Flat<i32>>) {
        completion.finish(self.most(None));
    }
}

impl StoreUser for ContractRust {
    fn fetch(&self, key: &str, result: np::Put<str>) -> Result<np::Done, Error> {
        match self.host.contract::<StoreTable>() {
            Some(store) => result.put(&store.read(key)?),
            None => result.put("no store"),
        }
    }

    fn keep(&self, key: &str, value: &[u8]) -> Result<(), Error> {
        let store = self.host.contract::<StoreTable>().ok_or_else(|| Error::new(NP_E_NOT_FOUND, "no store"))?;
        store.write(key, value)
    }
}

impl Evolving for ContractRust {
    fn add(&self, a: i32, b: i32) -> Result<i32, Error> {
        Ok(a + b)
    }

    fn get_name(&self, result: np::Put<str>) -> Result<np::Done, Error> {
        result.put("new")
    }

    fn multiply(&self, a: i32, b: i32) -> Result<i32, Error> {
        Ok(1000 + a * b)
    }

    fn get_origin(&self, result: np::Put<str>) -> Result<np::Done, Error> {
        result.put("made in Rust")
    }
}
