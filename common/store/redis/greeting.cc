#include "common/store/redis/greeting.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "common/store/redis/script.h"

namespace jiebang::store::redis {
namespace {

struct Setting {
  absl::string_view name;
  absl::string_view wanted;
};

constexpr Setting kDurable[] = {
    {"appendonly", "yes"},
    {"appendfsync", "always"},
    {"no-appendfsync-on-rewrite", "no"},
    {"maxmemory-policy", "noeviction"},
};

// The reply, or the status of its error.
Task<absl::StatusOr<Reply>> Ask(Connection& connection, Command command) {
  absl::StatusOr<Reply> reply = co_await connection.Call(std::move(command));
  if (reply.ok() && reply->type == Reply::Type::kError) co_return ErrorOf(*reply);
  co_return reply;
}

Task<absl::Status> Load(Connection& connection, const Script& script) {
  Command command({"SCRIPT", "LOAD", script.source});
  const absl::StatusOr<Reply> reply = co_await Ask(connection, std::move(command));
  co_return reply.status();
}

// A renamed or forbidden CONFIG; both are common where operators are careful.
bool IsForbidden(const absl::Status& error) {
  return absl::StrContains(error.message(), "NOPERM") || absl::StrContains(error.message(), "unknown command");
}

// What is to be changed in the server's configuration. NOT_FOUND: it must not be seen.
Task<absl::StatusOr<std::vector<std::string>>> FindWeaknesses(Connection& connection) {
  std::vector<std::string> weaknesses;
  for (const Setting& setting : kDurable) {
    Command command({"CONFIG", "GET", setting.name});
    absl::StatusOr<Reply> reply = co_await Ask(connection, std::move(command));
    if (!reply.ok() && IsForbidden(reply.status())) co_return absl::NotFoundError("CONFIG is forbidden");
    CO_RETURN_IF_ERROR(reply.status());
    if (reply->elements.size() != 2) co_return UnexpectedReply();
    const std::string& value = reply->elements[1].text;
    if (value != setting.wanted) {
      weaknesses.push_back(absl::StrCat(setting.name, " is ", value, ", want ", setting.wanted));
    }
  }
  co_return weaknesses;
}

}  // namespace

Task<absl::Status> Greeting::operator()(Connection& connection) const {
  if (!password.empty()) {
    Command command({"AUTH"});
    if (!user.empty()) command.Add(user);
    command.Add(password);
    const absl::StatusOr<Reply> reply = co_await Ask(connection, std::move(command));
    CO_RETURN_IF_ERROR(reply.status());
  }
  CO_RETURN_IF_ERROR(co_await Load(connection, CommitScript()));
  CO_RETURN_IF_ERROR(co_await Load(connection, ScanScript()));
  if (allow_weak_durability) co_return absl::OkStatus();
  absl::StatusOr<std::vector<std::string>> weaknesses = co_await FindWeaknesses(connection);
  if (absl::IsNotFound(weaknesses.status())) {
    warn(
        "Redis: CONFIG GET is forbidden to this user, so nobody has checked that appendonly is yes, appendfsync always "
        "and maxmemory-policy noeviction; without them acknowledged writes can be lost");
    co_return absl::OkStatus();
  }
  CO_RETURN_IF_ERROR(weaknesses.status());
  if (weaknesses->empty()) co_return absl::OkStatus();
  co_return absl::FailedPreconditionError(
      absl::StrCat("this Redis may lose acknowledged writes: ", absl::StrJoin(*weaknesses, "; ")));
}

}  // namespace jiebang::store::redis
