-- Schema 4: previews of a race, how sure it is, and its audit. The audit's trainings are instances of the race, after a candidate's
-- elimination.

INSERT INTO purposes VALUES (6, 'preview');

CREATE TABLE race_check (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    error     ANY CHECK (error IS NULL OR typeof(error) = 'real'), -- NULL: every finalist has failed
    checks    INTEGER NOT NULL,
    equals    INTEGER NOT NULL,
    finalists INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    dropped   INTEGER NOT NULL, -- candidates that the race dropped
    trainings INTEGER NOT NULL  -- that the audit added
) STRICT;

CREATE TABLE audited (
    place       INTEGER PRIMARY KEY, -- order dropped
    candidate   TEXT    NOT NULL UNIQUE REFERENCES candidates (id),
    per_value   TEXT    NOT NULL, -- value of the dimension `per`; empty without
    criterion   ANY     NOT NULL CHECK (typeof(criterion) = 'real'),
    failures    INTEGER NOT NULL,
    probability REAL    NOT NULL -- of having been drawn
) STRICT;
