#include "common/store/backup/redis_primaries.h"

#include <sys/time.h>

#include <fstream>
#include <iterator>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include <hiredis/hiredis.h>

namespace jiebang::store::backup {
namespace {

using redis::Command;
using redis::Reply;

constexpr absl::Duration kConnecting = absl::Seconds(5);
// A server may be busy with a fork or a slow disk; who waits for longer has lost it.
constexpr absl::Duration kPatience = absl::Seconds(60);

std::string NameOfServer(const RedisLocation& location) {
  return location.host.empty() ? location.unix_socket.string() : absl::StrCat(location.host, ":", location.port);
}

absl::Status Lost(const redisContext& context) {
  return absl::UnavailableError(absl::StrCat("Redis: ", static_cast<const char*>(context.errstr)));
}

// A final line break is not part of it.
absl::StatusOr<std::string> ReadPasswordFile(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) return absl::FailedPreconditionError(absl::StrCat("cannot read the password from ", file.string()));
  std::string password{std::istreambuf_iterator<char>(stream), {}};
  absl::StripTrailingAsciiWhitespace(&password);
  return password;
}

}  // namespace

void RedisPrimaries::Close::operator()(redisContext* context) const { redisFree(context); }

absl::StatusOr<std::unique_ptr<RedisPrimaries>> RedisPrimaries::Connect(const std::vector<RedisLocation>& stores) {
  auto primaries = std::make_unique<RedisPrimaries>();
  // One connection a server, so that a server is stopped once, whatever it holds.
  std::map<std::string, std::size_t> known;
  for (const RedisLocation& location : stores) {
    const auto [server, is_new] = known.try_emplace(NameOfServer(location), primaries->size());
    primaries->primary_of_store_.push_back(server->second);
    if (!is_new) continue;
    ASSIGN_OR_RETURN(Connection connection, Open(location));
    primaries->connections_.push_back(std::move(connection));
    RETURN_IF_ERROR(primaries->Greet(server->second, location));
  }
  return primaries;
}

absl::StatusOr<RedisPrimaries::Connection> RedisPrimaries::Open(const RedisLocation& location) {
  const timeval connecting = absl::ToTimeval(kConnecting);
  Connection connection(location.host.empty()
                            ? redisConnectUnixWithTimeout(location.unix_socket.c_str(), connecting)
                            : redisConnectWithTimeout(location.host.c_str(), location.port, connecting));
  if (connection == nullptr) return absl::UnavailableError("Redis: out of memory");
  if (connection->err != 0) {
    return absl::UnavailableError(
        absl::StrCat("Redis: ", NameOfServer(location), ": ", static_cast<const char*>(connection->errstr)));
  }
  if (redisSetTimeout(connection.get(), absl::ToTimeval(kPatience)) != REDIS_OK) return Lost(*connection);
  if (!location.host.empty()) redisEnableKeepAlive(connection.get());
  return connection;
}

absl::Status RedisPrimaries::Greet(std::size_t primary, const RedisLocation& location) {
  if (!location.password_file.empty()) {
    ASSIGN_OR_RETURN(const std::string password, ReadPasswordFile(location.password_file));
    Command command({"AUTH"});
    if (!location.user.empty()) command.Add(location.user);
    command.Add(password);
    RETURN_IF_ERROR(Ask(primary, std::move(command)).status());
  }
  ASSIGN_OR_RETURN(const Reply role, Ask(primary, Command({"ROLE"})));
  if (!role.elements.empty() && role.elements[0].text == "master") return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("Redis: ", NameOfServer(location), " is not the master"));
}

std::size_t RedisPrimaries::Of(std::size_t store, int /*shard*/) const { return primary_of_store_[store]; }

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
