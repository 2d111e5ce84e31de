-- What a database at revision 0017 may hold besides: a rotation being changed in a form, and a change that was made.

INSERT INTO rotation_drafts (nonce, person, rotation, version, base, form, generation, seen, saved_at) VALUES (
    'a1', 'U0ELSA', 'shop', 1,
    '{"name": "Shop", "members": ["U0ELSA"], "kind": "weekly", "length": 1, "date": "2026-01-05", "time": "10:00",
    "zone": "UTC", "steps": ["lead"], "rank": "primary"}',
    '{"name": "Shop", "members": ["U0ELSA", "U0DIEGO"], "kind": "weekly", "length": 2, "date": "2026-01-05",
    "time": "10:00", "zone": "UTC", "steps": ["lead"], "rank": "primary"}',
    1, '1772442001.000100', '2026-03-02 09:00:01.000000'
);

INSERT INTO rotation_edits (rotation, version, "by", at, change) VALUES (
    'shop', 2, 'U0ELSA', '2026-03-02 09:00:01.000000',
    '{"deed": "changed", "fields": ["members"], "added": ["U0DIEGO"], "removed": [], "starts_at": null}'
);
