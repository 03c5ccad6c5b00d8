-- The role of whoever added a version of a kit, as the ledger has it.
ALTER TABLE kits ADD COLUMN added_by TEXT NOT NULL DEFAULT '';

UPDATE kits SET added_by = COALESCE((
    SELECT MAX(role) FROM ledger
    WHERE ledger.subject_kind = 'kit' AND ledger.subject_id = kits.id AND ledger.action = 'kit.added'
      AND ledger.public LIKE '%"version":"' || kits.version || '"%'
), '');
