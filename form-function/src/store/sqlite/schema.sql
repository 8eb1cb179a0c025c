-- Every rule that must hold whatever the program does is a constraint here.

-- How many places are gone. A row appears with the first registration.
CREATE TABLE activities (
    slug    TEXT PRIMARY KEY,
    taken   INTEGER NOT NULL DEFAULT 0 CHECK (taken >= 0),
    waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting >= 0)
) STRICT, WITHOUT ROWID;

-- `value` is the whole registration as JSON; the other columns repeat what is searched or constrained.
CREATE TABLE registrations (
    id           TEXT PRIMARY KEY,
    activity     TEXT NOT NULL REFERENCES activities (slug),
    contact_hash TEXT NOT NULL,
    state        TEXT NOT NULL,
    live         INTEGER NOT NULL CHECK (live IN (0, 1)),
    party_size   INTEGER NOT NULL CHECK (party_size > 0),
    submitted_at TEXT NOT NULL,
    version      INTEGER NOT NULL,
    duplicate_of TEXT REFERENCES registrations (id),
    value        TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- One person has one live registration for an activity. Duplicates hold nothing, so there may be many.
CREATE UNIQUE INDEX holders ON registrations (activity, contact_hash)
    WHERE live = 1 AND duplicate_of IS NULL;

-- The list of an activity, as staff read it.
CREATE INDEX lists ON registrations (activity, submitted_at);

-- Requests that were answered, by the key that names them.
CREATE TABLE requests (
    key          TEXT PRIMARY KEY,
    digest       TEXT NOT NULL,
    registration TEXT NOT NULL REFERENCES registrations (id),
    recorded_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Messages that wait for delivery; a delivered one is deleted.
CREATE TABLE outbox (
    id           TEXT PRIMARY KEY,
    registration TEXT NOT NULL REFERENCES registrations (id),
    recorded_at  TEXT NOT NULL,
    value        TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE INDEX oldest_first ON outbox (recorded_at, id);
