-- What may not stand in the log although the log speaks of it: see src/log/credentials.rs.

CREATE TABLE password (
    account BLOB PRIMARY KEY,
    phc     TEXT NOT NULL -- argon2id, as a PHC string
) STRICT;

CREATE TABLE last_use (
    credential BLOB    PRIMARY KEY, -- a token or a session
    used_at    INTEGER NOT NULL     -- microseconds since 1970 UTC
) STRICT;
