-- What a database at revision 0024 may hold besides: a message that a customer reads, and a channel of ours that
-- people of another company read for a day.

INSERT INTO outside_messages (id, customer_issue, once, channel, companies, language, sentence, confirmed_by,
confirmed_at, ts, shows, stopped) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2L0', '01JNB3T7Q0W8X2Y4Z6A8B0C2J1', 'status', 'C0LUMEN', '["T0LUMEN"]', 'en',
    'It will be fixed by Friday.', 'U0ANA', '2026-03-02 09:08:00.000000', '1772442500.000100', 'abc', null
);

INSERT INTO shared_channels (channel, found_at, ended_at, cleared_by, told) VALUES (
    'C0SUPPORT', '2026-03-02 09:08:00.000000', '2026-03-03 09:08:00.000000', null, '1772442600.000100'
);
