-- The keys that seal personal data, in a file of their own beside the log's.

-- "MUSV" in ASCII.
PRAGMA application_id = 0x4d555356;

-- A row without a key is the mark of a forgotten person.
CREATE TABLE person_key (
    person BLOB PRIMARY KEY,
    key    BLOB
) STRICT;
