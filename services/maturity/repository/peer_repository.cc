#include "services/maturity/repository/peer_repository.h"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "common/deterministic/deterministic.h"
#include "common/journal/follow.h"
#include "services/maturity/domain/object.h"
#include "services/maturity/repository/kept_proto.h"

namespace jiebang::maturity {
namespace {

constexpr char kCells[] = "derived_peer_cell";                  // {industry or -}/{province or -}/{size or -}
constexpr char kContributions[] = "derived_peer_contribution";  // {uscc}/{object}

std::string PeerPartition(const Comparison& comparison) {
  return absl::StrCat("peers/", comparison.subject, "/", comparison.year);
}

std::string CellId(const v1::PeerGroup& group) {
  return absl::StrCat(group.industry_division().empty() ? "-" : group.industry_division(), "/",
                      group.province_code().empty() ? "-" : group.province_code(), "/",
                      group.size() == v1::ENTERPRISE_SIZE_UNSPECIFIED ? "-" : absl::StrCat(group.size()));
}

std::string ContributionPrefix(const ApplicantName& applicant) { return absl::StrCat(applicant.uscc, "/"); }

// The groups that change when an object's contribution does, by the id of their cell.
std::map<std::string, v1::PeerGroup> GroupsTouched(const v1::PeerContribution* before,
                                                   const v1::PeerContribution& now) {
  std::map<std::string, v1::PeerGroup> groups;
  for (const v1::PeerContribution* const contribution : {before, &now}) {
    if (contribution == nullptr) continue;
    for (v1::PeerGroup& group : GroupsAround(contribution->group())) groups[CellId(group)] = std::move(group);
  }
  return groups;
}

}  // namespace

Comparison Comparison::OfModel(const std::string& model, v1::ManufacturingType type, int year) {
  return {.subject = absl::StrCat(model, "/", type), .year = year};
}

Comparison Comparison::OfIndicators(const std::string& indicator_list, int year) {
  return {.subject = indicator_list, .year = year};
}

Task<absl::Status> PeerRepository::Contribute(Comparison comparison, ObjectName object,
                                              v1::PeerContribution contribution) const {
  const std::string partition = PeerPartition(comparison);
  const std::string contribution_id = ContributionPrefix(object.applicant) + object.id;
  CO_ASSIGN_OR_RETURN(const Contributions before, co_await ContributionsOf(comparison, object.applicant));
  const auto present = before.find(object.id);
  if (present != before.end()) {
    const bool is_later = present->second.time_micros() > contribution.time_micros();
    const bool is_the_same = DeterministicBytes(present->second) == DeterministicBytes(contribution);
    if (is_later || is_the_same) co_return absl::OkStatus();  // the event comes again
  }
  Contributions now = before;
  now[object.id] = contribution;

  const std::map<std::string, v1::PeerGroup> groups =
      GroupsTouched(present == before.end() ? nullptr : &present->second, contribution);
  std::vector<store::Key> keys;
  for (const auto& [id, group] : groups) keys.push_back({.table = kCells, .partition = partition, .id = id});
  keys.push_back({.table = kContributions, .partition = partition, .id = contribution_id});
  CO_ASSIGN_OR_RETURN(const std::vector<std::optional<store::Record>> records,
                      co_await store_.GetMany(std::move(keys)));

  // Every version is a precondition: of two that count at the same time one is sent back to count again.
  store::Commit commit{.partition = partition};
  std::size_t next = 0;
  for (const auto& [id, group] : groups) {
    const std::optional<store::Record>& record = records[next++];
    Kept<v1::PeerCell> cell;
    if (record) {
      CO_ASSIGN_OR_RETURN(cell, Parsed<v1::PeerCell>(*record));
    }
    Replace(group, before, now, cell.message);
    commit.preconditions.push_back({.table = kCells, .id = id, .version = cell.version});
    commit.puts.push_back({.table = kCells, .id = id, .value = DeterministicBytes(cell.message)});
  }
  const std::uint64_t version = records[next] ? records[next]->version : 0;
  commit.preconditions.push_back({.table = kContributions, .id = contribution_id, .version = version});
  commit.puts.push_back({.table = kContributions, .id = contribution_id, .value = DeterministicBytes(contribution)});
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::StatusOr<v1::PeerCell>> PeerRepository::Cell(Comparison comparison, v1::PeerGroup group) const {
  store::Key key{.table = kCells, .partition = PeerPartition(comparison), .id = CellId(group)};
  CO_ASSIGN_OR_RETURN(std::optional<Kept<v1::PeerCell>> kept, co_await Find<v1::PeerCell>(store_, std::move(key)));
  if (!kept) co_return v1::PeerCell();
  co_return std::move(kept->message);
}

Task<absl::StatusOr<Contributions>> PeerRepository::ContributionsOf(Comparison comparison,
                                                                    ApplicantName applicant) const {
  const std::string prefix = ContributionPrefix(applicant);
  CO_ASSIGN_OR_RETURN(const store::Page page,
                      co_await store_.Scan(kContributions, PeerPartition(comparison), prefix, "", kMaxObjects));
  Contributions contributions;
  for (const store::Record& record : page.records) {
    CO_ASSIGN_OR_RETURN(Kept<v1::PeerContribution> kept, Parsed<v1::PeerContribution>(record));
    contributions[record.id.substr(prefix.size())] = std::move(kept.message);
  }
  co_return contributions;
}

Task<absl::StatusOr<std::int64_t>> PeerRepository::EventsBehind() const {
  CO_ASSIGN_OR_RETURN(const std::uint64_t behind, co_await journal::EventsBehind(store_, kProjection));
  co_return static_cast<std::int64_t>(behind);
}

}  // namespace jiebang::maturity
