-- What a database at revision 0010 may hold besides: who looks at the second page of their reports.

INSERT INTO homes (person, opened_at, pages) VALUES (
    'U0READER', '2026-03-02 09:00:00.000000', '{"waiting": 0, "mine": 8, "drafts": 0}'
);
