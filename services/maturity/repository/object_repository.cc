#include "services/maturity/repository/object_repository.h"

#include <utility>

#include "services/maturity/domain/insight_errors.h"
#include "services/maturity/domain/object.h"

namespace jiebang::maturity {
namespace {

constexpr char kObjects[] = "object";
constexpr char kObjectCount[] = "object_count";       // its version counts the applicant's objects
constexpr char kGroupSites[] = "derived_group_site";  // partition group/{uscc}; {uscc of the applicant}/{object}

std::string ObjectPartition(const ApplicantName& applicant) { return applicant.ToString(); }
std::string GroupPartition(const std::string& group) { return absl::StrCat("group/", group); }
std::string SiteId(const ObjectName& object) { return absl::StrCat(object.applicant.uscc, "/", object.id); }

store::Key ObjectKey(const ObjectName& name) {
  return {.table = kObjects, .partition = ObjectPartition(name.applicant), .id = name.id};
}

void SetEtag(KeptObject& kept) { kept.message.set_etag(absl::StrCat(kept.version)); }

}  // namespace

Task<absl::StatusOr<KeptObject>> ObjectRepository::Get(ObjectName name) const {
  CO_ASSIGN_OR_RETURN(std::optional<KeptObject> kept, co_await Find<v1::AssessmentObject>(store_, ObjectKey(name)));
  if (!kept) co_return errors::ObjectNotFound(name.ToString());
  SetEtag(*kept);
  co_return *std::move(kept);
}

Task<absl::StatusOr<std::vector<std::optional<v1::AssessmentObject>>>> ObjectRepository::GetMany(
    std::vector<ObjectName> names) const {
  std::vector<std::optional<v1::AssessmentObject>> objects;
  if (names.empty()) co_return objects;
  std::vector<store::Key> keys;
  for (const ObjectName& name : names) keys.push_back(ObjectKey(name));
  CO_ASSIGN_OR_RETURN(const std::vector<std::optional<store::Record>> records,
                      co_await store_.GetMany(std::move(keys)));
  for (const std::optional<store::Record>& record : records) {
    objects.emplace_back();
    if (!record) continue;
    CO_ASSIGN_OR_RETURN(KeptObject kept, Parsed<v1::AssessmentObject>(*record));
    SetEtag(kept);
    objects.back() = std::move(kept.message);
  }
  co_return objects;
}

Task<absl::Status> ObjectRepository::Create(ObjectName name, v1::AssessmentObject object, store::Event event,
                                            std::optional<store::Replay> replay) const {
  const std::string partition = ObjectPartition(name.applicant);
  store::Key count_key{.table = kObjectCount, .partition = partition, .id = "all"};
  const absl::StatusOr<store::Record> count = co_await store_.Get(std::move(count_key));
  if (!count.ok() && !absl::IsNotFound(count.status())) co_return count.status();
  const std::uint64_t there = count.ok() ? count->version : 0;
  if (there >= kMaxObjects) co_return errors::ObjectsFull(name.applicant.ToString(), kMaxObjects);

  object.clear_etag();
  store::Commit commit{.partition = partition, .replay = std::move(replay)};
  commit.preconditions.push_back({.table = kObjects, .id = name.id, .version = 0});
  commit.preconditions.push_back({.table = kObjectCount, .id = "all", .version = there});
  commit.puts.push_back({.table = kObjects, .id = name.id, .value = object.SerializeAsString()});
  commit.puts.push_back({.table = kObjectCount, .id = "all"});
  commit.events.push_back(std::move(event));
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::Status> ObjectRepository::Save(ObjectName name, v1::AssessmentObject object, std::uint64_t version,
                                          store::Event event, std::optional<store::Replay> replay) const {
  object.clear_etag();
  store::Commit commit{.partition = ObjectPartition(name.applicant), .replay = std::move(replay)};
  commit.preconditions.push_back({.table = kObjects, .id = name.id, .version = version});
  commit.puts.push_back({.table = kObjects, .id = name.id, .value = object.SerializeAsString()});
  commit.events.push_back(std::move(event));
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::StatusOr<ObjectPage>> ObjectRepository::Page(ApplicantName applicant, std::string position,
                                                        int limit) const {
  CO_ASSIGN_OR_RETURN(const store::Page found,
                      co_await store_.Scan(kObjects, ObjectPartition(applicant), "", position, limit));
  ObjectPage page;
  for (const store::Record& record : found.records) {
    CO_ASSIGN_OR_RETURN(KeptObject kept, Parsed<v1::AssessmentObject>(record));
    SetEtag(kept);
    page.objects.push_back(std::move(kept.message));
    page.position = record.id;
  }
  if (!found.more) page.position.clear();
  co_return page;
}

Task<absl::Status> ObjectRepository::Join(std::string group, ObjectName object) const {
  store::Commit commit{.partition = GroupPartition(group)};
  commit.puts.push_back({.table = kGroupSites, .id = SiteId(object)});
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::Status> ObjectRepository::Leave(std::string group, ObjectName object) const {
  store::Commit commit{.partition = GroupPartition(group)};
  commit.deletes.push_back({.table = kGroupSites, .id = SiteId(object)});
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::StatusOr<std::vector<ObjectName>>> ObjectRepository::NamingGroup(std::string group, int limit) const {
  CO_ASSIGN_OR_RETURN(const store::Page page, co_await store_.Scan(kGroupSites, GroupPartition(group), "", "", limit));
  std::vector<ObjectName> names;
  for (const store::Record& record : page.records) {
    const std::size_t slash = record.id.find('/');
    ObjectName name;
    name.applicant.uscc = record.id.substr(0, slash);
    name.id = record.id.substr(slash + 1);
    names.push_back(std::move(name));
  }
  co_return names;
}

}  // namespace jiebang::maturity
