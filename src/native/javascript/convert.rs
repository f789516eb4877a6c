//! Values into JavaScript and back, as BigQuery converts them. User-defined functions, "SQL type encodings in JavaScript".
//! What has no such encoding is refused: nothing is rounded on the way.

use data_encoding::BASE64;
use rquickjs::{Array, CatchResultExt, Ctx, Function, IntoJs, Object, Value as Js};

use super::engine::said;
use crate::schema::{Field, Type};
use crate::value::json::{Document, Wide};
use crate::value::{I256, NUMERIC_SCALE, Value, decimal_text, parse_numeric};

type Converted<T> = Result<T, String>;

/// Whole numbers up to here are exact in JavaScript: 2^53.
const EXACT: i64 = 1 << 53;
/// An array may say that it is longer than its memory.
const MOST_ELEMENTS: usize = 1 << 20;
const DAY_MILLIS: f64 = 86_400_000.0;

fn outside(error: rquickjs::Error) -> String {
    format!("JavaScript: {error}")
}

/// A value as JavaScript sees it.
pub fn to_javascript<'js>(context: &Ctx<'js>, value: &Value, ty: &Type) -> Converted<Js<'js>> {
    let number = |number: f64| Ok(Js::new_float(context.clone(), number));
    let text = |text: &str| text.into_js(context).map_err(outside);
    match (value, ty) {
        (Value::Null, _) => Ok(Js::new_null(context.clone())),
        (Value::Bool(truth), _) => Ok(Js::new_bool(context.clone(), *truth)),
        (Value::Int64(whole), _) if whole.abs() <= EXACT => number(*whole as f64),
        (Value::Int64(whole), _) => {
            Err(format!("JavaScript has no exact number {whole}; hand it over as a STRING"))
        }
        (Value::Float64(float), _) => number(*float),
        // A whole number that JavaScript has exactly is a number, others are texts.
        (Value::Numeric(units), _) => {
            let written = decimal_text(I256::from(*units), NUMERIC_SCALE);
            match written.parse::<i64>() {
                Ok(whole) if whole.abs() <= EXACT => number(whole as f64),
                _ => text(&written),
            }
        }
        (Value::String(string), _) => text(string),
        (Value::Bytes(bytes), _) => text(&BASE64.encode(bytes)),
        (Value::Date(days), _) => date(context, f64::from(*days) * DAY_MILLIS, 0),
        (Value::Timestamp(micros), _) => {
            date(context, micros.div_euclid(1000) as f64, micros.rem_euclid(1000))
        }
        (Value::Json(document), _) => context.json_parse(document.as_bytes()).map_err(outside),
        (Value::Array(values), Type::Array(element)) => {
            let array = Array::new(context.clone()).map_err(outside)?;
            for (index, value) in values.iter().enumerate() {
                array.set(index, to_javascript(context, value, element)?).map_err(outside)?;
            }
            Ok(array.into_value())
        }
        (Value::Struct(values), Type::Struct(fields)) => {
            let object = Object::new(context.clone()).map_err(outside)?;
            for (value, field) in values.iter().zip(fields.iter()) {
                object.set(&*field.name, to_javascript(context, value, &field.ty)?).map_err(outside)?;
            }
            Ok(object.into_value())
        }
        (_, ty) => Err(format!("JavaScript takes no {ty}")),
    }
}

/// A `Date`, with the microseconds that it cannot hold beside it.
fn date<'js>(context: &Ctx<'js>, millis: f64, micros: i64) -> Converted<Js<'js>> {
    let constructor: rquickjs::function::Constructor = context.globals().get("Date").map_err(outside)?;
    let date: Object = constructor.construct((millis,)).map_err(outside)?;
    date.set("microsecond", micros).map_err(outside)?;
    Ok(date.into_value())
}

/// What a function returned, as a value of the type that it declares.
pub fn from_javascript<'js>(context: &Ctx<'js>, returned: &Js<'js>, ty: &Type) -> Converted<Value<'static>> {
    if returned.is_null() || returned.is_undefined() {
        return Ok(Value::Null);
    }
    let refused = || {
        let shown = shown(context, returned);
        Err(format!("JavaScript returned {shown}, which is no {ty}"))
    };
    let written = |returned: &Js<'js>| returned.as_string().and_then(|text| text.to_string().ok());
    match ty {
        // A number is true or false as JavaScript has it.
        Type::Bool => match (returned.as_bool(), returned.as_number()) {
            (Some(truth), _) => Ok(Value::Bool(truth)),
            (None, Some(number)) => Ok(Value::Bool(number != 0.0 && !number.is_nan())),
            (None, None) => refused(),
        },
        Type::Int64 => match (returned.as_number(), written(returned)) {
            // Beyond 2^63 a float is no INT64.
            (Some(number), _) if number.fract() == 0.0 && number.abs() < 9.2e18 => {
                Ok(Value::Int64(number as i64))
            }
            (None, Some(text)) => {
                text.trim().parse().map_or_else(|_| refused(), |whole| Ok(Value::Int64(whole)))
            }
            _ => refused(),
        },
        Type::Float64 => match (returned.as_number(), written(returned)) {
            (Some(number), _) => Ok(Value::Float64(number)),
            (None, Some(text)) => {
                text.trim().parse().map_or_else(|_| refused(), |number| Ok(Value::Float64(number)))
            }
            _ => refused(),
        },
        Type::Numeric => {
            let text = written(returned).or_else(|| returned.as_number().map(|_| shown(context, returned)));
            text.and_then(|text| parse_numeric(&text)).map_or_else(refused, |units| Ok(Value::Numeric(units)))
        }
        Type::String => text(context, returned).map(Value::string),
        Type::Bytes => written(returned)
            .and_then(|text| BASE64.decode(text.as_bytes()).ok())
            .map_or_else(refused, |bytes| Ok(Value::Bytes(bytes.into()))),
        Type::Date | Type::Timestamp => match millis(returned) {
            Some(millis) if *ty == Type::Date => Ok(Value::Date((millis / DAY_MILLIS).floor() as i32)),
            Some(millis) => {
                let beside: Option<f64> = returned.as_object().and_then(|date| date.get("microsecond").ok());
                let micros = beside.filter(|micros| (0.0..1000.0).contains(micros)).unwrap_or_default();
                Ok(Value::Timestamp(millis as i64 * 1000 + micros as i64))
            }
            None => refused(),
        },
        Type::Json => {
            let text = context.json_stringify(returned.clone()).catch(context).map_err(said)?;
            let text = text.and_then(|text| text.to_string().ok());
            let document = text.and_then(|text| Document::parse(&text, Wide::Round).ok());
            document.map_or_else(refused, |document| Ok(Value::Json(document.compact().into())))
        }
        Type::Array(element) => {
            let Some(array) = returned.as_array() else { return refused() };
            if array.len() > MOST_ELEMENTS {
                let length = array.len();
                return Err(format!(
                    "JavaScript returned an array of {length} elements, more than {MOST_ELEMENTS}"
                ));
            }
            let values = array
                .iter::<Js>()
                .map(|item| from_javascript(context, &item.catch(context).map_err(said)?, element));
            Ok(Value::Array(values.collect::<Converted<_>>()?))
        }
        Type::Struct(fields) => match returned.as_object() {
            Some(object) if !returned.is_function() => structure(context, object, fields),
            _ => refused(),
        },
        _ => Err(format!("JavaScript gives no {ty}")),
    }
}

fn structure<'js>(context: &Ctx<'js>, object: &Object<'js>, fields: &[Field]) -> Converted<Value<'static>> {
    let values = fields.iter().map(|field| {
        let value: Js = object.get(&*field.name).catch(context).map_err(said)?;
        from_javascript(context, &value, &field.ty)
    });
    Ok(Value::Struct(values.collect::<Converted<_>>()?))
}

/// The milliseconds of a `Date` that is one, within the years that GoogleSQL has.
fn millis(returned: &Js) -> Option<f64> {
    const YEARS: std::ops::RangeInclusive<f64> = -62_135_596_800_000.0..=253_402_300_799_999.0;
    let date = returned.as_object()?;
    let get_time: Function = date.get("getTime").ok()?;
    let millis: f64 = get_time.call((rquickjs::function::This(date.clone()),)).ok()?;
    YEARS.contains(&millis).then_some(millis)
}

/// A value as JavaScript turns it into a text, which an object does in a way of its own.
fn text<'js>(context: &Ctx<'js>, value: &Js<'js>) -> Converted<String> {
    if let Some(text) = value.as_string() {
        return text.to_string().catch(context).map_err(said);
    }
    let string: Function = context.globals().get("String").map_err(outside)?;
    string.call::<_, String>((value.clone(),)).catch(context).map_err(said)
}

/// A value for a message.
fn shown<'js>(context: &Ctx<'js>, value: &Js<'js>) -> String {
    text(context, value).unwrap_or_else(|_| value.type_of().as_str().to_owned())
}
