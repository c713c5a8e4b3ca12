#include "common/store/backup/redis_pause.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/status/status_macros.h"

namespace jiebang::store::backup {
namespace {

using redis::Command;
using redis::Reply;

// Of INFO's lines "name:value".
std::string FieldOf(const std::string& info, absl::string_view name) {
  for (absl::string_view line : absl::StrSplit(info, "\r\n")) {
    if (absl::ConsumePrefix(&line, name) && absl::ConsumePrefix(&line, ":")) return std::string(line);
  }
  return "";
}

absl::Status Lapsed() { return absl::AbortedError("Redis: the pause of writes may have lapsed; try again"); }

}  // namespace

absl::StatusOr<std::unique_ptr<RedisPause>> RedisPause::Begin(RedisPrimaries& primaries, Limits limits) {
  std::unique_ptr<RedisPause> pause(new RedisPause(primaries, limits));
  pause->asked_.resize(primaries.size());
  for (std::size_t primary = 0; primary < primaries.size(); ++primary) RETURN_IF_ERROR(pause->Renew(primary));
  for (std::size_t primary = 0; primary < primaries.size(); ++primary) {
    ASSIGN_OR_RETURN(State state, pause->StateOf(primary));
    pause->states_.push_back(std::move(state));
  }
  return pause;
}

RedisPause::~RedisPause() {
  if (runs_) Unpause().IgnoreError();  // it ends by itself
}

// Earlier than it does, for clocks that run apart.
RedisPause::Clock::time_point RedisPause::LapseOf(std::size_t primary) const {
  return asked_[primary] + limits_.lapse - limits_.lapse / 10;
}

absl::Status RedisPause::Renew(std::size_t primary) {
  const Clock::time_point now = Clock::now();
  Command command({"CLIENT", "PAUSE"});
  command.Add(static_cast<std::size_t>(limits_.lapse.count())).Add("WRITE");
  RETURN_IF_ERROR(primaries_.Ask(primary, std::move(command)).status());
  asked_[primary] = now;
  return absl::OkStatus();
}

absl::Status RedisPause::KeepUp() {
  if (Clock::now() > began_ + limits_.longest) {
    return absl::AbortedError(absl::StrCat("Redis: writes have waited for ",
                                           absl::FormatDuration(absl::FromChrono(limits_.longest)),
                                           ", as long as they may: there is more to save; allow a longer pause, but "
                                           "see docs/backup.md on Sentinel first"));
  }
  for (std::size_t primary = 0; primary < primaries_.size(); ++primary) {
    const Clock::time_point lapse = LapseOf(primary);
    if (Clock::now() < asked_[primary] + limits_.lapse / 8) continue;
    RETURN_IF_ERROR(Renew(primary));
    // The new one began before its answer came, so they overlap if that came in time.
    if (Clock::now() >= lapse) return Lapsed();
  }
  return absl::OkStatus();
}

absl::StatusOr<RedisPause::State> RedisPause::StateOf(std::size_t primary) {
  ASSIGN_OR_RETURN(const Reply info, primaries_.Ask(primary, Command({"INFO", "everything"})));
  ASSIGN_OR_RETURN(const Reply keys, primaries_.Ask(primary, Command({"DBSIZE"})));
  State state{.run = FieldOf(info.text, "run_id"), .role = FieldOf(info.text, "role"), .keys = keys.integer};
  if (!absl::SimpleAtoi(FieldOf(info.text, "rdb_changes_since_last_save"), &state.changes)) {
    return redis::UnexpectedReply();
  }
  return state;
}

absl::Status RedisPause::Confirm() {
  RETURN_IF_ERROR(KeepUp());
  for (std::size_t primary = 0; primary < primaries_.size(); ++primary) {
    const State& before = states_[primary];
    ASSIGN_OR_RETURN(const State now, StateOf(primary));
    // An RDB file that was completed meanwhile sets the changes back to 0.
    const bool unchanged = now.keys == before.keys && (now.changes == before.changes || now.changes == 0);
    if (!unchanged || now.run != before.run || now.role != "master") {
      return absl::AbortedError(
          "Redis: somebody wrote although writes were paused: the pause was ended by somebody else (another back-up?), "
          "or the server is not the same any more; try again");
    }
    if (Clock::now() >= LapseOf(primary)) return Lapsed();
  }
  return absl::OkStatus();
}

absl::Status RedisPause::End() {
  const absl::Status confirmed = Confirm();
  runs_ = false;
  const absl::Status unpaused = Unpause();
  ended_ = Clock::now();
  RETURN_IF_ERROR(confirmed);
  return unpaused;
}

absl::Status RedisPause::Unpause() {
  absl::Status result;
  for (std::size_t primary = 0; primary < primaries_.size(); ++primary) {
    result.Update(primaries_.Ask(primary, Command({"CLIENT", "UNPAUSE"})).status());
  }
  return result;
}

absl::Duration RedisPause::lasted() const { return absl::FromChrono((runs_ ? Clock::now() : ended_) - began_); }

}  // namespace jiebang::store::backup
