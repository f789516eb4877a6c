-- Of each outcome of a check how many rows there were, what was allowed and what it came to.
ALTER TABLE check_result ADD COLUMN rows INTEGER;
ALTER TABLE check_result ADD COLUMN warn TEXT;
ALTER TABLE check_result ADD COLUMN fail TEXT;
ALTER TABLE check_result ADD COLUMN verdict TEXT NOT NULL DEFAULT '';

UPDATE check_result SET
  warn = CASE WHEN blocks = 0 THEN '0' END,
  fail = CASE WHEN blocks = 1 THEN '0' END,
  verdict = CASE WHEN violations = 0 THEN 'passed' WHEN blocks = 1 THEN 'failed' ELSE 'warned' END;

CREATE INDEX check_result_partition ON check_result (dataset, partition);
