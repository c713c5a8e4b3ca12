-- One commit of one partition: all of it, or nothing. See commit_command.h for who builds the arguments.
--
-- KEYS[1]  the journal
-- KEYS[2]  the replay, when there is one
-- KEYS     of each precondition: the record; then of each put and of each delete: the record, the index
-- ARGV     the numbers of preconditions, puts, deletes and events; the partition; the seconds that a replay is kept;
--          the replay, when there is one; of each precondition: the version; of each put: the id, the value;
--          of each delete: the id; of each event: the type, the resource, the payload
--
-- Returns 0 when it was applied, -1 when the replay key was used before, n when precondition n does not hold.
--
-- Everything is checked before anything is written, and the first write is the one that an out-of-memory or a read-only
-- server refuses; so an error leaves everything as it was.

local preconditions, puts, deletes, events = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local partition = ARGV[5]
local key, argument = 2, 7
local call = redis.call

local replay
if ARGV[6] ~= '' then
  if call('EXISTS', KEYS[2]) == 1 then return -1 end
  replay = ARGV[7]
  key, argument = 3, 8
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
  local sequence = call('XLEN', KEYS[1])
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

if replay then call('SET', KEYS[2], replay, 'EX', ARGV[6]) end
return 0
