-- Which marks and stickers of a kit are on an entry: when the right to show one
-- ends, what shows it is found without a look at every work.
CREATE TABLE entry_assets (
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    campaign TEXT NOT NULL,
    kind     TEXT NOT NULL,
    asset    TEXT NOT NULL,
    PRIMARY KEY (entry_id, kind, asset)
);

CREATE INDEX entry_assets_by_asset ON entry_assets (campaign, kind, asset, entry_id);

INSERT INTO entry_assets (entry_id, campaign, kind, asset)
SELECT DISTINCT e.id, e.campaign, {{layer_kind}}, COALESCE({{layer_mark}}, {{layer_sticker}})
FROM entries e JOIN creations c ON c.id = e.creation_id, {{layers}}
WHERE {{layer_kind}} IN ('mark', 'sticker') AND COALESCE({{layer_mark}}, {{layer_sticker}}) IS NOT NULL;

-- A work that is hidden for want of rights is in the gallery all the same.
DROP INDEX entries_one_active;

CREATE UNIQUE INDEX entries_one_active ON entries (creation_id) WHERE state IN ('waiting', 'published', 'hidden');
