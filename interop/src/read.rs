//! From JSON values to requests, with errors that have a code and a place.
//!
//! serde's own errors are sentences. This deserializer keeps what went wrong as an [`InputError`] and collects the path
//! on the way out, so that every language reports the same code at the same RFC 6901 pointer.

use crate::error::{Error, InputError, Kind};
use serde::de::{self, Deserialize, DeserializeSeed, IntoDeserializer, Unexpected, Visitor};
use serde_json::Value;
use std::fmt;

/// Reads a request.
pub(crate) fn request<'de, T: Deserialize<'de>>(value: &'de Value) -> Result<T, Error> {
    T::deserialize(Reader(value)).map_err(|failure| Error::at(failure.pointer(), &failure.code))
}

/// A code, and the path in reverse.
#[derive(Debug)]
pub(crate) struct Failure {
    code: InputError,
    path: Vec<String>,
}

impl Failure {
    fn new(code: InputError) -> Self {
        Self { code, path: Vec::new() }
    }

    fn within(mut self, step: impl Into<String>) -> Self {
        self.path.push(step.into());
        self
    }

    fn pointer(&self) -> String {
        self.path.iter().rev().fold(String::new(), |mut all, step| {
            all.push('/');
            all.push_str(&step.replace('~', "~0").replace('/', "~1"));
            all
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code.fmt(f)
    }
}

impl std::error::Error for Failure {}

/// A member's name as far as it may be repeated: a name, not a value that strayed into its place.
fn name(field: &str) -> String {
    let plain = field.len() <= 40 && field.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_');
    if plain { field.to_owned() } else { "?".to_owned() }
}

impl de::Error for Failure {
    // Types of this crate report ranges through here; serde itself does so for things that no request holds.
    fn custom<T: fmt::Display>(what: T) -> Self {
        Self::new(InputError::Range { expected: what.to_string() })
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let found = match found {
            Unexpected::Bool(_) => Kind::Boolean,
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => Kind::Number,
            Unexpected::Str(_) | Unexpected::Char(_) => Kind::Text,
            Unexpected::Seq => Kind::List,
            Unexpected::Map => Kind::Object,
            Unexpected::Unit | Unexpected::Option => Kind::Null,
            _ => Kind::Other,
        };
        let expected = kind(&expected.to_string());
        Self::new(match (expected, found) {
            (Kind::Identifier, Kind::Number) => InputError::IdentifierNumber,
            _ => InputError::Type { expected, found },
        })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        match kind(&expected.to_string()) {
            Kind::Date => Self::new(InputError::Date),
            expected => match found {
                // a number outside the range of its type
                Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => {
                    Self::new(InputError::Type { expected, found: Kind::Number })
                }
                _ => Self::new(InputError::Type { expected, found: Kind::Other }),
            },
        }
    }

    fn invalid_length(_: usize, expected: &dyn de::Expected) -> Self {
        Self::new(InputError::Range { expected: expected.to_string() })
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(InputError::Word { expected: expected.join(", ") })
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::new(InputError::FieldUnknown { field: name(field) })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(InputError::Missing { field: field.to_owned() })
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(InputError::FieldUnknown { field: field.to_owned() })
    }
}

/// What serde's phrase for an expectation means.
fn kind(expected: &str) -> Kind {
    match expected {
        "identifier" => Kind::Identifier,
        "date" => Kind::Date,
        "a boolean" => Kind::Boolean,
        "f32" | "f64" => Kind::Number,
        "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" => Kind::Whole,
        "a sequence" => Kind::List,
        "a string" | "string" | "a character" | "variant identifier" => Kind::Text,
        text if text.starts_with("struct ") || text.starts_with("a map") || text.starts_with("map") => Kind::Object,
        text if text.starts_with("enum ") => Kind::Text,
        _ => Kind::Other,
    }
}

/// A value to be read.
#[derive(Clone, Copy)]
struct Reader<'de>(&'de Value);

impl<'de> de::Deserializer<'de> for Reader<'de> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(b) => visitor.visit_bool(*b),
            Value::String(s) => visitor.visit_borrowed_str(s),
            Value::Array(items) => visitor.visit_seq(Items(items.iter().enumerate())),
            Value::Object(members) => visitor.visit_map(Members(members.iter(), None)),
            Value::Number(n) => match (n.as_u64(), n.as_i64(), n.as_f64()) {
                (Some(n), ..) => visitor.visit_u64(n),
                (_, Some(n), _) => visitor.visit_i64(n),
                (.., Some(n)) => visitor.visit_f64(n),
                _ => Err(Failure::new(InputError::NotFinite)),
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self)
    }

    // serde would take a list for a struct, by position; but an empty list is all that PHP has for an empty object
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match self.0 {
            Value::Array(items) if items.is_empty() => visitor.visit_map(nothing()),
            Value::Array(_) => Err(de::Error::invalid_type(Unexpected::Seq, &"map")),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_struct("", &[], visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match self.0 {
            Value::String(word) => visitor.visit_enum(word.as_str().into_deserializer()),
            Value::Object(members) if members.len() == 1 => {
                visitor.visit_enum(de::value::MapAccessDeserializer::new(Members(members.iter(), None)))
            }
            other => Err(de::Error::invalid_type(unexpected(other), &"string")),
        }
    }

    // A whole number may come as a float that is one (every number of JavaScript and many of PHP are).
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.0.as_f64() {
            Some(n) if self.0.is_f64() && n.fract() == 0.0 && n.abs() <= 9_007_199_254_740_992.0 =>
            {
                #[allow(clippy::cast_possible_truncation, reason = "whole, and within ±2^53")]
                visitor.visit_i64(n as i64)
            }
            _ => self.deserialize_any(visitor),
        }
    }
    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_i64(visitor)
    }
    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_i64(visitor)
    }
    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_i64(visitor)
    }
    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_i64(visitor)
    }
    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_i64(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct identifier ignored_any
    }
}

/// No members.
fn nothing<'de>() -> impl de::MapAccess<'de, Error = Failure> {
    de::value::MapDeserializer::new(std::iter::empty::<(&str, bool)>())
}

fn unexpected(value: &Value) -> Unexpected<'_> {
    match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(b) => Unexpected::Bool(*b),
        Value::Number(n) => Unexpected::Float(n.as_f64().unwrap_or(0.0)),
        Value::String(s) => Unexpected::Str(s),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}

struct Items<'de>(std::iter::Enumerate<std::slice::Iter<'de, Value>>);

impl<'de> de::SeqAccess<'de> for Items<'de> {
    type Error = Failure;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        let Some((index, item)) = self.0.next() else { return Ok(None) };
        seed.deserialize(Reader(item)).map(Some).map_err(|e| e.within(index.to_string()))
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Members<'de>(serde_json::map::Iter<'de>, Option<(&'de String, &'de Value)>);

impl<'de> de::MapAccess<'de> for Members<'de> {
    type Error = Failure;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        self.1 = self.0.next();
        match self.1 {
            Some((key, _)) => seed.deserialize(de::value::BorrowedStrDeserializer::new(key)).map(Some),
            None => Ok(None),
        }
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        match self.1.take() {
            Some((key, value)) => seed.deserialize(Reader(value)).map_err(|e| e.within(name(key))),
            None => Err(Failure::new(InputError::Host)),
        }
    }
}
