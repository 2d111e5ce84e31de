-- What a database at revision 0014 may hold besides: somebody asks everybody for cover, another to swap.

INSERT INTO cover_requests (id, rotation, start, "end", whose, asked_by, asked_at, asked, other_start, other_end, state,
lapses_at, remind_at) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2G0', 'shop', '2026-03-09 09:00:00.000000', '2026-03-16 09:00:00.000000', 'U0ELSA',
    'U0ELSA', '2026-03-02 09:00:01.000000', null, null, null, 'open', '2026-03-09 09:00:00.000000',
    '2026-03-06 09:00:00.000000'
), (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2G1', 'shop', '2026-03-23 09:00:00.000000', '2026-03-30 09:00:00.000000', 'U0ELSA',
    'U0HUGO', '2026-03-02 09:00:01.000000', 'U0DIEGO', '2026-03-16 09:00:00.000000', '2026-03-23 09:00:00.000000',
    'open', '2026-03-16 09:00:00.000000', null
);

INSERT INTO cover_messages (request, audience, round, channel, ts, version) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2G0', 'C0SHOPBUGS', 0, 'C0SHOPBUGS', '1772442001.000100', 1
);
