-- Every rule that must hold whatever the program does is a constraint here. Instants are texts whose order is that of time.

-- What is to be known of the store itself: `keys`, the keys that it is filled with, named so that others are told from them.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How many places are gone. A row appears with the first registration. `announced` is what was last told of the event.
CREATE TABLE activities (
    slug      TEXT PRIMARY KEY,
    taken     INTEGER NOT NULL DEFAULT 0 CHECK (taken >= 0),
    waiting   INTEGER NOT NULL DEFAULT 0 CHECK (waiting >= 0),
    announced TEXT
) STRICT, WITHOUT ROWID;

-- `value` is the whole registration as JSON; the other columns repeat what is searched or constrained. Nothing here is about
-- the person.
CREATE TABLE registrations (
    id           TEXT PRIMARY KEY,
    activity     TEXT NOT NULL REFERENCES activities (slug),
    submitted_at TEXT NOT NULL,
    version      INTEGER NOT NULL,
    due_at       TEXT,
    value        TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE INDEX lists ON registrations (activity, submitted_at, id);
CREATE INDEX due ON registrations (due_at) WHERE due_at IS NOT NULL;

-- What the person wrote, sealed.
CREATE TABLE sealed (
    registration TEXT NOT NULL REFERENCES registrations (id),
    part         TEXT NOT NULL,
    content      BLOB NOT NULL,
    PRIMARY KEY (registration, part)
) STRICT, WITHOUT ROWID;

-- One person has one live registration for an activity.
CREATE TABLE claims (
    activity     TEXT NOT NULL,
    person       TEXT NOT NULL,
    registration TEXT NOT NULL REFERENCES registrations (id),
    PRIMARY KEY (activity, person)
) STRICT, WITHOUT ROWID;

-- By which hashes a person is found.
CREATE TABLE people (
    person       TEXT NOT NULL,
    registration TEXT NOT NULL REFERENCES registrations (id),
    PRIMARY KEY (person, registration)
) STRICT, WITHOUT ROWID;

-- Who waits for a place, in order.
CREATE TABLE queue (
    activity     TEXT NOT NULL,
    since        TEXT NOT NULL,
    registration TEXT NOT NULL REFERENCES registrations (id),
    PRIMARY KEY (activity, since, registration)
) STRICT, WITHOUT ROWID;

-- Requests that were answered, by the key that names them.
CREATE TABLE requests (
    key          TEXT PRIMARY KEY,
    digest       TEXT NOT NULL,
    registration TEXT NOT NULL REFERENCES registrations (id),
    expires_at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Messages that wait for delivery; a settled one becomes a delivery.
CREATE TABLE outbox (
    id       TEXT PRIMARY KEY,
    due_at   TEXT NOT NULL,
    value    TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE INDEX next_first ON outbox (due_at, id);

CREATE TABLE deliveries (
    registration TEXT NOT NULL REFERENCES registrations (id),
    message      TEXT NOT NULL,
    expires_at   TEXT NOT NULL,
    value        TEXT NOT NULL CHECK (json_valid(value)),
    PRIMARY KEY (registration, message)
) STRICT, WITHOUT ROWID;

-- What happened; only ever added to, until its time is over.
CREATE TABLE audit (
    registration TEXT NOT NULL REFERENCES registrations (id),
    version      INTEGER NOT NULL,
    expires_at   TEXT NOT NULL,
    value        TEXT NOT NULL CHECK (json_valid(value)),
    PRIMARY KEY (registration, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE consents (
    registration TEXT NOT NULL REFERENCES registrations (id),
    at           TEXT NOT NULL,
    purpose      TEXT NOT NULL,
    value        TEXT NOT NULL CHECK (json_valid(value)),
    PRIMARY KEY (registration, at, purpose)
) STRICT, WITHOUT ROWID;

CREATE TABLE allowances (
    person     TEXT NOT NULL,
    mails      TEXT NOT NULL,
    day        TEXT NOT NULL,
    spent      INTEGER NOT NULL,
    expires_at TEXT NOT NULL,
    PRIMARY KEY (person, mails, day)
) STRICT, WITHOUT ROWID;

-- What staff's pages keep beside registrations.
CREATE TABLE documents (
    collection TEXT NOT NULL,
    key        TEXT NOT NULL,
    version    INTEGER NOT NULL,
    expires_at TEXT,
    value      TEXT NOT NULL CHECK (json_valid(value)),
    PRIMARY KEY (collection, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX forgotten ON documents (expires_at) WHERE expires_at IS NOT NULL;
