-- What a database at revision 0020 may hold besides: a report that nobody took, closed as a duplicate of one that was.

UPDATE reports SET state = 'duplicate', duplicate_of = '01JNB3T7Q0W8X2Y4Z6A8B0C2D4', closed_by = 'U0ELSA',
closed_at = '2026-03-03 09:05:00.000000' WHERE id = '01JNB3T7Q0W8X2Y4Z6A8B0C2D6';
