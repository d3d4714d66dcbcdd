-- Schema 4 is kept for the check and the audit of a race.
SELECT 1;
