#include "common/store/redis/greeting.h"

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

// A command that is renamed or not ours by the access list; both are common where operators are careful.
bool IsForbidden(const absl::Status& error) {
  return absl::StrContains(error.message(), "NOPERM") || absl::StrContains(error.message(), "unknown command");
}

// A replica is behind its master, and whoever reads from it does not see every acknowledged commit.
Task<absl::Status> CheckRole(Connection& connection) {
  Command command({"ROLE"});
  const absl::StatusOr<Reply> reply = co_await Ask(connection, std::move(command));
  CO_RETURN_IF_ERROR(reply.status());
  if (reply->elements.empty()) co_return UnexpectedReply();
  if (reply->elements[0].text == "master") co_return absl::OkStatus();
  co_return absl::UnavailableError(absl::StrCat("this Redis is a ", reply->elements[0].text, ", not the master"));
}

Task<absl::Status> CheckDurability(Connection& connection) {
  std::vector<std::string> weaknesses;
  for (const Setting& setting : kDurable) {
    Command command({"CONFIG", "GET", setting.name});
    const absl::StatusOr<Reply> reply = co_await Ask(connection, std::move(command));
    CO_RETURN_IF_ERROR(reply.status());
    if (reply->elements.size() != 2) co_return UnexpectedReply();
    const std::string& value = reply->elements[1].text;
    if (value != setting.wanted) {
      weaknesses.push_back(absl::StrCat(setting.name, " is ", value, ", want ", setting.wanted));
    }
  }
  if (weaknesses.empty()) co_return absl::OkStatus();
  co_return absl::FailedPreconditionError(
      absl::StrCat("this Redis may lose acknowledged writes: ", absl::StrJoin(weaknesses, "; ")));
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
  absl::Status status = co_await CheckRole(connection);
  if (IsForbidden(status)) {
    warn(
        "Redis: ROLE is forbidden to this user, so nobody has checked that this server is the master; a replica would "
        "give records of the past");
    status = absl::OkStatus();
  }
  CO_RETURN_IF_ERROR(status);
  if (allow_weak_durability) co_return absl::OkStatus();
  status = co_await CheckDurability(connection);
  if (IsForbidden(status)) {
    warn(
        "Redis: CONFIG GET is forbidden to this user, so nobody has checked that appendonly is yes, appendfsync always "
        "and maxmemory-policy noeviction; without them acknowledged writes can be lost");
    status = absl::OkStatus();
  }
  co_return status;
}

}  // namespace jiebang::store::redis
