#include "common/store/backup/redis_catalogue.h"

#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/store/backup/redis_layout.h"
#include "common/store/store.h"

namespace jiebang::store::backup {
namespace {

using redis::Command;
using redis::Reply;

constexpr std::size_t kMemoryBytes = 64 << 20;

// By server and prefix, because two servers may hold stores of the same prefix.
using Owners = std::map<std::pair<std::size_t, std::string>, std::size_t>;

Owners OwnersOf(const std::vector<RedisLocation>& stores, const RedisPrimaries& primaries) {
  Owners owners;
  for (std::size_t store = 0; store < stores.size(); ++store) {
    for (int shard = 0; shard < kShards; ++shard) owners[{primaries.Of(store, shard), stores[store].prefix}] = store;
  }
  return owners;
}

// The number of a store as two bytes that sort as it does.
std::string Sortable(std::size_t store) {
  return {static_cast<char>(static_cast<unsigned char>(store >> 8)), static_cast<char>(store & 0xff)};
}

}  // namespace

RedisCatalogue::RedisCatalogue() : keys_(kMemoryBytes) {}

absl::Status RedisCatalogue::Fill(const std::vector<RedisLocation>& stores, RedisPrimaries& primaries,
                                  const std::function<absl::Status()>& between) {
  const Owners owners = OwnersOf(stores, primaries);
  for (std::size_t primary = 0; primary < primaries.size(); ++primary) {
    std::string cursor = "0";
    do {
      RETURN_IF_ERROR(between());
      ASSIGN_OR_RETURN(const Reply reply,
                       primaries.Ask(primary, Command({"SCAN", cursor, "MATCH", kIndexesAndReplays, "COUNT", "2000"})));
      if (reply.elements.size() != 2) return redis::UnexpectedReply();
      for (const Reply& key : reply.elements[1].elements) {
        const std::optional<ParsedKey> parsed = Parse(key.text);
        // The id of a record may look like an index to a pattern.
        if (!parsed || (parsed->kind != kIndexKind && parsed->kind != kReplayKind)) continue;
        const auto owner = owners.find({primary, std::string(parsed->prefix)});
        if (owner == owners.end()) continue;
        RETURN_IF_ERROR(keys_.Add(absl::StrCat(Sortable(owner->second), std::string(1, parsed->kind), parsed->rest)));
      }
      cursor = reply.elements[0].text;
    } while (cursor != "0");
  }
  return keys_.Sort();
}

absl::StatusOr<std::optional<RedisCatalogue::Entry>> RedisCatalogue::Next(std::size_t store, char kind) {
  if (!next_ && !at_end_) {
    ASSIGN_OR_RETURN(const std::optional<std::string> key, keys_.Next());
    at_end_ = !key.has_value();
    if (key) {
      const auto byte = [&key](std::size_t place) { return static_cast<unsigned char>((*key)[place]); };
      next_.emplace(Entry{.store = static_cast<std::size_t>(byte(0) << 8 | byte(1)), .kind = (*key)[2]});
      std::tie(next_->first, next_->second) = SplitPair(absl::string_view(*key).substr(3));
    }
  }
  if (!next_ || next_->store != store || next_->kind != kind) return std::nullopt;
  return std::exchange(next_, std::nullopt);
}

}  // namespace jiebang::store::backup
