#include "common/store/redis/commit_lane.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"

namespace jiebang::store::redis {

void Parcel::SendOver(Connection& connection) && {
  if (asking) {
    // Answered before the command itself; an error of the one shows in the other.
    connection.Send(Command({"ASKING"}).Encoded(), [](absl::StatusOr<Reply>) {});
  }
  connection.Send(encoded, std::move(answer));
}

CommitLane::CommitLane(EventLoop& loop, Endpoint endpoint, Connection::Greeting greeting, Connection::Observer observer,
                       int replicas, absl::Duration longest_wait)
    : replicas_(replicas),
      longest_wait_(longest_wait),
      connection_(loop, std::move(endpoint), std::move(greeting), std::move(observer)) {}

void CommitLane::Send(Parcel commit) {
  gathered_.push_back(std::move(commit));
  if (under_way_ == 0) SendGathered();
}

void CommitLane::SendGathered() {
  struct Applied {
    Connection::Answer answer;
    Reply reply;
  };
  if (gathered_.empty()) return;
  const auto applied = std::make_shared<std::vector<Applied>>();
  std::vector<Parcel> commits = std::exchange(gathered_, {});
  under_way_ = commits.size();
  for (Parcel& commit : commits) {
    commit.answer = [applied, answer = std::move(commit.answer)](absl::StatusOr<Reply> reply) mutable {
      if (!reply.ok() || reply->type == Reply::Type::kError) return answer(std::move(reply));
      applied->push_back({std::move(answer), *std::move(reply)});
    };
    std::move(commit).SendOver(connection_);
  }
  Command wait({"WAIT"});
  wait.Add(static_cast<std::size_t>(replicas_)).Add(static_cast<std::size_t>(absl::ToInt64Milliseconds(longest_wait_)));
  connection_.Send(wait.Encoded(), [this, applied](absl::StatusOr<Reply> reply) {
    under_way_ = 0;
    const bool enough = reply.ok() && reply->type == Reply::Type::kInteger && reply->integer >= replicas_;
    for (Applied& commit : *applied) {
      if (enough) {
        commit.answer(std::move(commit.reply));
      } else if (reply.ok()) {
        commit.answer(
            absl::UnknownError(absl::StrCat("Redis: ", reply->integer, " of ", replicas_,
                                            " replicas have the commit after ", absl::FormatDuration(longest_wait_))));
      } else {
        commit.answer(absl::UnknownError(reply.status().message()));
      }
    }
    SendGathered();
  });
}

}  // namespace jiebang::store::redis
