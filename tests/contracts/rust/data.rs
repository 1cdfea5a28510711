//! test.values/1, test.records/1 and test.figures/1: what comes in goes out as it is.

use super::ContractRust;
use crate::native_plugins::contracts as np;
use crate::native_plugins::{abi::*, Error};
use crate::test_contracts::{NativePluginsTestContractsBox as Box_, *};

macro_rules! same {
    ($($name:ident $type:ty)*) => { $(fn $name(&self, value: $type) -> Result<$type, Error> { Ok(value) })* };
}
macro_rules! same_option {
    ($($name:ident $type:ty)*) => { $(fn $name(&self, value: Option<$type>) -> Result<np::Nullable<$type>, Error> { Ok(value.into()) })* };
}

impl Values for ContractRust {
    same!(echo_char u16 echo_half u16 echo_int128 np::Int128 echo_u_int128 np::UInt128 echo_decimal np::Decimal echo_guid np::Uuid
          echo_time_span i64 echo_date_time i64 echo_date_time_offset np::Instant echo_date i32 echo_time i64);
    same_option!(echo_int32 i32 echo_bool np::Bool echo_mode Mode echo_box Box_ echo_optional_guid np::Uuid echo_optional_instant np::Instant);

    fn echo_text(&self, value: Option<&str>, result: np::Put<np::Maybe<np::Text<'static>>>) -> Result<np::Done, Error> {
        result.put(value.map(np::Text::new).as_ref())
    }

    fn echo_uri(&self, value: &str, result: np::Put<np::One<np::Text<'static>>>) -> Result<np::Done, Error> {
        result.put(&np::Text::new(value))
    }

    fn echo_version(&self, value: Option<&str>, result: np::Put<np::Maybe<np::Text<'static>>>) -> Result<np::Done, Error> {
        Values::echo_text(self, value, result)
    }

    fn spread(&self, id: np::Uuid, time: i64, price: Option<np::Decimal>, out_id: &mut np::Uuid, out_time: &mut i64, out_price: &mut np::Nullable<np::Decimal>) -> Result<(), Error> {
        (*out_id, *out_time, *out_price) = (id, time, price.into());
        Ok(())
    }

    fn exchange(&self, first: &mut np::Instant, second: &mut np::Instant, number: &mut np::Nullable<i32>) -> Result<(), Error> {
        std::mem::swap(first, second);
        *number = if number.get().is_some() { None.into() } else { Some(1).into() };
        Ok(())
    }

    fn echo_guid_later(&self, value: Option<np::Uuid>, completion: np::Completion<np::Flat<np::Nullable<np::Uuid>>>) {
        completion.complete(value);
    }

    fn echo_text_later(&self, value: Option<&str>, completion: np::Completion<np::Maybe<np::Text<'static>>>) {
        completion.complete(value.map(np::Text::new).as_ref());
    }

    fn twice(&self, value: i64) -> Result<i64, Error> {
        Ok(value.wrapping_mul(2))
    }

    fn get_name(&self, result: np::Put<np::Maybe<np::Text<'static>>>) -> Result<np::Done, Error> {
        result.put(self.settings.0.lock().unwrap().value_name.as_deref().map(np::Text::new).as_ref())
    }

    fn set_name(&self, value: Option<&str>) -> Result<(), Error> {
        self.settings.0.lock().unwrap().value_name = value.map(String::from);
        Ok(())
    }
}

macro_rules! put {
    ($($name:ident $type:ty, $kind:ty;)*) => { $(fn $name(&self, value: &$type, result: np::Put<np::One<$kind>>) -> Result<np::Done, Error> { result.put(value) })* };
}
macro_rules! put_optional {
    ($($name:ident $type:ty, $kind:ty;)*) => { $(fn $name(&self, value: Option<&$type>, result: np::Put<np::Maybe<$kind>>) -> Result<np::Done, Error> { result.put(value) })* };
}

impl Records for ContractRust {
    put! {
        echo_person Person, Person<'static>;
        echo_address Address, Address<'static>;
        echo_node Node, Node<'static>;
        echo_shelf Shelf, Shelf<'static>;
        echo_texts np::List<np::Text>, np::List<'static, np::Text<'static>>;
        echo_points np::List<Point>, np::List<'static, Point>;
        echo_people np::List<np::OptionalRef<Person>>, np::List<'static, np::OptionalRef<'static, Person<'static>>>;
        echo_directory np::List<np::Pair<np::Text, np::Ref<Person>>>, np::List<'static, np::Pair<np::Text<'static>, np::Ref<'static, Person<'static>>>>;
        echo_set np::List<i32>, np::List<'static, i32>;
        echo_pair np::Tuple2<i32, np::Text>, np::Tuple2<i32, np::Text<'static>>;
        echo_growing Growing, Growing<'static>;
    }
    put_optional! {
        echo_optional Person, Person<'static>;
        echo_optional_address Address, Address<'static>;
        echo_numbers np::List<i64>, np::List<'static, i64>;
    }

    fn echo_triple(&self, value: Option<np::Tuple3<u8, f64, np::Uuid>>) -> Result<np::Nullable<np::Tuple3<u8, f64, np::Uuid>>, Error> {
        Ok(value.into())
    }

    fn sum(&self, points: &np::List<Point>) -> Result<f64, Error> {
        self.sum_span(points)
    }

    fn sum_span(&self, points: &[Point]) -> Result<f64, Error> {
        Ok(points.iter().map(|point| point.x + point.y).sum())
    }

    fn echo_people_later(&self, value: &np::List<np::Ref<Person>>, completion: np::Completion<np::One<np::List<'static, np::Ref<'static, Person<'static>>>>>) {
        completion.complete(value);
    }

    fn echo_optional_later(&self, value: Option<&Person>, completion: np::Completion<np::Maybe<Person<'static>>>) {
        completion.complete(value);
    }
}

impl Figures for ContractRust {
    put! {
        echo_figure Figure, Figure<'static>;
        echo_figures np::List<np::OptionalRef<Figure>>, np::List<'static, np::OptionalRef<'static, Figure<'static>>>;
        echo_circle Figure, Figure<'static>;
        echo_drawing Drawing, Drawing<'static>;
        echo_order Order, Order<'static>;
    }
    put_optional! { echo_optional Figure, Figure<'static>; }

    fn echo_later(&self, value: Option<&Figure>, completion: np::Completion<np::Maybe<Figure<'static>>>) {
        completion.complete(value);
    }

    fn measure(&self, value: &Figure) -> Result<f64, Error> {
        match value.case() {
            FigureCase::Circle(circle) => Ok(circle.radius),
            FigureCase::Polygon(polygon) => Ok(polygon.corners.len() as f64),
            FigureCase::Blank(_) => Ok(0.0),
            FigureCase::Group(group) => group.items.iter().filter_map(|item| item.get()).map(|item| Figures::measure(self, &item)).sum(),
            _ => Err(Error::new(NP_E_INVALID_ARGUMENT, "a figure with a tag that is not known here")),
        }
    }

    fn make(&self, tag: i32, result: np::Put<np::One<Figure<'static>>>) -> Result<np::Done, Error> {
        let points = [Point { x: 1.0, y: 2.0 }, Point { x: 3.0, y: 4.0 }];
        let circle = Circle { centre: Point { x: 1.0, y: 2.0 }, radius: 3.0, ..Circle::new() };
        let polygon = Polygon { corners: (&points).into(), stroke: "thin".into(), ..Polygon::new() };
        let blank = Blank::new();
        let mut inner = Figure::of_blank(&blank);
        (inner.name, inner.opacity) = ("in".into(), 1.0);
        let items = [(&inner).into(), np::OptionalRef::default()];
        let group = Group { items: (&items).into(), ..Group::new() };
        let mut made = match tag as u32 {
            Figure::CIRCLE => Figure::of_circle(&circle),
            Figure::POLYGON => Figure::of_polygon(&polygon),
            Figure::BLANK => Figure::of_blank(&blank),
            Figure::GROUP => Figure::of_group(&group),
            _ => return Err(Error::new(NP_E_INVALID_ARGUMENT, "there is no such tag")),
        };
        made.name = "made".into();
        made.opacity = if made.tag() == Figure::POLYGON { 0.5 } else { 1.0 };
        made.layer = if made.tag() == Figure::CIRCLE { 4 } else { 0 };
        result.put(&made)
    }

    fn visit(&self, figures: &np::List<np::Ref<Figure>>, visitor: np::Proxy<FigureVisitorTable>) -> Result<f64, Error> {
        figures.iter().map(|figure| visitor.see(&figure.get())).sum()
    }
}
