//! What the program says and does, verb by verb and mistake by mistake, as a user sees it: exit code,
//! standard output, standard error. Every project is a folder of its own; nothing outside is read.

mod checks;
mod columns;
mod command_line;
mod compile;
mod definitions;
mod demo;
mod explain;
mod files;
mod functions;
mod graph;
mod hash_keys;
mod ingest;
mod init;
mod keys;
mod macros;
mod names_and_types;
mod own_templates;
mod parameters;
mod project;
mod query;
mod query_parameters;
mod run;
mod self_reads;
mod special_files;
mod sql;
mod sql_limits;
mod static_tables;
mod template;
mod template_limits;
mod test_verb;
mod warehouse;
