//! The JavaScript engine: a runtime and a context for each function and thread, with limits. It must never outlive its thread,
//! nor let one function see another's state.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use rquickjs::context::EvalOptions;
use rquickjs::function::Args;
use rquickjs::{CatchResultExt, CaughtError, Context, Ctx, Function, Persistent, Runtime};

use super::convert::{from_javascript, to_javascript};
use crate::schema::{Field, Type, parse_type};
use crate::value::Value;

/// Longest time that one call takes.
pub const LONGEST_CALL: Duration = Duration::from_secs(5);
/// Most memory that one function takes in one thread.
const MOST_MEMORY: usize = 256 << 20;
/// Most of the thread's stack that a function takes: DuckDB's threads have more.
const MOST_STACK: usize = 512 << 10;
/// Functions that a thread keeps ready.
const MOST_FUNCTIONS: usize = 16;

thread_local! {
    /// The last one called stands last.
    static READY: RefCell<Vec<Rc<JsFunction>>> = const { RefCell::new(Vec::new()) };
}

/// A function that is ready to be called. Fields end in their order: what lives in the context before the context,
/// and that before its runtime.
pub struct JsFunction {
    types: String,
    source: String,
    result_text: String,
    arguments: Vec<Field>,
    result: Type,
    function: Persistent<Function<'static>>,
    context: Context,
    _runtime: Runtime,
    deadline: Rc<Cell<Instant>>,
}

/// Hands over the function of these types and this source.
pub fn with_function<T>(
    types: &str,
    result: &str,
    source: &str,
    work: impl FnOnce(&JsFunction) -> Result<T, String>,
) -> Result<T, String> {
    let is_it =
        |one: &Rc<JsFunction>| one.source == source && one.types == types && one.result_text == result;
    let found = READY.with_borrow_mut(|ready| match ready.last() {
        Some(last) if is_it(last) => Some(Rc::clone(last)),
        _ => ready.iter().position(is_it).map(|at| {
            let one = ready.remove(at);
            ready.push(Rc::clone(&one));
            one
        }),
    });
    let function = match found {
        Some(function) => function,
        None => {
            let made = Rc::new(JsFunction::new(types, result, source)?);
            READY.with_borrow_mut(|ready| {
                if ready.len() == MOST_FUNCTIONS {
                    ready.remove(0);
                }
                ready.push(Rc::clone(&made));
            });
            made
        }
    };
    let outcome = work(&function);
    if outcome.is_err() {
        // What failed may have left its memory full.
        READY.with_borrow_mut(|ready| ready.retain(|one| !Rc::ptr_eq(one, &function)));
    }
    outcome
}

impl JsFunction {
    fn new(types: &str, result: &str, source: &str) -> Result<Self, String> {
        let arguments = match types {
            "" => Vec::new(),
            types => parse_type(&format!("STRUCT<{types}>"))?.fields().unwrap_or_default().to_vec(),
        };
        let outside = |error: rquickjs::Error| format!("JavaScript cannot run: {error}");
        let runtime = Runtime::new().map_err(outside)?;
        runtime.set_memory_limit(MOST_MEMORY);
        runtime.set_max_stack_size(MOST_STACK);
        let deadline = Rc::new(Cell::new(Instant::now() + LONGEST_CALL));
        let looked_at = Rc::clone(&deadline);
        runtime.set_interrupt_handler(Some(Box::new(move || Instant::now() > looked_at.get())));
        let context = Context::full(&runtime).map_err(outside)?;
        let names: Vec<&str> = arguments.iter().map(|field| field.name.as_str()).collect();
        let text = format!("(function({}) {{\n{source}\n}})", names.join(", "));
        let function = context.with(|context| {
            let function: Function =
                context.eval_with_options(text, sloppy()).catch(&context).map_err(said)?;
            Ok::<_, String>(Persistent::save(&context, function))
        })?;
        Ok(Self {
            types: types.to_owned(),
            source: source.to_owned(),
            result_text: result.to_owned(),
            arguments,
            result: parse_type(result)?,
            function,
            context,
            _runtime: runtime,
            deadline,
        })
    }

    /// Calls the function with the values of one row.
    pub fn call(&self, values: &[Value]) -> Result<Value<'static>, String> {
        self.deadline.set(Instant::now() + LONGEST_CALL);
        self.context.with(|context| {
            let function = self.function.clone().restore(&context).map_err(|error| error.to_string())?;
            let mut given = Args::new(context.clone(), values.len());
            for (value, field) in values.iter().zip(&self.arguments) {
                let value = to_javascript(&context, value, &field.ty)?;
                given.push_arg(value).map_err(|error| error.to_string())?;
            }
            let returned: rquickjs::Value = function.call_arg(given).catch(&context).map_err(said)?;
            let value = from_javascript(&context, &returned, &self.result)?;
            forget_globals(&context).map_err(|error| error.to_string())?;
            Ok(value)
        })
    }
}

/// BigQuery's functions are no strict code: they may set a name that they do not declare.
fn sloppy() -> EvalOptions {
    let mut options = EvalOptions::default();
    options.strict = false;
    options
}

/// Takes away the names that a call set without declaring them: else a row would tell the next one. The engine's own
/// names are not enumerable.
fn forget_globals(context: &Ctx) -> rquickjs::Result<()> {
    let globals = context.globals();
    globals
        .keys::<String>()
        .collect::<rquickjs::Result<Vec<_>>>()?
        .iter()
        .try_for_each(|name| globals.remove(name))
}

/// What JavaScript says of a failure, in one line.
pub fn said(error: CaughtError) -> String {
    let message = match &error {
        CaughtError::Exception(exception) => {
            let name: Option<String> = exception.as_object().get("name").ok();
            let message = exception.message().unwrap_or_default();
            match name {
                Some(name) if message.is_empty() => name,
                Some(name) => format!("{name}: {message}"),
                None => message,
            }
        }
        // So the engine says that no memory is left for an error.
        CaughtError::Value(value) if value.is_null() => {
            format!("null was thrown, or more than {} MB of memory were taken", MOST_MEMORY >> 20)
        }
        CaughtError::Value(value) => value
            .as_string()
            .and_then(|text| text.to_string().ok())
            .unwrap_or_else(|| format!("a {} was thrown", value.type_of().as_str())),
        CaughtError::Error(error) => error.to_string(),
    };
    let message = message.lines().next().unwrap_or_default().to_owned();
    match message.as_str() {
        "InternalError: interrupted" => {
            format!("JavaScript was stopped: a call took more than {} seconds", LONGEST_CALL.as_secs())
        }
        message if message.is_empty() || message.contains("out of memory") => {
            format!("JavaScript was stopped: it took more than {} MB of memory", MOST_MEMORY >> 20)
        }
        message => format!("JavaScript: {message}"),
    }
}
