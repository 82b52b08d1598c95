//! The operations as a generator sees them, read from their JSON Schemas.

use serde_json::Value;
use std::collections::BTreeMap;

/// Why a schema cannot become a surface.
pub(crate) type Trouble = Box<dyn std::error::Error>;

/// A type of the wire.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    Text,
    /// `Nik`, `FamilyCard`, `RegionCode`, `Key`: a text with a meaning.
    Identifier(String),
    Day,
    Whole,
    Number,
    Boolean,
    /// One of a list of words, by name.
    Word(String),
    /// By name.
    Object(String),
    List(Box<Type>),
    /// Or null.
    Maybe(Box<Type>),
    /// A welfare decile.
    Decile,
    /// Names of the caller's or of a code's parameters, to values.
    Map(Box<Type>),
    /// One of several.
    Union(Vec<Type>),
    /// An object whose form stands elsewhere (a policy file).
    Anything,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) ty: Type,
    pub(crate) required: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Object {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) members: Vec<Member>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Words {
    pub(crate) doc: String,
    pub(crate) words: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) example: &'static str,
    /// The member that stands alone in front, where the request has a required one.
    pub(crate) first: Option<Member>,
    pub(crate) rest: Vec<Member>,
    pub(crate) answer: String,
}

impl Operation {
    /// `nik` of `nik.parse`; nothing for `version`.
    pub(crate) fn area(&self) -> Option<&'static str> {
        self.name.split_once('.').map(|(area, _)| area)
    }
    /// `parse` of `nik.parse`.
    pub(crate) fn what(&self) -> &'static str {
        self.name.split_once('.').map_or(self.name, |(_, what)| what)
    }
}

/// A column operation.
#[derive(Clone, Debug)]
pub(crate) struct ColumnOperation {
    /// The entry of the table.
    pub(crate) entry: &'static bansos_interop::columns::ColumnOperation,
    /// The name of the type of its options.
    pub(crate) title: String,
    /// Its options, required ones first, without the columns.
    pub(crate) options: Vec<Member>,
    /// The name of the type of its report.
    pub(crate) report: Option<String>,
}

/// All operations and the types they name.
#[derive(Debug, Default)]
pub(crate) struct Surface {
    pub(crate) columns: Vec<ColumnOperation>,
    /// Objects inside reports of column operations.
    pub(crate) reports: BTreeMap<String, Object>,
    pub(crate) operations: Vec<Operation>,
    /// Objects inside requests.
    pub(crate) inputs: BTreeMap<String, Object>,
    /// Objects inside answers.
    pub(crate) answers: BTreeMap<String, Object>,
    pub(crate) words: BTreeMap<String, Words>,
    /// The area that needs an answer's object first: where it stands in a language with a file for each area.
    pub(crate) homes: BTreeMap<String, &'static str>,
}

const IDENTIFIERS: &[&str] = &["Nik", "FamilyCard", "RegionCode", "Key"];

impl Surface {
    pub(crate) fn read() -> Result<Self, Trouble> {
        let mut all = Self::default();
        for op in bansos_interop::OPERATIONS {
            let request = (op.request_schema)().to_value();
            let answer = (op.response_schema)().to_value();
            let within = |why: Trouble| format!("{}: {why}", op.name);
            let members = all.members(&request, &request["$defs"], false).map_err(within)?;
            all.definitions(&request, false).map_err(within)?;
            all.definitions(&answer, true).map_err(within)?;
            let name = text(&answer, "title");
            let object = Object {
                name: name.clone(),
                doc: doc(&answer),
                members: all.members(&answer, &answer["$defs"], true).map_err(within)?,
            };
            all.keep(object, true)?;
            let home = op.name.split_once('.').map_or("root", |(area, _)| area);
            for name in all.answers.keys() {
                all.homes.entry(name.clone()).or_insert(home);
            }
            let (mut required, optional): (Vec<_>, Vec<_>) = members.into_iter().partition(|m| m.required);
            let first = if required.is_empty() { None } else { Some(required.remove(0)) };
            required.extend(optional);
            all.operations.push(Operation {
                name: op.name,
                doc: op.doc,
                example: op.example,
                first,
                rest: required,
                answer: name,
            });
        }
        for entry in bansos_interop::columns::COLUMN_OPERATIONS {
            let read = all.column_operation(entry).map_err(|why| format!("{}: {why}", entry.name))?;
            all.columns.push(read);
        }
        if let Some(both) = all.inputs.keys().find(|k| all.answers.contains_key(*k)) {
            return Err(format!("{both} stands in requests and in answers; give each its own type").into());
        }
        Ok(all)
    }

    fn column_operation(
        &mut self,
        entry: &'static bansos_interop::columns::ColumnOperation,
    ) -> Result<ColumnOperation, Trouble> {
        let schema = (entry.options_schema)().to_value();
        let options = self.members(&schema, &schema["$defs"], false)?;
        self.definitions(&schema, false)?;
        let report = match entry.report {
            None => None,
            Some(report) => {
                let schema = (report.schema)().to_value();
                // a report's objects are kept from the operations' answers: not every surface has them
                let mut apart = Self::default();
                apart.definitions(&schema, true)?;
                let name = text(&schema, "title");
                let members = apart.members(&schema, &schema["$defs"], true)?;
                apart.keep(Object { name: name.clone(), doc: doc(&schema), members }, true)?;
                self.reports.append(&mut apart.answers);
                Some(name)
            }
        };
        Ok(ColumnOperation { entry, title: text(&schema, "title"), options, report })
    }

    fn keep(&mut self, object: Object, answer: bool) -> Result<(), Trouble> {
        let objects = if answer { &mut self.answers } else { &mut self.inputs };
        match objects.get(&object.name) {
            Some(other) if *other != object => Err(format!("two types are called {}", object.name).into()),
            _ => {
                objects.insert(object.name.clone(), object);
                Ok(())
            }
        }
    }

    /// The named types of a schema.
    fn definitions(&mut self, schema: &Value, answer: bool) -> Result<(), Trouble> {
        let Some(all) = schema["$defs"].as_object() else { return Ok(()) };
        for (name, definition) in all {
            if IDENTIFIERS.contains(&name.as_str()) || name == "Day" || name == "Decile" {
                continue;
            }
            if let Some(words) = words(definition) {
                let words = Words { doc: doc(definition), words };
                if self.words.insert(name.clone(), words.clone()).is_some_and(|other| other != words) {
                    return Err(format!("two word lists are called {name}").into());
                }
            } else if definition["properties"].is_object() {
                let members = self.members(definition, &schema["$defs"], answer)?;
                self.keep(Object { name: name.clone(), doc: doc(definition), members }, answer)?;
            } else if !definition["anyOf"].is_array() && definition["type"] != "object" {
                return Err(format!("cannot read the type {name}: {definition}").into());
            }
        }
        Ok(())
    }

    /// Required members in their order of declaration, then the others.
    fn members(&mut self, schema: &Value, definitions: &Value, answer: bool) -> Result<Vec<Member>, Trouble> {
        let empty = serde_json::Map::new();
        let properties = schema["properties"].as_object().unwrap_or(&empty);
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let names = required
            .iter()
            .copied()
            .chain(properties.keys().map(String::as_str).filter(|name| !required.contains(name)));
        names
            .map(|name| {
                let property = &properties[name];
                let ty = ty(property, definitions).map_err(|why| format!("{name}: {why}"))?;
                // an answer always has all its members
                let required = required.contains(&name) || answer;
                Ok(Member {
                    name: name.to_owned(),
                    doc: with_default(doc(property), &property["default"]),
                    ty,
                    required,
                })
            })
            .collect()
    }
}

fn text(schema: &Value, key: &str) -> String {
    schema[key].as_str().unwrap_or_default().to_owned()
}

fn doc(schema: &Value) -> String {
    text(schema, "description").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a member is that is left out, said once: in the type that reads it.
fn with_default(doc: String, default: &Value) -> String {
    match default {
        Value::Null => doc,
        Value::String(word) => format!("{doc} Default: `{word}`."),
        value => format!("{doc} Default: `{value}`."),
    }
}

/// The words of an enumeration: `enum`, or `oneOf` constants.
fn words(schema: &Value) -> Option<Vec<String>> {
    let constants = |items: &Vec<Value>| -> Option<Vec<String>> {
        items.iter().map(|i| i["const"].as_str().map(str::to_owned)).collect()
    };
    match (&schema["enum"], &schema["oneOf"]) {
        (Value::Array(words), _) => words.iter().map(|w| w.as_str().map(str::to_owned)).collect(),
        (_, Value::Array(items)) => {
            let mut all = Vec::new();
            for item in items {
                match &item["enum"] {
                    Value::Array(words) => all.extend(words.iter().filter_map(|w| w.as_str().map(str::to_owned))),
                    _ => all.extend(constants(&vec![item.clone()])?),
                }
            }
            Some(all)
        }
        _ => None,
    }
}

fn ty(schema: &Value, definitions: &Value) -> Result<Type, Trouble> {
    if let Some(name) = schema["$ref"].as_str().and_then(|r| r.strip_prefix("#/$defs/")) {
        let plain = name.to_owned();
        return Ok(match name {
            "Day" => Type::Day,
            "Decile" => Type::Decile,
            _ if IDENTIFIERS.contains(&name) => Type::Identifier(plain),
            _ => {
                let definition = &definitions[name];
                let named = definition["properties"].is_object() || words(definition).is_some();
                if named { Type::Object(plain) } else { ty(definition, definitions)? }
            }
        });
    }
    if let Some(options) = schema["anyOf"].as_array() {
        if let [some, null] = options.as_slice()
            && null["type"] == "null"
        {
            return Ok(Type::Maybe(Box::new(ty(some, definitions)?)));
        }
        return Ok(Type::Union(options.iter().map(|o| ty(o, definitions)).collect::<Result<_, _>>()?));
    }
    let named = match &schema["type"] {
        Value::String(name) => vec![name.as_str()],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => return Err(format!("cannot read {schema}").into()),
    };
    let plain = match named.first().copied() {
        Some("string") if schema["format"] == "date" => Type::Day,
        Some("string") => Type::Text,
        Some("integer") => Type::Whole,
        Some("number") => Type::Number,
        Some("boolean") => Type::Boolean,
        Some("array") => Type::List(Box::new(ty(&schema["items"], definitions)?)),
        Some("object") if schema["additionalProperties"].is_object() => {
            Type::Map(Box::new(ty(&schema["additionalProperties"], definitions)?))
        }
        Some("object") => Type::Anything,
        _ => return Err(format!("cannot read {schema}").into()),
    };
    Ok(if named.contains(&"null") { Type::Maybe(Box::new(plain)) } else { plain })
}

impl Type {
    /// A word list is found under its name only after all are read.
    pub(crate) fn resolve(&self, surface: &Surface) -> Type {
        match self {
            Self::Object(name) if surface.words.contains_key(name) => Self::Word(name.clone()),
            Self::List(of) => Self::List(Box::new(of.resolve(surface))),
            Self::Maybe(of) => Self::Maybe(Box::new(of.resolve(surface))),
            Self::Map(of) => Self::Map(Box::new(of.resolve(surface))),
            Self::Union(of) => Self::Union(of.iter().map(|o| o.resolve(surface)).collect()),
            other => other.clone(),
        }
    }
}
