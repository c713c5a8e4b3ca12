#include "common/store/backup/redis_primaries.h"

#include <sys/time.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "common/store/password_file.h"
#include "common/store/redis/keys.h"
#include "common/store/redis/sentinels.h"
#include <hiredis/hiredis.h>

namespace jiebang::store::backup {
namespace {

using redis::Command;
using redis::Reply;

constexpr absl::Duration kConnecting = absl::Seconds(5);
// A server may be busy with a fork or a slow disk; who waits for longer has lost it.
constexpr absl::Duration kPatience = absl::Seconds(60);

absl::Status Lost(const redisContext& context) {
  return absl::UnavailableError(absl::StrCat("Redis: ", static_cast<const char*>(context.errstr)));
}

}  // namespace

void RedisPrimaries::Close::operator()(redisContext* context) const { redisFree(context); }

absl::StatusOr<std::unique_ptr<RedisPrimaries>> RedisPrimaries::Connect(const std::vector<RedisLocation>& stores) {
  auto primaries = std::make_unique<RedisPrimaries>();
  // One connection a server, so that a server is stopped once, whatever it holds.
  std::map<redis::Endpoint, std::size_t> known;
  for (const RedisLocation& location : stores) {
    ASSIGN_OR_RETURN(const Servers servers, ServersOf(location));
    std::vector<std::size_t>& of_shard = primaries->primary_of_shard_.emplace_back();
    for (const redis::Endpoint& server : servers) {
      const auto [primary, is_new] = known.try_emplace(server, primaries->size());
      of_shard.push_back(primary->second);
      if (!is_new) continue;
      ASSIGN_OR_RETURN(Connection connection, OpenPrimary(server, location));
      primaries->connections_.push_back(std::move(connection));
    }
    primaries->replicas_ = std::max(primaries->replicas_, location.replicas);
  }
  return primaries;
}

absl::StatusOr<RedisPrimaries::Servers> RedisPrimaries::ServersOf(const RedisLocation& location) {
  if (location.kind == RedisLocation::Kind::kCluster) {
    ASSIGN_OR_RETURN(const redis::SlotMap slots, SlotsOfCluster(location));
    const redis::Keys keys(location.prefix);
    Servers servers;
    for (int shard = 0; shard < kShards; ++shard) {
      const redis::Endpoint* const server = slots.Find(keys.SlotOf(shard));
      if (server == nullptr) return absl::UnavailableError("Redis Cluster: there are slots that nobody answers for");
      servers.push_back(*server);
    }
    return servers;
  }
  redis::Endpoint server{.unix_socket = location.unix_socket.string()};
  if (location.kind == RedisLocation::Kind::kSentinel) {
    ASSIGN_OR_RETURN(server, PrimaryBehindSentinels(location));
  } else if (!location.addresses.empty()) {
    server = {.host = location.addresses.front().host, .port = location.addresses.front().port};
  }
  return Servers(kShards, server);
}

absl::StatusOr<redis::Endpoint> RedisPrimaries::PrimaryBehindSentinels(const RedisLocation& location) {
  std::vector<std::optional<redis::SentinelView>> views;
  absl::Status trouble;
  for (const HostAndPort& address : location.addresses) {
    const auto ask = [&]() -> absl::StatusOr<redis::SentinelView> {
      ASSIGN_OR_RETURN(const Connection sentinel, Open({.host = address.host, .port = address.port}));
      RETURN_IF_ERROR(Introduce(*sentinel, location.sentinel_user, location.sentinel_password_file));
      ASSIGN_OR_RETURN(const Reply master, AskOnce(*sentinel, Command({"SENTINEL", "MASTER", location.master})));
      return redis::ToSentinelView(master);
    };
    absl::StatusOr<redis::SentinelView> view = ask();
    views.push_back(view.ok() ? std::optional(*view) : std::nullopt);
    trouble.Update(view.status());
  }
  absl::StatusOr<redis::SentinelView> believed = redis::Believe(views, 0);
  if (believed.ok()) return believed->primary;
  return absl::UnavailableError(absl::StrCat(believed.status().message(), "; ", trouble.message()));
}

absl::StatusOr<redis::SlotMap> RedisPrimaries::SlotsOfCluster(const RedisLocation& location) {
  absl::Status trouble = absl::UnavailableError("Redis Cluster: no server is named");
  for (const HostAndPort& address : location.addresses) {
    const redis::Endpoint seed{.host = address.host, .port = address.port};
    const auto ask = [&]() -> absl::StatusOr<redis::SlotMap> {
      ASSIGN_OR_RETURN(const Connection server, Open(seed));
      RETURN_IF_ERROR(Introduce(*server, location.user, location.password_file));
      ASSIGN_OR_RETURN(const Reply slots, AskOnce(*server, Command({"CLUSTER", "SLOTS"})));
      return redis::SlotMap::FromReply(slots, seed);
    };
    absl::StatusOr<redis::SlotMap> slots = ask();
    if (slots.ok()) return slots;
    trouble = slots.status();
  }
  return trouble;
}

absl::StatusOr<RedisPrimaries::Connection> RedisPrimaries::Open(const redis::Endpoint& server) {
  const timeval connecting = absl::ToTimeval(kConnecting);
  Connection connection(server.host.empty() ? redisConnectUnixWithTimeout(server.unix_socket.c_str(), connecting)
                                            : redisConnectWithTimeout(server.host.c_str(), server.port, connecting));
  if (connection == nullptr) return absl::UnavailableError("Redis: out of memory");
  if (connection->err != 0) {
    return absl::UnavailableError(
        absl::StrCat("Redis: ", server.ToString(), ": ", static_cast<const char*>(connection->errstr)));
  }
  if (redisSetTimeout(connection.get(), absl::ToTimeval(kPatience)) != REDIS_OK) return Lost(*connection);
  if (!server.host.empty()) redisEnableKeepAlive(connection.get());
  return connection;
}

absl::StatusOr<Reply> RedisPrimaries::AskOnce(redisContext& connection, const Command& command) {
  const absl::string_view encoded = command.Encoded();
  if (redisAppendFormattedCommand(&connection, encoded.data(), encoded.size()) != REDIS_OK) return Lost(connection);
  void* raw = nullptr;
  if (redisGetReply(&connection, &raw) != REDIS_OK) return Lost(connection);
  const std::unique_ptr<redisReply, void (*)(void*)> reply(static_cast<redisReply*>(raw), freeReplyObject);
  Reply answer = redis::ToReply(*reply);
  if (answer.type == Reply::Type::kError) return redis::ErrorOf(answer);
  return answer;
}

absl::Status RedisPrimaries::Introduce(redisContext& connection, const std::string& user,
                                       const std::filesystem::path& password_file) {
  ASSIGN_OR_RETURN(const std::string password, ReadPassword(password_file));
  if (password.empty()) return absl::OkStatus();
  Command command({"AUTH"});
  if (!user.empty()) command.Add(user);
  command.Add(password);
  return AskOnce(connection, command).status();
}

absl::StatusOr<RedisPrimaries::Connection> RedisPrimaries::OpenPrimary(const redis::Endpoint& server,
                                                                       const RedisLocation& location) {
  ASSIGN_OR_RETURN(Connection connection, Open(server));
  RETURN_IF_ERROR(Introduce(*connection, location.user, location.password_file));
  ASSIGN_OR_RETURN(const Reply role, AskOnce(*connection, Command({"ROLE"})));
  if (!role.elements.empty() && role.elements[0].text == "master") return connection;
  return absl::UnavailableError(absl::StrCat("Redis: ", server.ToString(), " is not the master"));
}

std::size_t RedisPrimaries::Of(std::size_t store, int shard) const {
  return primary_of_shard_[store][static_cast<std::size_t>(shard)];
}

absl::Status RedisPrimaries::AwaitReplicas() {
  if (replicas_ == 0) return absl::OkStatus();
  for (const Connection& connection : connections_) {
    Command wait({"WAIT"});
    wait.Add(static_cast<std::size_t>(replicas_))
        .Add(static_cast<std::size_t>(absl::ToInt64Milliseconds(kPatience) / 2));
    ASSIGN_OR_RETURN(const Reply have, AskOnce(*connection, wait));
    if (have.integer < replicas_) {
      return absl::UnavailableError(absl::StrCat("Redis: ", have.integer, " of ", replicas_, " replicas have it all"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Reply> RedisPrimaries::Ask(std::size_t primary, Command command) {
  Request request{.primary = primary, .command = std::move(command)};
  ASSIGN_OR_RETURN(std::vector<Reply> replies, AskAll(absl::MakeSpan(&request, 1)));
  return std::move(replies.front());
}

absl::StatusOr<std::vector<Reply>> RedisPrimaries::AskAll(absl::Span<Request> requests) {
  for (Request& request : requests) {
    redisContext* const context = connections_[request.primary].get();
    const absl::string_view encoded = request.command.Encoded();
    if (redisAppendFormattedCommand(context, encoded.data(), encoded.size()) != REDIS_OK) return Lost(*context);
  }
  std::vector<Reply> replies;
  replies.reserve(requests.size());
  absl::Status error;
  for (const Request& request : requests) {
    redisContext* const context = connections_[request.primary].get();
    void* raw = nullptr;
    if (redisGetReply(context, &raw) != REDIS_OK) return Lost(*context);
    const std::unique_ptr<redisReply, void (*)(void*)> reply(static_cast<redisReply*>(raw), freeReplyObject);
    replies.push_back(redis::ToReply(*reply));
    // The replies behind it have to be taken, too.
    if (replies.back().type == Reply::Type::kError && error.ok()) error = redis::ErrorOf(replies.back());
  }
  if (!error.ok()) return error;
  return replies;
}

}  // namespace jiebang::store::backup
