-- What may not stand in the log although the log speaks of it: see src/log/credentials.rs.

CREATE TABLE vault.password (
    account UUID PRIMARY KEY,
    phc     TEXT NOT NULL -- argon2id, as a PHC string
);

CREATE TABLE vault.last_use (
    credential UUID   PRIMARY KEY, -- a token or a session
    used_at    BIGINT NOT NULL     -- microseconds since 1970 UTC
);
