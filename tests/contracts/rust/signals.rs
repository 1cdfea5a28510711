//! test.signals/1: it raises events, and listens to those of the application.

use super::ContractRust;
use crate::native_plugins::contracts as np;
use crate::native_plugins::Error;
use crate::test_contracts::*;
use std::sync::{Arc, Mutex};

pub struct State {
    changed: np::Event<SignalsChangedTable>,
    closed: np::Event<SignalsClosedTable>,
    moved: np::Event<SignalsMovedTable>,
    heard: Arc<Mutex<String>>,
    hearing: np::Handler<FeedSaidTable>,
    feeds: Mutex<Vec<np::Object<FeedTable>>>,
}

impl Default for State {
    fn default() -> Self {
        let heard = Arc::new(Mutex::new(String::new()));
        let all = heard.clone();
        State {
            changed: Default::default(),
            closed: Default::default(),
            moved: Default::default(),
            heard,
            hearing: np::Handler::of(move |said: &str| {
                all.lock().unwrap().push_str(said);
                Ok(())
            }),
            feeds: Mutex::default(),
        }
    }
}

impl Signals for ContractRust {
    fn changed(&self) -> &np::Event<SignalsChangedTable> {
        &self.signals.changed
    }

    fn closed(&self) -> &np::Event<SignalsClosedTable> {
        &self.signals.closed
    }

    fn moved(&self) -> &np::Event<SignalsMovedTable> {
        &self.signals.moved
    }

    fn raise(&self, value: i32) -> Result<(), Error> {
        self.signals.changed.raise(|handler| handler.invoke(value))
    }

    fn raise_others(&self, person: &Person) -> Result<(), Error> {
        self.signals.closed.raise(|handler| handler.invoke())?;
        self.signals.moved.raise(|handler| handler.invoke(person))
    }

    fn count_handlers(&self) -> Result<i32, Error> {
        Ok(self.signals.changed.len() as i32)
    }

    fn follow(&self, feed: np::Object<FeedTable>) -> Result<(), Error> {
        feed.add_said(&self.signals.hearing)?;
        self.signals.feeds.lock().unwrap().push(feed);
        Ok(())
    }

    fn heard(&self, result: np::Put<str>) -> Result<np::Done, Error> {
        result.put(&*self.signals.heard.lock().unwrap())
    }

    fn stop_listening(&self) -> Result<(), Error> {
        self.signals.feeds.lock().unwrap().iter().try_for_each(|feed| feed.remove_said(&self.signals.hearing))
    }

    fn drop_feeds(&self) -> Result<(), Error> {
        let feeds = std::mem::take(&mut *self.signals.feeds.lock().unwrap());
        feeds.into_iter().try_for_each(np::Object::release)
    }

    fn open(&self, open: np::Proxy<SignalsOpenOpenTable>, result: np::Put<str>) -> Result<np::Done, Error> {
        match open.invoke("asked for")? {
            Some(session) => result.put(&session.get_name()?),
            None => result.put("none"),
        }
    }
}
