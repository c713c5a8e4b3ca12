#include "services/application/repository/application_listing.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/application/repository/keys.h"
#include "services/application/repository/records.h"

namespace jiebang::application {
namespace {

constexpr std::size_t kAtOnce = 100;          // read in one step, which bounds the memory of one call
constexpr std::size_t kMostExamined = 2'000;  // in one page, whether they fit or not
constexpr int kMostUnits = 100;               // gone through in one page
constexpr std::int64_t kMostCounted = 100'000;
constexpr std::size_t kMostPageBytes = 2'000'000;  // so that a page fits into one answer of gRPC

std::string ViewFor(const ListQuery& query) {
  if (query.state != v1::Application::STATE_UNSPECIFIED) return keys::ViewOf(query.state, query.track);
  return query.includes_drafts ? keys::ViewOfAll(query.track) : keys::ViewOfFiled(query.track);
}

// The index says so too, but the application may have moved on since it was read.
bool Fits(const ListQuery& query, const v1::Application& application) {
  if (query.state != v1::Application::STATE_UNSPECIFIED && application.state() != query.state) return false;
  if (application.state() == v1::Application::STATE_DRAFT && !query.includes_drafts) return false;
  return application.applicant().industry_code().starts_with(query.industry_prefix);
}

}  // namespace

// Where a page has come to. `after` is the id of the last application that was examined in the unit.
struct ApplicationListing::Walk {
  std::string unit;
  std::string after;
  std::size_t size = 0;
  std::size_t examined = 0;
  std::size_t bytes = 0;
  std::vector<v1::Application> taken;

  bool is_full() const { return taken.size() >= size || examined >= kMostExamined || bytes >= kMostPageBytes; }
};

Task<absl::StatusOr<ApplicationPage>> ApplicationListing::Page(ListQuery query, std::string position, int size) const {
  if (query.state == v1::Application::STATE_DRAFT && !query.includes_drafts) co_return ApplicationPage();

  // A position is `{unit}/{uscc}/{application}`, or `{unit}/` where a unit begins.
  Walk walk{.size = static_cast<std::size_t>(size)};
  if (const std::size_t slash = position.find('/'); slash != std::string::npos) {
    walk.unit = position.substr(0, slash);
    walk.after = position.substr(slash + 1);
  } else if (!query.parent.names_every_unit()) {
    walk.unit = query.parent.unit;
  } else {
    CO_ASSIGN_OR_RETURN(std::optional<std::string> first, co_await NextUnit(query, ""));
    if (!first.has_value()) co_return ApplicationPage();
    walk.unit = *std::move(first);
  }

  for (int units = 1;; ++units) {
    bool is_done = false;
    while (!is_done && !walk.is_full()) {
      CO_ASSIGN_OR_RETURN(is_done, co_await TakeSome(query, walk));
    }
    if (!is_done) co_return ApplicationPage{std::move(walk.taken), absl::StrCat(walk.unit, "/", walk.after)};
    if (!query.parent.names_every_unit()) co_return ApplicationPage{std::move(walk.taken), ""};
    CO_ASSIGN_OR_RETURN(std::optional<std::string> next, co_await NextUnit(query, walk.unit));
    if (!next.has_value()) co_return ApplicationPage{std::move(walk.taken), ""};
    walk.unit = *std::move(next);
    walk.after.clear();
    if (walk.is_full() || units >= kMostUnits) {
      co_return ApplicationPage{std::move(walk.taken), absl::StrCat(walk.unit, "/")};
    }
  }
}

Task<absl::StatusOr<std::int64_t>> ApplicationListing::Estimate(ListQuery query) const {
  std::optional<std::string> unit = query.parent.unit;
  if (query.parent.names_every_unit()) {
    CO_ASSIGN_OR_RETURN(unit, co_await NextUnit(query, ""));
  }
  const std::string view = absl::StrCat(ViewFor(query), "/");
  const std::string prefix = query.parent.names_every_applicant() ? view : absl::StrCat(view, query.parent.uscc, "/");
  std::int64_t count = 0;
  while (unit.has_value() && count < kMostCounted) {
    std::string after;
    for (bool more = true; more && count < kMostCounted;) {
      CO_ASSIGN_OR_RETURN(const store::Page page,
                          co_await store_.Scan(keys::kListing, keys::PartitionOfUnit(query.parent.programme, *unit),
                                               prefix, after, store::kMaxScanRecords));
      count += static_cast<std::int64_t>(page.records.size());
      more = page.more;
      if (!page.records.empty()) after = page.records.back().id;
    }
    if (!query.parent.names_every_unit()) break;
    CO_ASSIGN_OR_RETURN(unit, co_await NextUnit(query, *unit));
  }
  co_return count;
}

Task<absl::StatusOr<std::optional<std::string>>> ApplicationListing::NextUnit(const ListQuery& query,
                                                                              std::string unit) const {
  std::string partition = keys::PartitionOfProgramme(query.parent.programme);
  std::string prefix;
  // An applicant's own list reaches the units where it has only drafts, too.
  if (!query.parent.names_every_applicant()) {
    partition = keys::PartitionOfApplicant(query.parent.uscc);
    prefix = absl::StrCat(query.parent.programme, "/");
  }
  const std::string after = unit.empty() ? "" : absl::StrCat(prefix, unit);
  CO_ASSIGN_OR_RETURN(const store::Page page, co_await store_.Scan(keys::kUnit, partition, prefix, after, 1));
  if (page.records.empty()) co_return std::optional<std::string>();
  co_return std::optional<std::string>(page.records.front().id.substr(prefix.size()));
}

Task<absl::StatusOr<bool>> ApplicationListing::TakeSome(const ListQuery& query, Walk& walk) const {
  const std::string partition = keys::PartitionOfUnit(query.parent.programme, walk.unit);
  const std::string view = absl::StrCat(ViewFor(query), "/");
  const std::string prefix = query.parent.names_every_applicant() ? view : absl::StrCat(view, query.parent.uscc, "/");
  const std::string after = walk.after.empty() ? "" : absl::StrCat(view, walk.after);
  // With an industry to look for, few of them may fit.
  const std::size_t wanted = query.industry_prefix.empty() ? walk.size - walk.taken.size() : kAtOnce;
  CO_ASSIGN_OR_RETURN(const store::Page page,
                      co_await store_.Scan(keys::kListing, partition, prefix, after, std::min(wanted, kAtOnce)));
  if (page.records.empty()) co_return true;

  std::vector<store::Key> summaries;
  for (const store::Record& record : page.records) {
    summaries.push_back({keys::kSummary, partition, record.id.substr(view.size())});
  }
  CO_ASSIGN_OR_RETURN(const auto records, co_await store_.GetMany(std::move(summaries)));
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (walk.is_full()) co_return false;
    ++walk.examined;
    walk.after = page.records[i].id.substr(view.size());
    if (!records[i].has_value()) continue;
    v1::Application application;
    if (!application.ParseFromString(records[i]->value)) co_return absl::DataLossError("a summary is unreadable");
    if (!Fits(query, application)) continue;
    walk.bytes += application.ByteSizeLong();
    walk.taken.push_back(std::move(application));
  }
  co_return !page.more;
}

}  // namespace jiebang::application
