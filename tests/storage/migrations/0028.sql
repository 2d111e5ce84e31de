-- What a database at revision 0028 may hold besides: a reply in the thread of 0001's report, shown in Jira, and a
-- comment there that is to be shown in Slack.

INSERT INTO remarks (report, origin, source, author, version, text, files, is_private, is_kept, is_deleted, mirror,
shown, noted, attachments) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 'slack', '1772442700.000100', 'U0ANA', '1772442700.000100 0123456789ab', null,
    '[{"id": "F0A", "name": "a.png"}]', false, false, false, '10101', '1772442700.000100 0123456789ab', false,
    '{"F0A": "10201"}'
);

INSERT INTO remarks (report, origin, source, author, version, text, files, is_private, is_kept, is_deleted, mirror,
shown, noted, attachments) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 'jira', '10102', 'Iris Berg', '2026-03-02T10:00:00.000Z 0123456789ab', 'Which browser?',
    '[]', false, false, false, null, null, false, '{}'
);
