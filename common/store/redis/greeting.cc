#include "common/store/redis/greeting.h"

#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
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

// What this suite needs for "acknowledged is durable". docs/durability.md says why of each.
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

// The value of a setting.
Task<absl::StatusOr<std::string>> AskSetting(Connection& connection, absl::string_view name) {
  Command command({"CONFIG", "GET", name});
  const absl::StatusOr<Reply> reply = co_await Ask(connection, std::move(command));
  CO_RETURN_IF_ERROR(reply.status());
  if (reply->elements.size() != 2) co_return UnexpectedReply();
  co_return reply->elements[1].text;
}

Task<absl::Status> CheckDurability(Connection& connection, int replicas) {
  std::vector<std::string> weaknesses;
  for (const Setting& setting : kDurable) {
    CO_ASSIGN_OR_RETURN(const std::string value, co_await AskSetting(connection, setting.name));
    if (value != setting.wanted) {
      weaknesses.push_back(absl::StrCat(setting.name, " is ", value, ", want ", setting.wanted));
    }
  }
  if (replicas > 0) {
    // So that a primary which is cut off from its replicas stops taking writes that a failover forgets.
    CO_ASSIGN_OR_RETURN(const std::string value, co_await AskSetting(connection, "min-replicas-to-write"));
    int wanted_by_server = 0;
    if (!absl::SimpleAtoi(value, &wanted_by_server) || wanted_by_server < replicas) {
      weaknesses.push_back(absl::StrCat("min-replicas-to-write is ", value, ", want ", replicas, " at least"));
    }
  }
  if (weaknesses.empty()) co_return absl::OkStatus();
  co_return absl::FailedPreconditionError(
      absl::StrCat("this Redis may lose acknowledged writes: ", absl::StrJoin(weaknesses, "; ")));
}

Task<absl::Status> CheckKind(Connection& connection, bool in_cluster) {
  CO_ASSIGN_OR_RETURN(const std::string enabled, co_await AskSetting(connection, "cluster-enabled"));
  if ((enabled == "yes") == in_cluster) co_return absl::OkStatus();
  co_return absl::FailedPreconditionError(in_cluster ? "this Redis is of no Cluster: want redis://"
                                                     : "this Redis is of a Cluster: want redis+cluster://");
}

}  // namespace

Task<absl::Status> Introduction::operator()(Connection& connection) const {
  if (password.empty()) co_return absl::OkStatus();
  Command command({"AUTH"});
  if (!user.empty()) command.Add(user);
  command.Add(password);
  const absl::StatusOr<Reply> reply = co_await Ask(connection, std::move(command));
  co_return reply.status();
}

Task<absl::Status> Greeting::operator()(Connection& connection) const {
  CO_RETURN_IF_ERROR(co_await introduction(connection));
  for (const Script* const script : {&CommitScript(), &ScanScript(), &HeadScript(), &CompactScript()}) {
    CO_RETURN_IF_ERROR(co_await Load(connection, *script));
  }
  absl::Status status = co_await CheckRole(connection);
  if (IsForbidden(status)) {
    warn(
        "Redis: ROLE is forbidden to this user, so nobody has checked that this server is the master; a replica would "
        "give records of the past");
    status = absl::OkStatus();
  }
  CO_RETURN_IF_ERROR(status);
  status = co_await CheckKind(connection, in_cluster);
  if (status.ok() && !allow_weak_durability) status = co_await CheckDurability(connection, replicas);
  if (IsForbidden(status)) {
    warn(
        "Redis: CONFIG GET is forbidden to this user, so nobody has checked that appendonly is yes, appendfsync "
        "always, "
        "maxmemory-policy noeviction and min-replicas-to-write what it should be; without them acknowledged writes can "
        "be lost");
    status = absl::OkStatus();
  }
  co_return status;
}

}  // namespace jiebang::store::redis
