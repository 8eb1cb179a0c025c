-- From schema version 2. The program fills `submitted_at` in.
ALTER TABLE registrations ADD COLUMN submitted_at TEXT NOT NULL DEFAULT '';

DROP INDEX lists;
CREATE INDEX lists ON registrations (activity, submitted_at, id);

CREATE TABLE documents (
    collection TEXT NOT NULL,
    key        TEXT NOT NULL,
    version    INTEGER NOT NULL,
    expires_at TEXT,
    value      TEXT NOT NULL CHECK (json_valid(value)),
    PRIMARY KEY (collection, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX forgotten ON documents (expires_at) WHERE expires_at IS NOT NULL;
