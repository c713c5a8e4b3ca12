#include "common/store/redis/slot_map.h"

#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "common/status/status_macros.h"
#include "common/store/crc16.h"

namespace jiebang::store::redis {
namespace {

// [host, port, ...] as CLUSTER SLOTS lists a server. An empty or unknown host is the one that was asked.
absl::StatusOr<Endpoint> ListedServer(const Reply& server, const Endpoint& asked) {
  if (server.elements.size() < 2) return UnexpectedReply();
  const std::string& host = server.elements[0].text;
  const std::int64_t port = server.elements[1].integer;
  if (port < 1 || port > 65'535) return UnexpectedReply();
  return Endpoint{.host = host.empty() || host == "?" ? asked.host : host, .port = static_cast<int>(port)};
}

}  // namespace

int SlotOf(absl::string_view key) {
  const std::size_t open = key.find('{');
  if (open != absl::string_view::npos) {
    const std::size_t close = key.find('}', open + 1);
    if (close != absl::string_view::npos && close > open + 1) key = key.substr(open + 1, close - open - 1);
  }
  return Crc16(key) % kSlots;
}

absl::StatusOr<SlotMap> SlotMap::FromReply(const Reply& slots, const Endpoint& asked) {
  if (slots.type != Reply::Type::kArray) return UnexpectedReply();
  SlotMap map;
  for (const Reply& range : slots.elements) {
    // [first, last, primary, replica, ...]
    if (range.elements.size() < 3) return UnexpectedReply();
    const std::int64_t first = range.elements[0].integer;
    const std::int64_t last = range.elements[1].integer;
    if (first < 0 || last < first || last >= kSlots) return UnexpectedReply();
    ASSIGN_OR_RETURN(const Endpoint primary, ListedServer(range.elements[2], asked));
    map.Assign(static_cast<int>(first), static_cast<int>(last), primary);
    for (std::size_t i = 3; i < range.elements.size(); ++i) {
      ASSIGN_OR_RETURN(Endpoint replica, ListedServer(range.elements[i], asked));
      map.replicas_.insert(std::move(replica));
    }
  }
  return map;
}

const Endpoint* SlotMap::Find(int slot) const {
  const auto after = from_.upper_bound(slot);
  if (after == from_.begin()) return nullptr;
  const Endpoint& endpoint = std::prev(after)->second;
  return endpoint == Endpoint{} ? nullptr : &endpoint;
}

void SlotMap::Assign(int first, int last, const Endpoint& endpoint) {
  const Endpoint* const found = Find(last + 1);
  const Endpoint behind = found == nullptr ? Endpoint{} : *found;
  from_.erase(from_.lower_bound(first), from_.upper_bound(last + 1));
  from_[first] = endpoint;
  if (last + 1 < kSlots) from_[last + 1] = behind;
}

std::set<Endpoint> SlotMap::Primaries() const {
  std::set<Endpoint> primaries;
  for (const auto& [slot, endpoint] : from_) {
    if (endpoint != Endpoint{}) primaries.insert(endpoint);
  }
  return primaries;
}

std::optional<Redirection> RedirectionOf(const Reply& reply, const Endpoint& asked) {
  if (reply.type != Reply::Type::kError) return std::nullopt;
  // A script that meets a key that has moved already while another has not.
  if (absl::StartsWith(reply.text, "TRYAGAIN") || absl::StrContains(reply.text, "access a non local key")) {
    return Redirection{};
  }
  const std::vector<absl::string_view> words = absl::StrSplit(reply.text, ' ');
  if (words.size() < 3 || (words[0] != "MOVED" && words[0] != "ASK")) return std::nullopt;
  Redirection redirection{.kind = words[0] == "MOVED" ? Redirection::Kind::kMoved : Redirection::Kind::kAsk};
  if (!absl::SimpleAtoi(words[1], &redirection.slot) || redirection.slot < 0 || redirection.slot >= kSlots) {
    return std::nullopt;
  }
  const bool has_host = !absl::StartsWith(words[2], ":");
  const std::optional<Endpoint> endpoint =
      ParseEndpoint(has_host ? std::string(words[2]) : asked.host + std::string(words[2]));
  if (!endpoint) return std::nullopt;
  redirection.endpoint = *endpoint;
  return redirection;
}

}  // namespace jiebang::store::redis
