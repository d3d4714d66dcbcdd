-- Schema 2: classifications, several targets, and a choice of what is measured on held-out rows.
-- Lists are JSON arrays of texts.

ALTER TABLE plan RENAME COLUMN target TO targets;
ALTER TABLE plan RENAME COLUMN target_scale TO target_scales;
ALTER TABLE plan ADD COLUMN task TEXT NOT NULL DEFAULT 'regression' CHECK (task IN ('regression', 'classification'));
ALTER TABLE plan ADD COLUMN classes TEXT; -- names in the order of the labels; NULL for a regression
ALTER TABLE plan ADD COLUMN loss TEXT NOT NULL DEFAULT 'mse'; -- on held-out rows
UPDATE plan SET targets = json_array(targets), target_scales = json_array(target_scales);
