-- A softer text that could be painted in place of a prompt that was refused.
ALTER TABLE generations ADD COLUMN suggestion TEXT NOT NULL DEFAULT '';
