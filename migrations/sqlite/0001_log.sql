-- The log and what stands beside it. The hashes are defined in src/log/chain.rs.

-- "MUST" in ASCII: tells our file from anybody else's.
PRAGMA application_id = 0x4d555354;

CREATE TABLE log (
    seq             INTEGER PRIMARY KEY,
    id              BLOB    NOT NULL,
    recorded_at     INTEGER NOT NULL, -- microseconds since 1970 UTC
    principal       TEXT    NOT NULL,
    organization    TEXT,
    on_behalf_of    TEXT,
    cause           TEXT    NOT NULL,
    idempotency_key TEXT,
    request_digest  BLOB,
    kind            TEXT    NOT NULL,
    version         INTEGER NOT NULL,
    body            BLOB    NOT NULL, -- JSON, hashed byte for byte
    prev_hash       BLOB    NOT NULL,
    hash            BLOB    NOT NULL
) STRICT;

CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'an entry of the log is never changed'); END;

CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'an entry of the log is never deleted'); END;

CREATE TABLE log_head (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    seq  INTEGER NOT NULL,
    hash BLOB    NOT NULL
) STRICT;

INSERT INTO log_head VALUES (1, 0, zeroblob(32));

-- For an auditor with nothing but the database's own shell.
CREATE VIEW log_readable AS
SELECT seq,
       lower(hex(id)) AS id,
       strftime('%Y-%m-%dT%H:%M:%S', recorded_at / 1000000, 'unixepoch')
           || printf('.%06dZ', recorded_at % 1000000) AS recorded_at,
       principal, organization, on_behalf_of, cause, idempotency_key,
       lower(hex(request_digest)) AS request_digest,
       kind, version,
       CAST(body AS TEXT) AS body,
       lower(hex(prev_hash)) AS prev_hash,
       lower(hex(hash)) AS hash
FROM log;

-- Saved in pieces, so that saving a large one never holds up an append for long.
CREATE TABLE snapshot (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    seq    INTEGER NOT NULL,
    hash   BLOB    NOT NULL, -- of entry seq
    format INTEGER NOT NULL,
    digest BLOB              -- SHA-256 of all pieces; null until the last one is saved
) STRICT;

CREATE TABLE snapshot_piece (
    snapshot INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    bytes    BLOB    NOT NULL,
    PRIMARY KEY (snapshot, number)
) STRICT;

CREATE TABLE quarantine (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    id          BLOB    NOT NULL UNIQUE,
    received_at INTEGER NOT NULL,
    source      TEXT    NOT NULL,
    format      TEXT    NOT NULL,
    error       TEXT    NOT NULL,
    bytes       BLOB    NOT NULL
) STRICT;

CREATE TABLE lease (
    name       TEXT PRIMARY KEY,
    holder     TEXT,              -- null when it was given back
    fencing    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
