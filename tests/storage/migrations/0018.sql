-- What a database at revision 0018 may hold besides: what somebody said of a shift.

INSERT INTO efforts (rotation, slot, revision, person, effort, at) VALUES (
    'shop', 3, 0, 'U0ELSA', 4, '2026-03-09 09:05:00.000000'
);
