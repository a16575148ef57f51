//! JSON that is already written, handed on to another serializer.
//!
//! A serializer is compiled anew for each type that it is given. The plan has some thirty, and each format
//! costs some twenty kilobytes of wasm for them; going by way of the JSON costs one format a twentieth of that.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};

/// JSON text as something that can be serialised: the same values in the same order.
pub(super) struct Json<'a>(pub(super) &'a str);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut from = serde_json::Deserializer::from_str(self.0);
        Handed::new(&mut from).serialize(to)
    }
}

/// A value that is read while it is serialised, so only once.
struct Handed<D>(Cell<Option<D>>);

impl<D> Handed<D> {
    fn new(from: D) -> Self {
        Self(Cell::new(Some(from)))
    }
}

impl<'de, D: Deserializer<'de>> Serialize for Handed<D> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Some(from) = self.0.take() else {
            return Err(S::Error::custom("a value is read only once"));
        };
        // serde_json refuses to go deeper than 128, so this does not recurse without end.
        from.deserialize_any(Value(to)).map_err(S::Error::custom)
    }
}

/// Gives the next value to a serializer.
struct Value<S>(S);

macro_rules! scalars {
    ($($visit:ident: $type:ty => $serialize:ident;)*) => {$(
        fn $visit<E: serde::de::Error>(self, value: $type) -> Result<S::Ok, E> {
            self.0.$serialize(value).map_err(E::custom)
        }
    )*};
}

impl<'de, S: Serializer> Visitor<'de> for Value<S> {
    type Value = S::Ok;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    scalars! {
        visit_bool: bool => serialize_bool;
        visit_i64: i64 => serialize_i64;
        visit_u64: u64 => serialize_u64;
        visit_f64: f64 => serialize_f64;
        visit_str: &str => serialize_str;
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<S::Ok, E> {
        self.0.serialize_unit().map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<S::Ok, A::Error> {
        let mut to = self
            .0
            .serialize_seq(from.size_hint())
            .map_err(A::Error::custom)?;
        while from.next_element_seed(Element(&mut to))?.is_some() {}
        to.end().map_err(A::Error::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<S::Ok, A::Error> {
        let mut to = self
            .0
            .serialize_map(from.size_hint())
            .map_err(A::Error::custom)?;
        while from.next_key_seed(Key(&mut to))?.is_some() {
            from.next_value_seed(Entry(&mut to))?;
        }
        to.end().map_err(A::Error::custom)
    }
}

macro_rules! seeds {
    ($($name:ident: $bound:ident => $serialize:ident;)*) => {$(
        struct $name<'a, T>(&'a mut T);

        impl<'de, T: $bound> DeserializeSeed<'de> for $name<'_, T> {
            type Value = ();

            fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
                self.0.$serialize(&Handed::new(from)).map_err(D::Error::custom)
            }
        }
    )*};
}

seeds! {
    Element: SerializeSeq => serialize_element;
    Key: SerializeMap => serialize_key;
    Entry: SerializeMap => serialize_value;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_comes_out_as_it_went_in_and_in_its_order() {
        let json = r#"{"z":[1,-2,2.5,18446744073709551615],"a":{"":null,"é\n":[true,false,[],{}]},"b":"yes"}"#;
        assert_eq!(serde_json::to_string(&Json(json)).unwrap(), json);
    }

    #[test]
    fn yaml_of_the_json_is_yaml_of_the_value() {
        let plan = crate::plan::plan(&crate::plan::PlanRequest::default());
        let json = serde_json::to_string(&plan).unwrap();
        assert_eq!(
            serde_yaml::to_string(&Json(&json)).unwrap(),
            serde_yaml::to_string(&plan).unwrap()
        );
    }

    #[test]
    fn text_that_is_no_json_is_an_error() {
        assert!(serde_json::to_string(&Json("{\"a\":")).is_err());
    }
}
