-- What a database at revision 0006 may hold besides: closed reports, a question, a group, a linked account.

INSERT INTO questions (report, nonce, asked_by, asked_at, text, answer, answered_at, channel, ts) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 'V0001', 'U0DUTY', '2026-03-02 09:20:00.000000', 'Which card was it?',
    '「一張 Visa 卡」', '2026-03-02 09:30:00.000000', 'D0REP', '1772443200.000100'
);

INSERT INTO user_groups (id, members, read_at)
VALUES ('S0ONDUTY', '["U0DUTY"]', '2026-03-02 09:00:00.000000');

INSERT INTO jira_accounts (person, account, name, linked_at)
VALUES ('U0DUTY', '712020:01234567', 'Elsa Lind', '2026-03-02 09:00:00.000000');

UPDATE reports SET
    state = 'duplicate', closed_by = 'U0DUTY', closed_at = '2026-03-02 10:10:00.000000',
    duplicate_of = '01JNB3T7Q0W8X2Y4Z6A8B0C2D4', duplicate_key = 'SHOP-42', severity_by = 'U0DUTY',
    severity_reason = 'Only on the old page', handed_at = '2026-03-02 10:05:00.000000'
WHERE id = '01JNB3T7Q0W8X2Y4Z6A8B0C2D5';
