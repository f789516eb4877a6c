//! What the program says and does, verb by verb and mistake by mistake, as a user sees it: exit code,
//! standard output, standard error. Every project is a folder of its own; nothing outside is read.

mod checks;
mod columns;
mod command_line;
mod compare;
mod compile;
mod definitions;
mod demo;
mod explain;
mod files;
mod graph;
mod header_keys;
mod ingest;
mod init;
mod intake;
mod joins;
mod keys;
mod legacy;
mod matrices;
mod names_and_types;
mod new_version;
mod own_templates;
mod parameters;
mod project;
mod query;
mod run;
mod self_reads;
mod sources;
mod special_files;
mod sql;
mod sql_limits;
mod target;
mod template;
mod template_limits;
mod versions;
mod warehouse;
