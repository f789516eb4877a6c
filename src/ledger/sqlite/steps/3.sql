-- Whose turn it is to schedule, and days that nobody made up for.
CREATE TABLE scheduler (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1), owner TEXT NOT NULL, epoch INTEGER NOT NULL,
  since TEXT NOT NULL, expires_at INTEGER NOT NULL, through TEXT
) STRICT;
CREATE TABLE skipped_day (day TEXT PRIMARY KEY, noted_at TEXT NOT NULL) STRICT;
