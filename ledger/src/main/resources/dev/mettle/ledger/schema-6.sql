-- Schema 6: how rows were held out, as a sentence for people; NULL for rows at random.

ALTER TABLE plan ADD COLUMN split TEXT;
