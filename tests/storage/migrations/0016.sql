-- What a database at revision 0016 may hold besides: a user group that may not be written, and a pinned message.

INSERT INTO duty_surfaces (surface, target, shown, checked_at, refusals, told) VALUES (
    'group', 'S0ONDUTY', '["U0ELSA"]', '2026-03-02 09:00:01.000000', '["permission_denied"]', 1
);

INSERT INTO duty_surfaces (surface, target, shown, checked_at, refusals, told, ts) VALUES (
    'pinned', 'C0SHOPBUGS', '["en", ["Shop", "U0ELSA"], ["2026-03-09T09:00:00+00:00", "U0DIEGO"]]',
    '2026-03-02 09:00:01.000000', '[]', 0, '1772442001.000100'
);
