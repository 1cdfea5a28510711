//! All of them in Rust.

#[path = "sdk/native_plugins.rs"]
mod native_plugins;
#[path = "include/everyday.rs"]
mod everyday;

use everyday::*;
use native_plugins::contracts as np;
use native_plugins::{abi::np_host, plugin, Error, Plugin};
use std::sync::atomic::{AtomicI32, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

#[derive(Default)]
struct Everyday {
    name: Mutex<String>,
    said: np::Event<EventSaidTable>,
}

impl Plugin for Everyday {
    const HAS_COMMAND: bool = false;
    const CONTRACTS: &'static [np::Contract<Self>] = &[
        np::Contract::of::<TextTable>(), np::Contract::of::<MaybeTextTable>(), np::Contract::of::<MaybeNumberTable>(), np::Contract::of::<TextsTable>(),
        np::Contract::of::<NumbersTable>(), np::Contract::of::<ReadOnlyTable>(), np::Contract::of::<ImmutableTable>(), np::Contract::of::<DictionaryOfTable>(),
        np::Contract::of::<DirectoryTable>(), np::Contract::of::<SetOfTable>(), np::Contract::of::<RecordTable>(), np::Contract::of::<MaybeRecordTable>(),
        np::Contract::of::<CasesTable>(), np::Contract::of::<GuidTable>(), np::Contract::of::<InstantTable>(), np::Contract::of::<UtcTable>(),
        np::Contract::of::<DateTable>(), np::Contract::of::<TimeTable>(), np::Contract::of::<TimeSpanTable>(), np::Contract::of::<DecimalTable>(),
        np::Contract::of::<HalfTable>(), np::Contract::of::<Int128Table>(), np::Contract::of::<TupleTable>(), np::Contract::of::<UriTable>(),
        np::Contract::of::<VersionTable>(), np::Contract::of::<EnumTable>(), np::Contract::of::<PropertyTable>(), np::Contract::of::<EventTable>(),
        np::Contract::of::<TaskTable>(), np::Contract::of::<StreamTable>(), np::Contract::of::<ActionTable>(), np::Contract::of::<FuncTable>(),
        np::Contract::of::<FactoryTable>(), np::Contract::of::<OutTable>(), np::Contract::of::<RefTable>(), np::Contract::of::<SpanTable>(),
        np::Contract::of::<DerivedTable>(), np::Contract::of::<NestedTable>(),
    ];

    fn create(_: &np_host) -> Result<Self, Error> {
        Ok(Everyday::default())
    }
}

macro_rules! same {
    ($($contract:ident $type:ty;)*) => { $(impl $contract for Everyday {
        fn echo(&self, value: $type) -> Result<$type, Error> { Ok(value) }
    })* };
}
same! { Guid np::Uuid; Instant np::Instant; Utc i64; Date i32; Time i64; TimeSpan i64; Decimal np::Decimal; Half u16; Int128 np::Int128; Enum Level; }

macro_rules! put {
    ($($contract:ident $type:ty, $kind:ty;)*) => { $(impl $contract for Everyday {
        fn echo(&self, value: &$type, result: np::Put<np::One<$kind>>) -> Result<np::Done, Error> { result.put(value) }
    })* };
}
put! {
    Texts np::List<np::Text>, np::List<'static, np::Text<'static>>;
    Numbers np::List<i64>, np::List<'static, i64>;
    ReadOnly np::List<np::Text>, np::List<'static, np::Text<'static>>;
    Immutable np::List<i32>, np::List<'static, i32>;
    DictionaryOf np::List<np::Pair<np::Text, i32>>, np::List<'static, np::Pair<np::Text<'static>, i32>>;
    Directory np::List<np::Pair<np::Text, np::Ref<Person>>>, np::List<'static, np::Pair<np::Text<'static>, np::Ref<'static, Person<'static>>>>;
    SetOf np::List<np::Text>, np::List<'static, np::Text<'static>>;
    Record Person, Person<'static>;
    Cases Payment, Payment<'static>;
    Tuple np::Tuple2<i32, np::Text>, np::Tuple2<i32, np::Text<'static>>;
}

macro_rules! text {
    ($($contract:ident)*) => { $(impl $contract for Everyday {
        fn echo(&self, value: &str, result: np::Put<str>) -> Result<np::Done, Error> { result.put(value) }
    })* };
}
text!(Text Nested);

macro_rules! written {
    ($($contract:ident)*) => { $(impl $contract for Everyday {
        fn echo(&self, value: &str, result: np::Put<np::One<np::Text<'static>>>) -> Result<np::Done, Error> { result.put(&np::Text::new(value)) }
    })* };
}
written!(Uri Version);

impl MaybeText for Everyday {
    fn echo(&self, value: Option<&str>, result: np::Put<np::Maybe<np::Text<'static>>>) -> Result<np::Done, Error> {
        result.put(value.map(np::Text::new).as_ref())
    }
}

impl MaybeNumber for Everyday {
    fn echo(&self, value: Option<i32>) -> Result<np::Nullable<i32>, Error> {
        Ok(value.into())
    }
}

impl MaybeRecord for Everyday {
    fn echo(&self, value: Option<&Person>, result: np::Put<np::Maybe<Person<'static>>>) -> Result<np::Done, Error> {
        result.put(value)
    }
}

impl Property for Everyday {
    fn get_name(&self, result: np::Put<str>) -> Result<np::Done, Error> {
        result.put(&*self.name.lock().unwrap())
    }

    fn set_name(&self, value: &str) -> Result<(), Error> {
        *self.name.lock().unwrap() = value.into();
        Ok(())
    }
}

impl Event for Everyday {
    fn said(&self) -> &np::Event<EventSaidTable> {
        &self.said
    }

    fn say(&self, text: &str) -> Result<(), Error> {
        self.said.raise(|handler| handler.invoke(text))
    }
}

impl Task for Everyday {
    fn echo_async(&self, value: &str, _: np::KeptCancellation, completion: np::Completion<str>) {
        completion.complete(value);
    }
}

struct Counting(AtomicI32, i32);

impl StreamCountAsyncItems for Counting {
    fn next(&self, _: u32, _: np::KeptCancellation, completion: np::Completion<np::One<np::List<'static, i32>>>) {
        let number = [self.0.fetch_add(1, SeqCst)];
        completion.complete(&np::List::from(if number[0] < self.1 { &number[..] } else { &[] }));
    }
}

impl Stream for Everyday {
    fn count_async(&self, count: i32, result: np::Put<np::Given<StreamCountAsyncItemsTable>>) -> Result<np::Done, Error> {
        result.put(Arc::new(Counting(AtomicI32::new(0), count)))
    }
}

impl Action for Everyday {
    fn each(&self, count: i32, take: np::Proxy<ActionEachTakeTable>) -> Result<(), Error> {
        (0..count).try_for_each(|number| take.invoke(number))
    }
}

impl Func for Everyday {
    fn convert(&self, value: &str, convert: np::Proxy<FuncConvertConvertTable>, result: np::Put<str>) -> Result<np::Done, Error> {
        result.put(&convert.invoke(value)?)
    }
}

struct Named(String);

impl Session for Named {
    fn get_name(&self, result: np::Put<str>) -> Result<np::Done, Error> {
        result.put(&self.0)
    }
}

impl Factory for Everyday {
    fn open(&self, name: &str, result: np::Put<np::Given<SessionTable>>) -> Result<np::Done, Error> {
        result.put(Arc::new(Named(name.into())))
    }
}

impl Out for Everyday {
    fn try_find(&self, name: &str, found: np::Put<np::Maybe<Person<'static>>>) -> Result<bool, Error> {
        let ada = Person { name: "Ada".into(), age: 36, ..Person::new() };
        found.put((name == "Ada").then_some(&ada))?;
        Ok(name == "Ada")
    }
}

impl Ref for Everyday {
    fn append(&self, text: &str, text_result: np::Put<str>, more: &str) -> Result<(), Error> {
        text_result.put(&format!("{text}{more}")).map(drop)
    }
}

impl Span for Everyday {
    fn reverse(&self, bytes: &mut [u8]) -> Result<(), Error> {
        bytes.reverse();
        Ok(())
    }
}

impl Derived for Everyday {
    fn twice(&self, value: &str, result: np::Put<str>) -> Result<np::Done, Error> {
        result.put(&value.repeat(2))
    }
}

plugin!(Everyday, id: "everyday_rust", name: "Everyday", version: "1.0.0", flags: 0);
