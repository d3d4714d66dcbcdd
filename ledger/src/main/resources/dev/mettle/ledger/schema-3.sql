-- Schema 3: orders of mini-batches as a source of their own, and training samples of other sizes than the study's.
-- Both columns are part of an instance's key; SQLite takes NULLs for different, so the key is an index on expressions.

INSERT INTO purposes VALUES (5, 'sample_size');

DROP VIEW losses;

CREATE TABLE instances_3 (
    id              INTEGER PRIMARY KEY,
    purpose         INTEGER NOT NULL REFERENCES purposes (code),
    candidate       TEXT    NOT NULL REFERENCES candidates (id),
    init            INTEGER NOT NULL,
    sample          INTEGER NOT NULL,
    batch_order     INTEGER, -- NULL: the order of mini-batches follows from init
    sample_rows     INTEGER, -- NULL: as many as the study's
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
    CHECK ((outcome = 'completed') = (reason IS NULL)),
    CHECK (outcome <> 'completed' OR loss IS NOT NULL),
    CHECK ((loss IS NULL) = (losses_by_block IS NULL) AND (loss IS NULL) = (metrics IS NULL)),
    CHECK ((outcome = 'crashed') = (epochs IS NULL) AND (outcome = 'crashed') = (curve IS NULL))
) STRICT;

INSERT INTO instances_3
SELECT id, purpose, candidate, init, sample, NULL, NULL, init_seed, sample_seed, outcome, reason, loss, losses_by_block,
       metrics, epochs, curve, elapsed_nanos, session
FROM instances;

DROP TABLE instances;
ALTER TABLE instances_3 RENAME TO instances;

CREATE UNIQUE INDEX instance_keys
ON instances (purpose, candidate, init, sample, coalesce(batch_order, -1), coalesce(sample_rows, 0));

CREATE VIEW losses AS
SELECT candidate, purposes.name AS purpose, init, sample, batch_order,
       coalesce(sample_rows, (SELECT sample FROM plan)) AS sample_rows, outcome,
       CASE outcome WHEN 'completed' THEN loss ELSE 9e999 END AS loss,
       epochs, elapsed_nanos / 1e9 AS elapsed_seconds, host
FROM instances
JOIN purposes ON purposes.code = instances.purpose
JOIN sessions ON sessions.id = instances.session;

-- What became of candidates on other data, a row for each study: the losses there. Those here are instances.
CREATE TABLE generalizations (
    place         INTEGER PRIMARY KEY, -- order made
    study         TEXT    NOT NULL UNIQUE,
    run           TEXT    NOT NULL, -- directory, whose ledger has the instances there
    data          TEXT    NOT NULL,
    data_checksum TEXT    NOT NULL,
    loss_name     TEXT    NOT NULL,
    loss_unit     TEXT    NOT NULL,
    loss_is_share INTEGER NOT NULL CHECK (loss_is_share IN (0, 1)),
    instances     INTEGER NOT NULL, -- of each candidate, here and there
    dropped       INTEGER NOT NULL -- candidates not selected, from which some were drawn
) STRICT;

CREATE TABLE generalization_candidates (
    generalization INTEGER NOT NULL REFERENCES generalizations (place),
    place          INTEGER NOT NULL, -- selected ones, best first, then those drawn
    candidate      TEXT    NOT NULL REFERENCES candidates (id),
    selected       INTEGER NOT NULL CHECK (selected IN (0, 1)),
    losses         BLOB    NOT NULL, -- doubles by instance; +infinity for a failed one
    PRIMARY KEY (generalization, place)
) STRICT, WITHOUT ROWID;
