//! The table of diagnostic codes. The doc comment of a code is its `tidemill explain` page:
//! the first line is its title, the rest says what it means and how to mend it.

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $name:ident = $text:literal, )+) => {
        /// A stable name for a kind of finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $( $(#[doc = $doc])+ $name, )+ }

        impl Code {
            pub const ALL: &[Code] = &[$(Code::$name),+];

            /// The code as it is printed, `TM` and four digits.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text),+ }
            }

            /// The page that `tidemill explain` prints.
            pub fn page(self) -> String {
                match self { $(Code::$name => page(&[$($doc),+])),+ }
            }
        }
    };
}

codes! {
    /// no project here
    ///
    /// Tidemill looks for `tidemill.yaml` in the given folder and in those above it, and found none.
    /// Write a small project with `tidemill init`, or point at one with `--project-dir`.
    NoProject = "TM0101",
    /// the project has no definitions
    ///
    /// `datasets/` holds no YAML file with a source, a dataset or a view, so there is nothing to compile.
    /// Add a definition, or let `tidemill init` write a small project to start from.
    EmptyProject = "TM0102",
    /// a file cannot be read
    ///
    /// The file is missing, is not a regular file, is too large or may not be read. The message says which.
    UnreadableFile = "TM0103",
    /// not valid YAML
    ///
    /// The file does not parse as YAML, or it is nested too deeply, too large, or full of aliases.
    /// The limits are 1 MiB, 50,000 nodes and 64 levels for a definition. Within `[…]` and `{…}` a comma parts items,
    /// so `[size: if(a > 9, 1, 0)]` reads as three of them: put the expression in double quotes, or one item a line.
    InvalidYaml = "TM0104",
    /// unknown key
    ///
    /// Keys are a fixed set, so that a typing slip cannot be ignored in silence.
    /// `docs/definitions.md` lists the keys of each kind of definition.
    UnknownKey = "TM0105",
    /// duplicate key
    ///
    /// The same key stands twice in one mapping; YAML readers disagree about which one counts.
    DuplicateKey = "TM0106",
    /// wrong type
    ///
    /// The value is of another YAML type than the key takes. Fit that look like numbers or booleans need quotes;
    /// `yes`, `no`, `on` and `off` are texts, only `true` and `false` are booleans.
    WrongType = "TM0107",
    /// missing key
    ///
    /// A key that every definition of this kind must have is missing: owners and descriptions among them,
    /// so that whoever meets a table can find out what it is and whom to ask.
    MissingKey = "TM0108",
    /// value not understood
    ///
    /// The value has the right YAML type but not a form that the key takes, for example a date that does not exist.
    InvalidValue = "TM0109",
    /// one definition a file
    ///
    /// A file in `datasets/` holds exactly one of `source:`, `dataset:`, `snapshot:`, `view:`, `static:`, `function:` and `application:`.
    /// Split the others into files of their own.
    UnclearKind = "TM0110",
    /// two definitions of one name
    ///
    /// Two definitions would write the same table or view, letter case aside. Rename one of them; remember that a ping source
    /// gives three names: its live table, its stable dataset and its user view.
    DuplicateName = "TM0111",
    /// schema not understood
    ///
    /// A schema (inline, from a BigQuery schema file, a JSON Schema or Glean metrics) has a type or a mode that is not known,
    /// refers to what is not in its file, or cannot judge payloads.
    InvalidSchema = "TM0112",
    /// which version serves the view
    ///
    /// Several versions of a dataset may name one view; `serves: v1` in one of them says whose rows it shows. It is
    /// missing, two definitions disagree, or no version that names the view has that number.
    WrongServes = "TM0131",
    /// a key that cannot be kept
    ///
    /// The key is part of the language, but no engine of this version can do what it asks for. Better refused than ignored.
    RefusedKey = "TM0132",
    /// deprecated
    ///
    /// The dataset is deprecated: its readers should move to the one that `use` names before `remove_after`. After that
    /// day `plan` and `run` say that it can go.
    Deprecated = "TM0133",
    /// targets that get in each other's way
    ///
    /// Two targets would write the same tables of one file, a target would write into schemas of a production
    /// target, or targets read what they lack from each other. Give them files or names of their own.
    WrongTarget = "TM0134",
    /// a matrix that cannot be expanded
    ///
    /// `for:` gives a definition its axes. An axis is a list of values, a mapping of values to their `id`, `applications`,
    /// `{with_ping: baseline}`, or the `channels` or `pings` of an application. A matrix has at most 10,000 members.
    InvalidMatrix = "TM0121",
    /// a matrix without members
    ///
    /// An axis has no values, or `where` leaves none, so the definition would stand for nothing. Most often a name in it
    /// has a slip; otherwise take the definition out.
    EmptyMatrix = "TM0122",
    /// unknown axis
    ///
    /// `{name}` in a matrix, or an axis under `where`, is none of the axes that `for:` declares, or lacks the attribute.
    /// To write a name in braces as text, put a backslash before it: `\{name}`.
    UnknownAxis = "TM0123",
    /// two members of a matrix have one name
    ///
    /// The name of a matrix must tell its members apart, so every axis takes part in it, as `{axis}` or `{axis.id}`.
    AmbiguousMembers = "TM0124",
    /// no such matrix
    ///
    /// `from: {each: …}` takes the name of a matrix as it is written in the matrix's own file, braces and all, or the
    /// tables of applications: `{channel.id}_live.PING_v1`, `{channel.id}_stable.PING_v1` and `{channel.id}.PING`.
    UnknownMatrix = "TM0125",
    /// a value does not fit its type
    ///
    /// A value in a static table, a parameter or an example is not of the type that is declared for it.
    /// The hint says what the type takes. In a CSV file an empty cell is NULL, in a STRING column the empty STRING.
    WrongValue = "TM0150",
    /// a static table's file does not fit its schema
    ///
    /// A row has too many or too few cells, a quote is not closed, or the header misses or does not know a column.
    /// The first line of a CSV file names the columns of the schema, in any order.
    WrongTableFile = "TM0151",
    /// two rows of one key
    ///
    /// `key` states columns that tell the rows of a static table apart, and two rows agree in all of them, or one
    /// has no value there. A lookup join by that key would multiply or lose rows.
    DuplicateTableKey = "TM0152",

    /// unknown table
    ///
    /// Nothing in the project declares the table: neither a source, a dataset nor a view. Declare what others fill
    /// as a source (`kind: table`) with its schema, so that everything downstream can be typed offline. Where a query reads
    /// such a table it is a warning: the query is compiled to GoogleSQL, and all of it that does not hang on the table's
    /// columns is typed. The dataset and its readers are not built; asking for one by its name is an error.
    /// `tidemill check` lists the columns without a type.
    UnknownTable = "TM0201",
    /// a self read that is not declared
    ///
    /// The dataset reads its own table. State how far back with `reads_self: {last: 27 days}` or `reads_self: all_before`,
    /// so that its days are built in order and staleness has a horizon.
    UndeclaredSelfRead = "TM0202",
    /// unknown column or shortcut
    ///
    /// The name is neither a column of the table nor one of the shortcuts of its kind of source. The table's columns stand
    /// in `generated/`, in its `schema.json`; `docs/definitions.md` says where shortcuts are.
    UnknownColumn = "TM0203",
    /// a cycle
    ///
    /// The datasets read each other in a circle, so none of them can be built first. The message names the path.
    Cycle = "TM0204",
    /// reads not bounded by the partition
    ///
    /// The query reads a partitioned table without a condition on its partition column that Tidemill understands, so it
    /// cannot know which partitions to wait for. Compare the column with `@submission_date`, or state `reads:`.
    UnboundedRead = "TM0205",
    /// unknown metric
    ///
    /// `metric('category.name')` names a metric that the source's ping does not carry. It carries those of the `metrics.yaml`
    /// under `schema:` that send it in this ping (`send_in_pings`), and those of the Glean SDK.
    UnknownMetric = "TM0206",
    /// a declared self read that the query does not make
    ///
    /// `reads_self` is stated, but the query does not read its own table, or reads further back than stated.
    WrongSelfRead = "TM0207",
    /// stated reads leave out days that the query reads
    ///
    /// `reads:` states fewer days of a table than the conditions of the query let in, so changes of the others would
    /// make nothing stale. State all of them, take `reads:` out, or narrow the condition in WHERE.
    WrongReads = "TM0208",
    /// a join that does not fit
    ///
    /// The tables under `from` are joined on columns that both sides have, of types that agree; `country: code` names
    /// the first table's column and the joined one's. Every other column must have a name of its own, for which
    /// `as: name` puts the joined table's columns into a struct.
    InvalidJoin = "TM0211",
    /// tables that cannot be united
    ///
    /// A union takes columns by name, at every depth of structs and arrays: what a table lacks is NULL. A column of the
    /// same name must have types that go together. Rename or convert it in a view of one of the tables.
    IncompatibleUnion = "TM0212",

    /// unknown template
    ///
    /// Neither a built-in template (`tidemill/…`) nor a file in the project's `templates/` has this name.
    /// `tidemill template` lists the built-in ones.
    UnknownTemplate = "TM0301",
    /// template parameter missing, unknown or of the wrong type
    ///
    /// Templates declare their parameters with types; what stands under `with:` must fit. `tidemill template NAME` lists them.
    WrongParameter = "TM0302",
    /// template does not render
    ///
    /// A syntax error, an undefined name or a failed call in a template. Undefined names are errors, never empty text.
    TemplateFailed = "TM0303",
    /// template went over a limit
    ///
    /// Rendering is bounded: a million steps, 64 KiB of template, 8 MiB of output, a bounded depth of expressions.
    /// Each 64 bytes that a step makes count as a step, so that memory is bounded as well.
    /// A loop that does not end, or that multiplies text, ends here.
    TemplateLimit = "TM0304",
    /// template's own declaration is wrong
    ///
    /// The `{#--- … ---#}` block at the head of a template declares its description and parameters; it has an error.
    InvalidTemplateHeader = "TM0305",
    /// a macro is not there, or names what it is not handed
    ///
    /// Macros stand in files below `templates/macros/` and are imported by name:
    /// `{% from "macros/names.sql" import quoted %}`. A macro sees its arguments and nothing of the SQL that imports it, so
    /// that what it writes can be read off its call.
    InvalidMacro = "TM0350",

    /// SQL syntax error
    ///
    /// The rendered SQL does not parse as GoogleSQL. The place shown is the template's or definition's line that wrote it.
    SqlSyntax = "TM0401",
    /// one SELECT per dataset
    ///
    /// A dataset is one query, with the functions that it makes in front of it. Scripts, several statements and statements
    /// that write belong outside; let them fill a `kind: table` source.
    NotOneQuery = "TM0402",
    /// not understood yet
    ///
    /// The construct is GoogleSQL, but this version of Tidemill cannot type or translate it. The message names it.
    Unsupported = "TM0403",
    /// types do not fit
    ///
    /// An operator, function or comparison is given types that GoogleSQL does not accept together. The message names them:
    /// convert one with CAST, or read another column.
    TypeMismatch = "TM0404",
    /// unknown function
    ///
    /// GoogleSQL has no such function, or this version of Tidemill does not know it yet: `docs/googlesql.md` lists all that are
    /// known. One of the project's own is called by its whole name, as its definition has it under `function:`.
    UnknownFunction = "TM0405",
    /// ambiguous name
    ///
    /// Several tables in the FROM clause have the column, or several columns of a query have the name. Say which table is meant
    /// with its alias, and give each column a name of its own with `AS`.
    AmbiguousName = "TM0406",
    /// a column without a usable name
    ///
    /// Every column of a dataset needs a name, and no two may share one. Give expressions an alias with `AS`.
    UnnamedColumn = "TM0407",
    /// grouped and ungrouped columns mixed
    ///
    /// In an aggregating query every selected column is grouped or aggregated. Add it to GROUP BY, or say which of a group's
    /// values is meant: `MAX(x)`, `ANY_VALUE(x)`.
    UngroupedColumn = "TM0408",
    /// unknown parameter
    ///
    /// The query parameters at hand are `@submission_date`, `@partition_start` and `@partition_end`, and those that the dataset
    /// declares under `parameters:`.
    UnknownQueryParameter = "TM0409",
    /// too large
    ///
    /// The rows of a query have more columns than are followed, fields of structs counted too, or their types nest too deep: `*` and
    /// whole structs double them in every common table. Name the columns that are needed.
    TooLarge = "TM0410",
    /// a parameter's value does not fit
    ///
    /// `--param name:TYPE:value` gives a query the value of `@name`, `--param :TYPE:value` that of the next `?`; a query has the one
    /// or the other. Without a TYPE it is STRING, without a value NULL. Values are what GoogleSQL's CAST takes for the type; those of
    /// an ARRAY or a STRUCT are JSON: `--param 'days:ARRAY<DATE>:["2026-11-22"]'`. Each that is given must be named in the query.
    WrongQueryParameter = "TM0411",
    /// a pattern that RE2 refuses
    ///
    /// The literal pattern of a REGEXP function is no regular expression of RE2, or has more groups than the function takes: the
    /// query would fail at the first row. RE2 has no look-around, no references back and no possessive repetition. What
    /// REGEXP_REPLACE puts in names groups of the pattern only. Behind `SAFE.` nothing is said.
    WrongPattern = "TM0412",
    /// GoogleSQL has it, BigQuery has not
    ///
    /// The construct is one of GoogleSQL that BigQuery refuses. `tidemill query`, `tidemill translate` and unit tests run it; datasets,
    /// views, checks and functions are compiled for BigQuery too, and may not hold it. The hint says what to write instead.
    NotInBigQuery = "TM0413",
    /// a function's definition does not fit
    ///
    /// A function's body is one expression over its arguments: it reads no tables, holds no aggregate and no window, and
    /// has no query parameters. An argument of `ANY TYPE` takes any value, and the body is then typed for each call.
    /// A JavaScript function states what it `returns`, and takes no `ANY TYPE`.
    InvalidFunction = "TM0450",
    /// a function that does not run here
    ///
    /// A query calls a function, itself or through another one, that is known and typed and that DuckDB has no way to run: in another
    /// language than SQL and JavaScript, with libraries of a bucket, or an aggregate with a query in it. A dataset that calls one compiles, see TM0455.
    NotRunHere = "TM0451",
    /// an example does not fit its function
    ///
    /// An example gives a value for every argument, in order, and what comes out: `{arguments: ['x'], gives: 'X'}`.
    /// An argument of `ANY TYPE` has the type of its value: STRING, INT64, FLOAT64, BOOL, lists and mappings of them; others are stated
    /// for all arguments: `types: [DATE]`.
    InvalidExample = "TM0452",
    /// the key of keyed_hash is no name
    ///
    /// `keyed_hash(text, 'name')` takes the name of a key, never its value: a literal of lower-case letters, digits, `-` and `_`.
    /// The value stands in the file `.tidemill/keys/NAME`, or where the target's `keys:` says.
    InvalidKeyName = "TM0453",
    /// a declared parameter that no query names
    ///
    /// `parameters:` declares a value that the dataset's query does not name as `@name`. Take it out, or use it.
    UnusedParameter = "TM0454",
    /// DuckDB cannot run this
    ///
    /// The query is right, and BigQuery runs it; for DuckDB there is no translation of the construct that the message names. Such a
    /// dataset compiles, and on a DuckDB target its partitions fail with this reason. `docs/googlesql.md` lists what runs where.
    NotOnDuckDb = "TM0455",

    /// the partition column does not fit
    ///
    /// `partition_by` names a column that the query does not give, or one that is neither DATE nor TIMESTAMP.
    WrongPartitionColumn = "TM0501",
    /// a check names what is not there
    ///
    /// A check reads a column that the dataset does not have, or is not of a known kind.
    InvalidCheck = "TM0502",
    /// a key names a column that is not there
    ///
    /// `cluster_by`, `columns` and `deletion` name columns of the dataset.
    UnknownOutputColumn = "TM0503",
    /// this needs a new version
    ///
    /// A column was removed, retyped or the partitioning changed. Readers of the table would break and older partitions
    /// could not hold both shapes, so the way out is a new version of the dataset beside the old one.
    NeedsNewVersion = "TM0504",
    /// generated files are not current
    ///
    /// `generated/` differs from what the definitions compile to. Run `tidemill compile` and commit the result.
    GeneratedStale = "TM0505",
    /// the view stays with the version that it shows
    ///
    /// The definitions say that another version serves the view, but that one lacks partitions or columns that the
    /// shown one has, so people would find less than before. Fill it with `tidemill backfill`, then run again; or
    /// switch all the same with `tidemill run --force-switch`.
    SwitchRefused = "TM0521",

    /// unknown name
    ///
    /// The name given on the command line matches nothing in the project.
    UnknownSelection = "TM0601",
    /// impossible date
    ///
    /// Dates are written `YYYY-MM-DD` and must exist; a range runs forward.
    ImpossibleDate = "TM0602",
    /// warehouse held by another process
    ///
    /// A DuckDB file has one owner at a time. Wait for the other process, or end it.
    WarehouseBusy = "TM0603",
    /// target not known
    ///
    /// `--target` names a target that `tidemill.yaml` does not have.
    UnknownTarget = "TM0604",
    /// folder cannot be written
    ///
    /// A folder that Tidemill must write into is missing or read-only.
    Unwritable = "TM0605",
    /// not built yet
    ///
    /// The definitions declare the table, but the target does not have it: nothing was ingested or built there.
    NotBuilt = "TM0606",
    /// a query failed
    ///
    /// The query is right, and what it computes from these rows is not defined: a division by zero, a text that is no date, a
    /// number beyond INT64. `SAFE.` before a function, SAFE_CAST and SAFE_DIVIDE give NULL instead.
    QueryFailed = "TM0607",
    /// a query was stopped
    ///
    /// It took longer than `--timeout` or needed more memory than `--memory`. Nothing was changed. Read fewer days or rows, or
    /// give it more: `--timeout 0` has no end.
    QueryStopped = "TM0608",
    /// a file of another shape
    ///
    /// The file's columns are not those that its source declares, or a value would not survive the change of type. A Parquet
    /// file and a shard of an export are loaded whole or not at all: nothing of this one is. The message names the columns.
    FileShape = "TM0621",
    /// a shard that is not of its day
    ///
    /// A shard of a web source replaces the day that its name says, `events_20261121`, and every row of it must say the same
    /// day in `event_date`; a file with a wrong name would otherwise empty a day. Nothing of this file is loaded.
    WrongShard = "TM0622",
    /// the source of a file is not said
    ///
    /// Pings say themselves where they belong; lines of logs, exports and other tables do not. Name their source with `--source`.
    NoSource = "TM0623",
    /// a name needs what is not there
    ///
    /// The `names` of a target have `{user}` or `{branch}` in them, and there is no user in the environment or the
    /// project is in no git repository.
    UnknownVariable = "TM0624",
    /// production is not dropped
    ///
    /// `tidemill target drop` removes what was made for trying things out. A target with `production: true` is removed
    /// by hand, by someone who means it.
    ProductionTarget = "TM0625",
    /// damaged ledger
    ///
    /// SQLite cannot read the ledger, so what it says of partitions cannot be trusted. Move it away, with the files beside
    /// it that end in `-wal` and `-shm`: the next run makes a new one from the markers in the warehouse, which know
    /// every published partition; what is lost is the history of runs and attempts. Or put back a copy of an earlier day
    /// from the folder that is named: the next run brings it up to date from the same markers.
    LedgerDamaged = "TM0626",
    /// ledger of a newer program
    ///
    /// A newer version of Tidemill brought the ledger's tables to a shape that this one does not know. Nothing was changed.
    /// Use that version, or give the target another `path`.
    LedgerNewer = "TM0627",
    /// damaged warehouse
    ///
    /// DuckDB cannot read the file, or the log beside it (`.wal`) that holds what was committed since the last checkpoint.
    /// Nothing was changed, and Tidemill never deletes a log. Copy both files first. Where only the log is damaged, move it away:
    /// the next run finds what the warehouse no longer has, says so, and builds it again; files whose rows stood in the log
    /// are to be ingested again. Where the file itself is damaged, put back a copy of it: the next run catches up.
    WarehouseDamaged = "TM0628",
    /// a key is missing
    ///
    /// A query hashes with a key (`keyed_hash`) whose file cannot be read. Keys are no part of the project: make one once for each
    /// target with `head -c 32 /dev/urandom > .tidemill/keys/NAME; chmod 600 .tidemill/keys/NAME`, and keep it: hashes by another
    /// key do not join.
    KeyMissing = "TM0650",
    /// a key is not safe
    ///
    /// The file of a key can be reached by others, belongs to another user, is a link or no file, or is too short. Whoever has the
    /// key can find out whose hash is whose, so nothing is run with such a key.
    KeyUnsafe = "TM0651",
    /// no such rule
    ///
    /// `rules:` in `tidemill.yaml`, or an exception, names a rule that Tidemill does not have. `docs/rules.md` lists them.
    UnknownRule = "TM0701",
    /// an exception that is over
    ///
    /// A definition was allowed to break a rule until a day that has passed. Only `compile` and `check` say so; what runs each
    /// day goes on. Mend what the exception was granted for, or agree on a later day.
    ExpiredException = "TM0702",
    /// an exception that nothing needs
    ///
    /// A definition is excepted from a rule that it does not break. Take the exception out: it would hide the next mistake.
    UselessException = "TM0703",
    /// an aggregate that depends on the order of rows
    ///
    /// ARRAY_AGG, STRING_AGG, ARRAY_CONCAT_AGG and ARRAY(SELECT …) put rows together in the order in which they come, which
    /// without ORDER BY is another one at each run. Order by the value itself, or by what tells the rows apart.
    UnorderedAggregate = "TM0704",
    /// any of several values
    ///
    /// ANY_VALUE gives the value of whichever row the engine meets, so that a rerun may publish other rows. It is fine
    /// where the groups leave one value only.
    AnyValue = "TM0705",
    /// a window that depends on the order of rows
    ///
    /// ROW_NUMBER, FIRST_VALUE, LAST_VALUE, NTH_VALUE, LAG, LEAD and NTILE go by the order of rows, which the window does not say.
    /// RANK and its like, and aggregates, do not depend on it.
    UnorderedWindow = "TM0706",
    /// LIMIT without an order
    ///
    /// LIMIT without ORDER BY keeps whichever rows come first, and a rerun others.
    UnorderedLimit = "TM0707",
    /// rows may tie in an order
    ///
    /// Which of several rows comes first depends on an ORDER BY in which they may tie. Proven to be fine is an order that holds the value itself,
    /// all that is selected, or what the query groups by; that a column is unique cannot be seen in a query. The rule is off
    /// by default; the verdict of a dataset says `unproven` all the same.
    TiedOrder = "TM0708",
    /// a random value
    ///
    /// RAND and GENERATE_UUID give another value at each run, so a partition that is built again has other rows.
    RandomValue = "TM0709",
    /// a value of when or by whom a query runs
    ///
    /// CURRENT_DATE, CURRENT_TIMESTAMP and their like depend on when a partition is built, SESSION_USER on who builds it.
    /// A partition knows its own time: `@submission_date`, `@partition_start`, `@partition_end`.
    Clock = "TM0710",
    /// a sum of floating-point numbers
    ///
    /// The sum of FLOAT64 values has other last digits when they are added in another order, and so have averages and
    /// deviations. Two builds of one partition then differ, and what reads it is built again for nothing.
    FloatSum = "TM0711",
    /// an estimate
    ///
    /// Approximate functions estimate from a sketch of the rows. How it is made depends on the engine, its version and how the
    /// rows are spread over workers.
    ApproximateFunction = "TM0712",
    /// a view that gives other rows at each read
    ///
    /// A view is computed when it is read. What makes it differ from read to read makes the dataset that reads it differ from
    /// build to build. The note names the place in the view.
    UnstableView = "TM0713",
    /// a set operation that mixes columns up
    ///
    /// UNION, INTERSECT and EXCEPT go by position. Two sides that have a column of different names at one place either
    /// mix columns up, or lack an alias.
    PositionalUnion = "TM0714",
    /// a star that brings identifiers
    ///
    /// `SELECT *` over a table with identifiers takes them along, those too that the table gets some day. Name the columns
    /// that are needed, or leave identifiers out with EXCEPT. Stars within a query that narrows its columns later are fine.
    StarOverIdentifiers = "TM0715",
    /// people's rows, and no way to delete them
    ///
    /// An identifier survives into the dataset, so its rows belong to people who may ask for their deletion.
    /// `deletion: by client_id` says by which column they are found. `docs/privacy.md` tells how identifiers are followed.
    MissingDeletion = "TM0716",
    /// people's rows, kept for ever
    ///
    /// An identifier survives into the dataset, and nothing says how long its rows are kept: write `expires: 775 days`.
    MissingExpiry = "TM0717",
    /// an identifier where none may be
    ///
    /// A dataset made from a server's log, or one that says `public: true`, must not hold anything by which people are told
    /// apart. The note shows the column's way from its source. Leave it out, count it, or hash it with `keyed_hash`.
    ForbiddenIdentifier = "TM0718",
    /// a hash that can be undone
    ///
    /// Whoever hashes every address or number that there is finds out whose hash is whose. MD5, SHA256 and their like have no key, so
    /// they hide nothing that can be guessed: addresses of mail and network, telephone numbers. `keyed_hash(column, 'name')` has one.
    UnkeyedHash = "TM0719",
    /// kept longer than what it was made from
    ///
    /// The dataset keeps an identifier longer than the table that it came from, which undoes that table's `expires`.
    LongRetention = "TM0720",
    /// deletion by what is no identifier
    ///
    /// `deletion: by …` names a column that no identifier came into, while the dataset holds others. Whoever asks to be deleted is not
    /// found by it. Name the identifier's column, or declare what the column is under its source's `identifiers`.
    WrongDeletion = "TM0721",
    /// an example does not hold
    ///
    /// An example of a function is what its author says that the function gives; the function, run on DuckDB, gives something
    /// else or fails. Mend the body or the example. `tidemill test NAME` runs the examples of one function.
    WrongExample = "TM0730",
    /// another schema than declared
    ///
    /// A dataset may declare its schema (`schema: {columns: {…}}` or `schema: {bigquery: file}`), which is then its contract: the
    /// query gives exactly these columns, nested fields and order included. The note shows the difference. What its query gives
    /// without a contract stands in `generated/…/schema.json`, which is a file that `bigquery` takes.
    ///
    /// It is a warning where a column is declared REQUIRED and the query may leave it NULL, as far as is known, and where the
    /// file bounds a type (`maxLength`, `precision`, `scale`), which no column of a query has.
    ContractBroken = "TM0731",
    /// not formatted
    ///
    /// `tidemill format --check` found SQL that is not in the one style of `docs/formatting.md`. `tidemill format` writes it so; no
    /// token and no comment changes, only what stands between them and the letters of keywords.
    NotFormatted = "TM0741",
    /// a test that says nothing
    ///
    /// A test in `tests/` cannot be run as it is written: it lacks what its query needs, asks for what the query does not have, or
    /// says things that do not go together. `docs/testing.md` shows the form.
    InvalidTest = "TM0751",
    /// a test fails
    ///
    /// The query does not give the rows that a test in `tests/` expects. `tidemill test` shows both side by side: `-` is expected,
    /// `+` is what came out. Mend the query, or the test where it states what is no longer meant.
    FailedTest = "TM0752",
}

fn page(lines: &[&str]) -> String {
    let trimmed: Vec<&str> = lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    trimmed.join("\n")
}

impl Code {
    /// Finds a code by its printed form, letter case aside.
    pub fn parse(text: &str) -> Option<Code> {
        Self::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(text))
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_code_is_unique_and_has_a_page() {
        let mut seen = std::collections::BTreeSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.as_str()), "{} stands twice", code.as_str());
            assert!(code.page().lines().count() > 2, "{} has no page", code.as_str());
            assert_eq!(Code::parse(code.as_str()), Some(*code));
        }
    }
}
