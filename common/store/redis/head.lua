-- The last sequence of a journal.
--
-- KEYS[1]  the journal
-- KEYS[2]  how many of its first entries were compacted away

return (redis.call('GET', KEYS[2]) or 0) + redis.call('XLEN', KEYS[1])
