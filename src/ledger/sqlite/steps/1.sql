-- Runs, attempts, leases, partitions, sources and what checks said.
CREATE TABLE run (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, until TEXT NOT NULL, owner TEXT NOT NULL, tool TEXT NOT NULL,
  started_at TEXT NOT NULL, ended_at TEXT, state TEXT NOT NULL
) STRICT;
CREATE TABLE attempt (
  id TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES run (id), dataset TEXT NOT NULL, partition TEXT NOT NULL,
  epoch INTEGER NOT NULL, state TEXT NOT NULL, definition_hash TEXT NOT NULL, sql_hash TEXT NOT NULL,
  error TEXT, started_at TEXT NOT NULL, ended_at TEXT
) STRICT;
CREATE INDEX attempt_partition ON attempt (dataset, partition, epoch);
CREATE INDEX attempt_state ON attempt (state) WHERE state = 'running';
CREATE TABLE query (hash TEXT PRIMARY KEY, dataset TEXT NOT NULL, sql TEXT NOT NULL, first_used_at TEXT NOT NULL) STRICT;
CREATE TABLE lease (
  dataset TEXT NOT NULL, partition TEXT NOT NULL, owner TEXT NOT NULL, epoch INTEGER NOT NULL,
  expires_at INTEGER NOT NULL, PRIMARY KEY (dataset, partition)
) STRICT;
CREATE TABLE partition (
  dataset TEXT NOT NULL, partition TEXT NOT NULL, state TEXT NOT NULL, attempt TEXT NOT NULL, epoch INTEGER NOT NULL,
  definition_hash TEXT NOT NULL, checks_hash TEXT NOT NULL, data_version INTEGER NOT NULL,
  origin_version INTEGER NOT NULL, inputs TEXT NOT NULL, rows INTEGER NOT NULL, digest TEXT NOT NULL,
  built_at TEXT NOT NULL, PRIMARY KEY (dataset, partition)
) STRICT;
CREATE TABLE source_partition (
  source TEXT NOT NULL, partition TEXT NOT NULL, version INTEGER NOT NULL, rows INTEGER NOT NULL,
  digest TEXT NOT NULL, seen_at TEXT NOT NULL, PRIMARY KEY (source, partition)
) STRICT;
CREATE TABLE check_result (
  attempt TEXT NOT NULL, dataset TEXT NOT NULL, partition TEXT NOT NULL, text TEXT NOT NULL,
  blocks INTEGER NOT NULL, violations INTEGER NOT NULL, at TEXT NOT NULL
) STRICT;
