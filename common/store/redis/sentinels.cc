#include "common/store/redis/sentinels.h"

#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace jiebang::store::redis {

absl::StatusOr<SentinelView> ToSentinelView(const Reply& master) {
  if (master.type != Reply::Type::kArray || master.elements.size() % 2 != 0) return UnexpectedReply();
  std::map<std::string, std::string> facts;
  for (std::size_t i = 0; i < master.elements.size(); i += 2) {
    facts[master.elements[i].text] = master.elements[i + 1].text;
  }
  SentinelView view{.primary = {.host = facts["ip"]}};
  if (view.primary.host.empty() || !absl::SimpleAtoi(facts["port"], &view.primary.port) ||
      !absl::SimpleAtoi(facts["config-epoch"], &view.epoch)) {
    return UnexpectedReply();
  }
  return view;
}

absl::StatusOr<SentinelView> Believe(const std::vector<std::optional<SentinelView>>& sentinels, std::uint64_t epoch) {
  std::size_t answered = 0;
  SentinelView latest;
  for (const std::optional<SentinelView>& view : sentinels) {
    if (!view) continue;
    if (answered++ == 0 || view->epoch > latest.epoch) latest = *view;
  }
  if (2 * answered <= sentinels.size()) {
    return absl::UnavailableError(
        absl::StrCat("Sentinel: ", answered, " of ", sentinels.size(), " answer, want a majority"));
  }
  if (latest.epoch < epoch) {
    return absl::UnavailableError(
        absl::StrCat("Sentinel: those who answer know failover ", latest.epoch, ", there was ", epoch, " already"));
  }
  return latest;
}

Sentinels::Sentinels(EventLoop& loop, Crew& crew, const std::vector<Endpoint>& sentinels, std::string master,
                     NodeOptions options)
    : loop_(loop), master_(std::move(master)) {
  options.connections = 1;
  options.replicas = 0;
  for (const Endpoint& sentinel : sentinels) {
    sentinels_.push_back(Node::Start(loop, crew, sentinel, options, [](const absl::Status&) {}));
  }
}

Task<absl::StatusOr<SlotMap>> Sentinels::Look() {
  std::vector<absl::StatusOr<SentinelView>> views(sentinels_.size(), absl::UnavailableError("not asked"));
  int left = static_cast<int>(sentinels_.size());
  // All at once: the slowest may be dead.
  std::optional<Resume<bool>> last;
  co_await Suspend<bool>([&](Resume<bool> resume) {
    last.emplace(std::move(resume));
    for (std::size_t i = 0; i < sentinels_.size(); ++i) Spawn(loop_, AskInto(*sentinels_[i], views[i], left, *last));
  });

  std::vector<std::optional<SentinelView>> answered;
  absl::Status trouble;
  for (const absl::StatusOr<SentinelView>& view : views) {
    answered.push_back(view.ok() ? std::optional(*view) : std::nullopt);
    if (!view.ok()) trouble = view.status();
  }
  const absl::StatusOr<SentinelView> believed = Believe(answered, epoch_);
  if (!believed.ok()) {
    // What a Sentinel refuses, it refuses always; that nobody answers may pass.
    if (absl::IsFailedPrecondition(trouble)) co_return trouble;
    co_return absl::UnavailableError(absl::StrCat(believed.status().message(), "; ", trouble.message()));
  }
  epoch_ = believed->epoch;
  co_return SlotMap(believed->primary);
}

Task<void> Sentinels::AskInto(Node& sentinel, absl::StatusOr<SentinelView>& view, int& left, Resume<bool>& last) {
  Command command({"SENTINEL", "MASTER", master_});
  const absl::StatusOr<Reply> reply = co_await sentinel.Ask(std::move(command));
  if (reply.ok()) {
    view = ToSentinelView(*reply);
  } else if (absl::StrContains(reply.status().message(), "No such master")) {
    view = absl::FailedPreconditionError(
        absl::StrCat("Sentinel ", sentinel.endpoint().ToString(), " watches over no \"", master_, "\""));
  } else {
    view = reply.status();
  }
  if (--left == 0) last(true);
}

void Sentinels::Close() {
  for (const std::shared_ptr<Node>& sentinel : sentinels_) sentinel->Retire();
}

void Sentinels::Break() {
  for (const std::shared_ptr<Node>& sentinel : sentinels_) sentinel->Break();
}

}  // namespace jiebang::store::redis
