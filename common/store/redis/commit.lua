-- One commit of one partition: all of it, or nothing. See commit_command.h for who builds the arguments.
--
-- KEYS[1]  the journal
-- KEYS[2]  how many of its first entries were compacted away
-- KEYS[3]  the receipt: the replay, or a key of this commit's own
-- KEYS     of each precondition: the record; then of each put and of each delete: the record, the index
-- ARGV     the numbers of preconditions, puts, deletes and events; the partition; the receipt; the seconds that it is
--          kept; '1' when this commit was sent before and its answer lost; of each precondition: the version; of each
--          put: the id, the value; of each delete: the id; of each event: the type, the resource, the payload
--
-- Returns 0 when it was applied, -1 when the replay key was used before, n when precondition n does not hold.
--
-- Everything is checked before anything is written, and the first write is the one that an out-of-memory or a read-only
-- server refuses; so an error leaves everything as it was. A commit that finds its own receipt has been applied.

local preconditions, puts, deletes, events = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local partition, receipt, kept_for, sent_before = ARGV[5], ARGV[6], ARGV[7], ARGV[8] == '1'
local key, argument = 4, 9
local call = redis.call

local found = call('GET', KEYS[3])
if found then
  if not sent_before or found ~= receipt then return -1 end
  -- A write, so that there is something for the replicas to have when the answer is to wait for them.
  call('EXPIRE', KEYS[3], kept_for)
  return 0
end

-- The versions as the text that stands in front of the values; '0': absent.
local versions = {}
local function version_of(record)
  local version = versions[record]
  if not version then
    -- No version is longer.
    version = string.match(call('GETRANGE', record, 0, 20), '^(%d+):') or '0'
    versions[record] = version
  end
  return version
end

for number = 1, preconditions do
  if version_of(KEYS[key]) ~= ARGV[argument] then return number end
  key, argument = key + 1, argument + 1
end

local first_put, first_put_key = argument, key
local first_delete, first_delete_key = first_put + 2 * puts, first_put_key + 2 * puts
argument = first_delete + deletes

-- The journal first, since a stream refuses an id that is not above its last one.
if events > 0 then
  local sequence = (call('GET', KEYS[2]) or 0) + call('XLEN', KEYS[1])
  for _ = 1, events do
    sequence = sequence + 1
    call('XADD', KEYS[1], string.format('%.0f-0', sequence), 'p', partition, 't', ARGV[argument], 'r', ARGV[argument + 1],
      'd', ARGV[argument + 2])
    argument = argument + 3
  end
end

key, argument = first_put_key, first_put
for _ = 1, puts do
  local version = version_of(KEYS[key])
  call('SET', KEYS[key], string.format('%.0f:', version + 1) .. ARGV[argument + 1])
  if version == '0' then call('ZADD', KEYS[key + 1], 0, ARGV[argument]) end
  key, argument = key + 2, argument + 2
end

key, argument = first_delete_key, first_delete
for _ = 1, deletes do
  if version_of(KEYS[key]) ~= '0' then
    call('DEL', KEYS[key])
    call('ZREM', KEYS[key + 1], ARGV[argument])
  end
  key, argument = key + 2, argument + 1
end

call('SET', KEYS[3], receipt, 'EX', kept_for)
return 0
