//! test.exchange/1: what has pointers comes back through a sink, as a result does.

use super::ContractRust;
use crate::native_plugins::contracts as np;
use crate::native_plugins::{abi::*, Error};
use crate::test_contracts::*;

type MaybeText = np::Maybe<np::Text<'static>>;

impl Exchange for ContractRust {
    fn spread(
        &self, text: &str, note: Option<&str>, person: &Person, texts: &np::List<np::Text>, numbers: &np::List<i32>, figure: Option<&Figure>,
        out_text: np::Put<str>, out_note: np::Put<MaybeText>, out_person: np::Put<np::One<Person<'static>>>,
        out_texts: np::Put<np::One<np::List<'static, np::Text<'static>>>>, out_numbers: np::Put<[i32]>, out_figure: np::Put<np::Maybe<Figure<'static>>>,
    ) -> Result<(), Error> {
        out_text.put(text)?;
        out_note.put(note.map(np::Text::new).as_ref())?;
        out_person.put(person)?;
        out_texts.put(texts)?;
        out_numbers.put(numbers.as_slice())?;
        out_figure.put(figure)?;
        Ok(())
    }

    fn try_find(&self, name: &str, person: np::Put<np::Maybe<Person<'static>>>) -> Result<bool, Error> {
        let ada = Person { name: "Ada".into(), age: 36, mode: Mode::FAST, is_here: true.into(), ..Person::new() };
        person.put((name == "Ada").then_some(&ada))?;
        Ok(name == "Ada")
    }

    fn measure(
        &self, text: &str, length: &mut i32, both: np::Put<np::One<np::Tuple2<i32, np::OptionalText<'static>>>>, result: np::Put<str>,
    ) -> Result<np::Done, Error> {
        *length = text.len() as i32;
        both.put(&np::Tuple2 { item1: *length, item2: np::OptionalText::from(text) })?;
        result.put(text)
    }

    fn change(
        &self, text: &str, text_result: np::Put<str>, note: Option<&str>, note_result: np::Put<MaybeText>, address: Option<&Address>,
        address_result: np::Put<np::Maybe<Address<'static>>>, numbers: Option<&np::List<i64>>, numbers_result: np::Put<np::Maybe<np::List<'static, i64>>>,
        points: &np::List<Point>, points_result: np::Put<[Point]>, pair: &np::Tuple2<i32, np::Text>,
        pair_result: np::Put<np::One<np::Tuple2<i32, np::Text<'static>>>>,
    ) -> Result<(), Error> {
        if text == "fail" {
            text_result.put("lost")?;
            return Err(Error::new(NP_E_INVALID_STATE, "as it was asked to"));
        }
        let some_address = Address { street: "street".into(), position: Point { x: 1.0, y: 2.0 }, ..Address::new() };
        text_result.put(&format!("{text}!"))?;
        note_result.put(note.is_none().then_some(&np::Text::new("text")))?;
        address_result.put(address.is_none().then_some(&some_address))?;
        numbers_result.put(numbers.is_none().then_some(&np::List::new(&[1i64, 2, 3])))?;
        points_result.put(points.as_slice())?;
        pair_result.put(&np::Tuple2 { item1: pair.item1 + 1, item2: pair.item2 })?;
        Ok(())
    }
}
