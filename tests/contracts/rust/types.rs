//! test.types/1, test.settings/1, test.shape/1 and test.resizable/1.

use super::ContractRust;
use crate::native_plugins::contracts as np;
use crate::native_plugins::{abi::*, Error};
use crate::test_contracts::{NativePluginsTestContractsBox as Box_, *};
use std::sync::Mutex;

pub struct State(pub Mutex<Values_>);

pub struct Values_ {
    name: String,
    title: String,
    secret: Vec<u8>,
    level: i32,
    is_on: bool,
    mode: Mode,
    r#box: Box_,
    gain: f64,
    label: String,
    area: f64,
    pub value_name: Option<String>,
}

impl Default for State {
    fn default() -> Self {
        State(Mutex::new(Values_ {
            name: String::new(),
            title: String::new(),
            secret: Vec::new(),
            level: 0,
            is_on: false,
            mode: Mode::default(),
            r#box: Box_::default(),
            gain: 0.0,
            label: String::new(),
            area: 1.0,
            value_name: None,
        }))
    }
}

macro_rules! same {
    ($($name:ident $type:ty)*) => { $(fn $name(&self, value: $type) -> Result<$type, Error> { Ok(value) })* };
}
macro_rules! copy {
    ($($name:ident $type:ty)*) => { $(fn $name(&self, values: &[$type], result: np::Put<[$type]>) -> Result<np::Done, Error> { result.put(values) })* };
}

impl Types for ContractRust {
    same!(echo_s_byte i8 echo_byte u8 echo_int16 i16 echo_u_int16 u16 echo_int32 i32 echo_u_int32 u32 echo_int64 i64 echo_u_int64 u64
          echo_single f32 echo_double f64 echo_int_ptr isize echo_u_int_ptr usize echo_bool bool echo_mode Mode echo_wide Wide);
    copy!(copy_bytes u8 copy_doubles f64 copy_boxes Box_ copy_modes Mode);

    fn echo_pixel(&self, value: &Pixel) -> Result<Pixel, Error> {
        Ok(*value)
    }

    fn echo_box(&self, value: &Box_) -> Result<Box_, Error> {
        Ok(*value)
    }

    fn echo_text(&self, value: &str, result: np::Put<str>) -> Result<np::Done, Error> {
        result.put(value)
    }

    // In pieces of three bytes, which cut characters in two.
    fn join(&self, first: &str, second: &str, result: np::Put<str>) -> Result<np::Done, Error> {
        result.put_pieces(first.as_bytes().chunks(3).chain([second.as_bytes()]))
    }

    fn reverse_bytes(&self, values: &mut [u8]) -> Result<(), Error> {
        values.reverse();
        Ok(())
    }

    fn reverse_boxes(&self, values: &mut [Box_]) -> Result<(), Error> {
        values.reverse();
        Ok(())
    }

    fn spread(&self, number: i64, flag: bool, wide: Wide, r#box: &Box_, out_number: &mut i64, out_flag: &mut np::Bool, out_wide: &mut Wide, out_box: &mut Box_) -> Result<(), Error> {
        (*out_number, *out_flag, *out_wide, *out_box) = (number, flag.into(), wide, *r#box);
        Ok(())
    }

    fn change(&self, number: &mut i32, flag: &mut np::Bool, mode: &mut Mode, r#box: &mut Box_) -> Result<(), Error> {
        *number = number.wrapping_add(1);
        *flag = (!flag.get()).into();
        mode.0 = mode.0.wrapping_add(1);
        r#box.count = r#box.count.wrapping_neg();
        Ok(())
    }

    fn mixed(&self, bytes: &[u8], text: &str, number: i32, is_negative: bool, written: &mut [i32]) -> Result<i64, Error> {
        written.fill(number);
        let sum = bytes.len() as i64 + i64::from(bytes.first().copied().unwrap_or(0)) + text.len() as i64 + i64::from(number);
        Ok(if is_negative { -sum } else { sum })
    }

    fn do_nothing(&self) -> Result<(), Error> {
        Ok(())
    }
}

macro_rules! property {
    ($($get:ident $set:ident $field:ident $type:ty)*) => { $(
        fn $get(&self) -> Result<$type, Error> { Ok(self.settings.0.lock().unwrap().$field) }
        fn $set(&self, value: $type) -> Result<(), Error> { self.settings.0.lock().unwrap().$field = value; Ok(()) }
    )* };
}
macro_rules! text_property {
    ($($get:ident $set:ident $field:ident)*) => { $(
        fn $get(&self, result: np::Put<str>) -> Result<np::Done, Error> { result.put(&self.settings.0.lock().unwrap().$field) }
        fn $set(&self, value: &str) -> Result<(), Error> { self.settings.0.lock().unwrap().$field = value.into(); Ok(()) }
    )* };
}

impl Settings for ContractRust {
    property!(get_level set_level level i32 get_is_on set_is_on is_on bool get_mode set_mode mode Mode get_gain set_gain gain f64);
    text_property!(get_title set_title title);

    fn get_name(&self, result: np::Put<str>) -> Result<np::Done, Error> {
        result.put(&self.settings.0.lock().unwrap().name)
    }

    fn set_name(&self, value: &str) -> Result<(), Error> {
        if value == "refused" {
            return Err(Error::new(NP_E_INVALID_ARGUMENT, "the name is refused"));
        }
        self.settings.0.lock().unwrap().name = value.into();
        Ok(())
    }

    fn get_box(&self) -> Result<Box_, Error> {
        Ok(self.settings.0.lock().unwrap().r#box)
    }

    fn set_box(&self, value: &Box_) -> Result<(), Error> {
        self.settings.0.lock().unwrap().r#box = *value;
        Ok(())
    }

    fn set_secret(&self, value: &str) -> Result<(), Error> {
        self.settings.0.lock().unwrap().secret = value.bytes().rev().collect();
        Ok(())
    }

    fn get_secret_bytes(&self, result: np::Put<[u8]>) -> Result<np::Done, Error> {
        result.put(&self.settings.0.lock().unwrap().secret)
    }
}

impl Shape for ContractRust {
    text_property!(get_label set_label label);

    fn get_area(&self) -> Result<f64, Error> {
        Ok(self.settings.0.lock().unwrap().area)
    }
}

impl Resizable for ContractRust {
    fn resize(&self, factor: f64) -> Result<f64, Error> {
        self.settings.0.lock().unwrap().area *= factor;
        self.get_area()
    }

    fn resize_twice(&self, factor: f64) -> Result<f64, Error> {
        self.resize(factor * factor)
    }
}
