-- The rules of a kit ask where a work is shown: the market that its maker came
-- from, and stays when they come again from another.
ALTER TABLE creations ADD COLUMN market TEXT NOT NULL DEFAULT '';

UPDATE creations SET market = COALESCE((
    SELECT market FROM arrivals
    WHERE arrivals.participant_id = creations.participant_id AND arrivals.campaign = creations.campaign
), '');
