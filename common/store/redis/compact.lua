-- Takes the first entries of a journal away, never the last one.
--
-- KEYS[1]  the journal
-- KEYS[2]  how many of its first entries were compacted away
-- ARGV     the last sequence to take away
--
-- Returns the last sequence that is away now, or -1 when there is nothing behind the one that was asked for.

local up_to = tonumber(ARGV[1])
local compacted = tonumber(redis.call('GET', KEYS[2]) or 0)
local head = compacted + redis.call('XLEN', KEYS[1])
if up_to >= head then return -1 end
if up_to <= compacted then return compacted end
redis.call('XTRIM', KEYS[1], 'MINID', string.format('%.0f-0', up_to + 1))
redis.call('SET', KEYS[2], string.format('%.0f', up_to))
return up_to
