#include "services/application/handler/exporter.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/strip.h"
#include "common/rpc/call.h"
#include "common/status/status_macros.h"
#include "services/application/domain/application_name.h"
#include "services/application/domain/export.h"

namespace jiebang::application {
namespace {

constexpr absl::Duration kPauseBetweenRounds = absl::Seconds(1);
constexpr int kRoundsBetweenClearings = 60;
constexpr int kApplicationsInAStep = 200;

absl::StatusOr<ListQuery> QueryOf(const v1::ExportApplicationsRequest& request) {
  ASSIGN_OR_RETURN(ApplicationParent parent, ApplicationParent::ParseWithWildcards(request.parent()));
  return ListQuery{.parent = std::move(parent), .state = request.state(), .track = request.track()};
}

bool MayPass(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsAborted(status) || absl::IsResourceExhausted(status);
}

store::Event WasFinished(const v1::KeptExport& kept, absl::Time now) {
  return rpc::HappenedByService(
      "application", now, "export.finished", kept.name(),
      {{"exported_count", std::to_string(kept.metadata().exported_count())}, {"error", kept.error().message()}});
}

store::Event WasTakenAway(const v1::KeptExport& kept, absl::Time now) {
  return rpc::HappenedByService("application", now, "export.expired", kept.name());
}

}  // namespace

Task<void> Exporter::Run() {
  Executor& home = co_await Home();
  for (int round = 0; !home.stopping(); ++round) {
    if (round % kRoundsBetweenClearings == 0) co_await RemoveExpired();
    const bool worked = co_await Round();
    if (!worked) co_await Sleep(kPauseBetweenRounds);
  }
}

Task<bool> Exporter::Round() {
  Executor& home = co_await Home();
  bool worked = false;
  for (int partition = 0; partition < ExportRepository::kPartitions; ++partition) {
    absl::StatusOr<std::vector<VersionedExport>> running = co_await exports_.Some(partition, true, "");
    if (!running.ok()) co_return false;  // the store is away: a pause is in place
    for (VersionedExport& present : *running) {
      if (home.stopping()) co_return false;
      const VersionedExport unharmed = present;
      const absl::Status gone_on = co_await GoOnWith(std::move(present));
      if (gone_on.ok()) {
        worked = true;
      } else if (!MayPass(gone_on)) {
        v1::KeptExport ended = EndExport(unharmed.kept, gone_on, clock_.Now());
        store::Event finished = WasFinished(ended, clock_.Now());
        // Where this is not kept either, the next round is here again.
        co_await exports_.Save(std::move(ended), unharmed.version, 0, "", std::move(finished));
      }
    }
  }
  co_return worked;
}

Task<absl::Status> Exporter::GoOnWith(VersionedExport present) {
  const v1::ExportApplicationsRequest request = present.kept.metadata().request();
  CO_ASSIGN_OR_RETURN(const ListQuery query, QueryOf(request));
  v1::KeptExport kept = std::move(present.kept);
  if (!kept.metadata().has_start_time()) {
    CO_ASSIGN_OR_RETURN(const std::int64_t estimated, co_await listing_.Estimate(query));
    kept = StartExport(std::move(kept), estimated, clock_.Now());
  }
  const std::int64_t offset = kept.metadata().size_bytes();
  CO_ASSIGN_OR_RETURN(ApplicationPage page, co_await listing_.Page(query, kept.position(), kApplicationsInAStep));
  CO_ASSIGN_OR_RETURN(ExportStep step, GoOn(std::move(kept), page.applications, std::move(page.next), clock_.Now()));
  std::optional<store::Event> finished;
  if (step.kept.done()) finished = WasFinished(step.kept, clock_.Now());
  co_return co_await exports_.Save(std::move(step.kept), present.version, offset, std::move(step.written),
                                   std::move(finished));
}

Task<void> Exporter::RemoveExpired() {
  for (int partition = 0; partition < ExportRepository::kPartitions; ++partition) {
    std::string after;
    while (true) {
      const absl::StatusOr<std::vector<VersionedExport>> some = co_await exports_.Some(partition, false, after);
      if (!some.ok() || some->empty()) break;
      for (const VersionedExport& present : *some) {
        after = std::string(absl::StripPrefix(present.kept.name(), "operations/"));
        if (!HasExpired(present.kept, clock_.Now())) continue;
        // What cannot be taken away now is found again.
        co_await exports_.Remove(present, WasTakenAway(present.kept, clock_.Now()));
      }
    }
  }
}

}  // namespace jiebang::application
