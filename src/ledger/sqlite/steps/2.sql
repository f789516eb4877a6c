-- Views; who ran what of which revision, and for how long; no move of a state that is not legal.
CREATE TABLE IF NOT EXISTS served_view (name TEXT PRIMARY KEY, dataset TEXT NOT NULL) STRICT;

ALTER TABLE run ADD COLUMN actor TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN revision TEXT NOT NULL DEFAULT '';
ALTER TABLE attempt ADD COLUMN milliseconds INTEGER;

-- A claim's epoch is above all that were before it.
CREATE UNIQUE INDEX attempt_epoch ON attempt (dataset, partition, epoch);
DROP INDEX attempt_partition;

CREATE TRIGGER attempt_begins BEFORE INSERT ON attempt WHEN new.state <> 'running'
BEGIN SELECT raise(ABORT, 'an attempt begins as running'); END;
CREATE TRIGGER attempt_moves BEFORE UPDATE OF state ON attempt
WHEN old.state <> 'running' OR new.state NOT IN ('success', 'failed', 'abandoned')
BEGIN SELECT raise(ABORT, 'an attempt that has ended stays as it is'); END;

CREATE TRIGGER run_begins BEFORE INSERT ON run WHEN new.state <> 'running'
BEGIN SELECT raise(ABORT, 'a run begins as running'); END;
CREATE TRIGGER run_moves BEFORE UPDATE OF state ON run
WHEN old.state <> 'running' OR new.state NOT IN ('success', 'failed', 'stopped', 'abandoned')
BEGIN SELECT raise(ABORT, 'a run that has ended stays as it is'); END;
