-- What a database at revision 0011 may hold besides: a swap, a holiday, and who was on duty before.

UPDATE rotations SET profile = '{"name": "Shop engineers", "rank": "primary", "serves": [["shop", null]],
"hours": [[0, 1, 2, 3, 4], "09:00", "17:00"], "lead": "U0HUGO", "steps": ["others", "secondary", "lead", "channel"],
"channel": null, "language": "en", "user_group": null, "is_balanced": false, "quiet": false, "ended_at": null}'
WHERE key = 'shop';

INSERT INTO overrides (id, rotation, start, "end", person, swap, instead_of, made_by, made_at) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2E1', 'shop', '2026-03-09 09:00:00.000000', '2026-03-16 09:00:00.000000',
    'U0DIEGO', '01JNB3T7Q0W8X2Y4Z6A8B0C2E0', 'U0ELSA', 'U0ELSA', '2026-03-02 09:00:01.000000'
);

INSERT INTO overrides (id, rotation, start, "end", person, swap, instead_of, made_by, made_at) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2E2', 'shop', '2026-03-16 09:00:00.000000', '2026-03-23 09:00:00.000000',
    'U0ELSA', '01JNB3T7Q0W8X2Y4Z6A8B0C2E0', 'U0DIEGO', 'U0ELSA', '2026-03-02 09:00:01.000000'
);

INSERT INTO time_off (id, person, start, "end", source, noted_by, noted_at) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2F1', 'U0ELSA', '2026-04-01 00:00:00.000000', '2026-04-08 00:00:00.000000',
    'form', 'U0ELSA', '2026-03-02 09:00:01.000000'
);

INSERT INTO duty_records (rotation, start, "end", person, why, slot, revision) VALUES (
    'shop', '2026-02-23 09:00:00.000000', '2026-03-02 09:00:00.000000', 'U0ELSA', 'turn', 7, 0
);
