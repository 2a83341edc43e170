-- The log and what stands beside it. The hashes are defined in src/log/chain.rs.

CREATE TABLE log (
    seq             BIGINT  PRIMARY KEY,
    id              UUID    NOT NULL,
    recorded_at     BIGINT  NOT NULL, -- microseconds since 1970 UTC
    principal       TEXT    NOT NULL,
    organization    TEXT,
    on_behalf_of    TEXT,
    cause           TEXT    NOT NULL,
    idempotency_key TEXT,
    request_digest  BYTEA,
    kind            TEXT    NOT NULL,
    version         INTEGER NOT NULL,
    body            BYTEA   NOT NULL, -- JSON, hashed byte for byte
    prev_hash       BYTEA   NOT NULL,
    hash            BYTEA   NOT NULL
);

CREATE FUNCTION log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entry of the log is never changed or deleted';
END $$;

CREATE TRIGGER log_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON log
FOR EACH STATEMENT EXECUTE FUNCTION log_refuse();

CREATE TABLE log_head (
    one  BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (one),
    seq  BIGINT  NOT NULL,
    hash BYTEA   NOT NULL
);

INSERT INTO log_head (seq, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

-- For an auditor with nothing but the database's own shell.
CREATE VIEW log_readable AS
SELECT seq,
       id,
       to_char((TIMESTAMP 'epoch' + recorded_at * INTERVAL '1 microsecond'),
               'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded_at,
       principal, organization, on_behalf_of, cause, idempotency_key,
       encode(request_digest, 'hex') AS request_digest,
       kind, version,
       convert_from(body, 'UTF8') AS body,
       encode(prev_hash, 'hex') AS prev_hash,
       encode(hash, 'hex') AS hash
FROM log;

-- Saved in pieces, so that saving a large one never holds up an append for long.
CREATE TABLE snapshot (
    id     BIGINT  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    seq    BIGINT  NOT NULL,
    hash   BYTEA   NOT NULL, -- of entry seq
    format BIGINT  NOT NULL,
    digest BYTEA             -- SHA-256 of all pieces; null until the last one is saved
);

CREATE TABLE snapshot_piece (
    snapshot BIGINT NOT NULL,
    number   BIGINT NOT NULL,
    bytes    BYTEA  NOT NULL,
    PRIMARY KEY (snapshot, number)
);

CREATE TABLE quarantine (
    number      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          UUID   NOT NULL UNIQUE,
    received_at BIGINT NOT NULL,
    source      TEXT   NOT NULL,
    format      TEXT   NOT NULL,
    error       TEXT   NOT NULL,
    bytes       BYTEA  NOT NULL
);

CREATE TABLE lease (
    name       TEXT   PRIMARY KEY,
    holder     TEXT,            -- null when it was given back
    fencing    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- The keys that seal personal data: a schema of its own, so that it can have rights and backups
-- of its own.
CREATE SCHEMA vault;

-- A row without a key is the mark of a forgotten person.
CREATE TABLE vault.person_key (
    person UUID PRIMARY KEY,
    key    BYTEA
);
