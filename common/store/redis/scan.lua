-- One page of the records of one table and partition.
--
-- KEYS[1]  the index
-- KEYS[2]  what the key of each record begins with; the id follows. No record is there; but while a slot of a Cluster
--          is being moved, a script with a key that is not there is told to come again, which it must be: half of the
--          records may have moved
-- ARGV     the first and the last id as ZRANGEBYLEX wants them, the most records, the bytes where a page ends early
--
-- Returns 1 or 0 for whether records follow, then of each record: the id, the version and value.

local limit, bytes = tonumber(ARGV[3]), tonumber(ARGV[4])
local call = redis.call

local ids = call('ZRANGEBYLEX', KEYS[1], ARGV[1], ARGV[2], 'LIMIT', 0, limit + 1)
local page = {0}
for number, id in ipairs(ids) do
  if number > limit or bytes <= 0 then
    page[1] = 1
    break
  end
  local value = call('GET', KEYS[2] .. id)
  if not value then return redis.error_reply('DATALOSS an index has an id without a record') end
  bytes = bytes - #value
  page[2 * number], page[2 * number + 1] = id, value
end
return page
