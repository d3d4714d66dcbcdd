-- Schema 5: candidates drawn in several rounds. Rows of `candidates` are in the order drawn: the first round's, then the
-- second's, and so on. A study of one round has no row here.

CREATE TABLE rounds (
    round      INTEGER PRIMARY KEY, -- from 1
    candidates INTEGER NOT NULL,    -- new ones
    instances  INTEGER NOT NULL,    -- of its finalists, or of its survivors where it is not the last
    points     INTEGER NOT NULL,    -- drawn for them
    duplicates INTEGER NOT NULL,    -- points that gave a candidate that was there already
    excluded   INTEGER NOT NULL     -- points that a constraint excludes
) STRICT;
