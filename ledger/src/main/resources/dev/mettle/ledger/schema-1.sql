-- Schema 1 of a run's ledger. A schema that was released never changes: changes are schema-2.sql and so on.
-- Numbers that must come back bit for bit are columns of type ANY that hold reals: SQLite writes -0.0 as 0.0 into a
-- column of type REAL. Series of numbers are blobs: doubles (weights: floats), little-endian, NaN canonical.

CREATE TABLE study (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    name          TEXT    NOT NULL,
    file          TEXT    NOT NULL,
    text          TEXT    NOT NULL,
    seed          INTEGER NOT NULL,
    data_checksum TEXT    NOT NULL
) STRICT;

-- One row per process that wrote. The first is the one that began the run.
CREATE TABLE sessions (
    id          INTEGER PRIMARY KEY,
    started     TEXT    NOT NULL, -- ISO 8601, UTC
    host        TEXT    NOT NULL,
    version     TEXT    NOT NULL,
    jdk         TEXT    NOT NULL,
    cpu         TEXT    NOT NULL,
    vector_bits INTEGER NOT NULL
) STRICT;

CREATE TABLE plan (
    id                      INTEGER PRIMARY KEY CHECK (id = 1),
    target                  TEXT    NOT NULL,
    target_scale            TEXT    NOT NULL,
    sample                  INTEGER NOT NULL,
    pool                    INTEGER NOT NULL,
    validation              INTEGER NOT NULL,
    test                    INTEGER NOT NULL,
    excluded                INTEGER NOT NULL,
    algorithm               TEXT    NOT NULL,
    criterion               TEXT    NOT NULL,
    instances               INTEGER NOT NULL,
    trainings_at_most       INTEGER NOT NULL,
    per                     TEXT,
    certificate_instances   INTEGER,
    certificate_coverage    REAL,
    certificate_confidence  REAL,
    certificate_attempts    INTEGER
) STRICT;

CREATE TABLE candidates (
    place      INTEGER PRIMARY KEY, -- order of the study, from 0
    id         TEXT    NOT NULL UNIQUE,
    parameters INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
    candidate TEXT    NOT NULL REFERENCES candidates (id),
    place     INTEGER NOT NULL, -- order of the space, from 0
    dimension TEXT    NOT NULL,
    value     TEXT    NOT NULL, -- as written in the study
    PRIMARY KEY (candidate, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE purposes (
    code INTEGER PRIMARY KEY,
    name TEXT    NOT NULL UNIQUE
) STRICT;

INSERT INTO purposes VALUES (1, 'race'), (2, 'certify'), (3, 'assess'), (4, 'decompose');

CREATE TABLE instances (
    id              INTEGER PRIMARY KEY,
    purpose         INTEGER NOT NULL REFERENCES purposes (code),
    candidate       TEXT    NOT NULL REFERENCES candidates (id),
    init            INTEGER NOT NULL,
    sample          INTEGER NOT NULL,
    init_seed       INTEGER NOT NULL,
    sample_seed     INTEGER NOT NULL,
    outcome         TEXT    NOT NULL CHECK (outcome IN ('completed', 'exploded', 'crashed')),
    reason          TEXT,  -- why it exploded or crashed
    loss            ANY CHECK (loss IS NULL OR typeof(loss) = 'real'), -- as far as it is known and finite
    losses_by_block BLOB,  -- doubles
    metrics         TEXT,  -- JSON object; numbers that are not finite are strings
    epochs          INTEGER,
    curve           BLOB,  -- doubles, one per epoch
    elapsed_nanos   INTEGER NOT NULL,
    session         INTEGER NOT NULL REFERENCES sessions (id),
    UNIQUE (purpose, candidate, init, sample),
    CHECK ((outcome = 'completed') = (reason IS NULL)),
    CHECK (outcome <> 'completed' OR loss IS NOT NULL),
    CHECK ((loss IS NULL) = (losses_by_block IS NULL) AND (loss IS NULL) = (metrics IS NULL)),
    CHECK ((outcome = 'crashed') = (epochs IS NULL) AND (outcome = 'crashed') = (curve IS NULL))
) STRICT;

-- Every list of metric names that occurs, as a JSON array: the columns of a table, without reading all instances.
CREATE TABLE metric_names (
    names TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE weights (
    instance INTEGER PRIMARY KEY REFERENCES instances (id),
    floats   BLOB NOT NULL -- floats
) STRICT;

CREATE TABLE eliminations (
    place     INTEGER PRIMARY KEY, -- order made
    candidate TEXT    NOT NULL UNIQUE REFERENCES candidates (id),
    iteration INTEGER NOT NULL,
    criterion ANY     NOT NULL CHECK (typeof(criterion) = 'real'),
    bar       ANY     NOT NULL CHECK (typeof(bar) = 'real'),
    reason    TEXT    NOT NULL
) STRICT;

CREATE TABLE finalists (
    place     INTEGER PRIMARY KEY, -- best first
    candidate TEXT    NOT NULL UNIQUE REFERENCES candidates (id),
    per_value TEXT    NOT NULL, -- value of the dimension `per`; empty without
    criterion ANY     NOT NULL CHECK (typeof(criterion) = 'real'),
    failures  INTEGER NOT NULL
) STRICT;

CREATE TABLE certificates (
    place         INTEGER PRIMARY KEY, -- order made
    candidate     TEXT    NOT NULL REFERENCES candidates (id),
    per_value     TEXT    NOT NULL,
    attempt       INTEGER NOT NULL,
    attempts      INTEGER NOT NULL,
    instances     INTEGER NOT NULL,
    coverage      REAL    NOT NULL,
    confidence    REAL    NOT NULL,
    rank          INTEGER NOT NULL,
    bound         ANY     NOT NULL CHECK (typeof(bound) = 'real'),
    certified     INTEGER NOT NULL CHECK (certified IN (0, 1)),
    look          INTEGER NOT NULL,
    test_checksum TEXT    NOT NULL,
    UNIQUE (candidate, attempt)
) STRICT;

CREATE TABLE baselines (
    place INTEGER PRIMARY KEY,
    name  TEXT    NOT NULL UNIQUE
) STRICT;

CREATE TABLE baseline_evaluations (
    baseline        INTEGER NOT NULL REFERENCES baselines (place),
    sample          INTEGER NOT NULL,
    loss            ANY CHECK (loss IS NULL OR typeof(loss) = 'real'), -- NULL stands for NaN
    losses_by_block BLOB    NOT NULL,
    metrics         TEXT    NOT NULL,
    PRIMARY KEY (baseline, sample)
) STRICT;

-- For people with an SQLite shell: every instance with the loss that criteria see.
CREATE VIEW losses AS
SELECT candidate, purposes.name AS purpose, init, sample, outcome,
       CASE outcome WHEN 'completed' THEN loss ELSE 9e999 END AS loss,
       epochs, elapsed_nanos / 1e9 AS elapsed_seconds, host
FROM instances
JOIN purposes ON purposes.code = instances.purpose
JOIN sessions ON sessions.id = instances.session;

-- How many certificates looked at which test rows.
CREATE VIEW looks AS
SELECT test_checksum, count(*) AS looks FROM certificates GROUP BY test_checksum;
