#include "tests/bench/invented_records.h"

#include <algorithm>
#include <cstring>
#include <random>

#include "absl/strings/str_cat.h"
#include "tests/bench/invented_uscc.h"

namespace jiebang::bench {
namespace {

constexpr char kLists[] = "listing";

// What an application has when its long texts are left out, its event, and the digest and the answer of a request.
constexpr std::size_t kRecordBytes = 1'000;
constexpr std::size_t kEventBytes = 300;
constexpr std::size_t kFingerprintBytes = 32;
constexpr std::size_t kAnswerBytes = 300;

// Of four records that follow each other the first one stands in the large partition.
constexpr int kGroup = 4;
constexpr int kLargeInOneCommit = 100;

constexpr std::size_t kLetters = 1 << 16;

// Of so many bytes that no compression finds much in them.
std::string Letters() {
  std::mt19937 random(39116);
  std::string letters(kLetters, '\0');
  for (char& letter : letters) letter = static_cast<char>(random());
  return letters;
}

// A different one for each number below 100,000,000, in no order: the factor has no divisor in common with that.
std::string UsccOf(int number) {
  return InventedUscc(static_cast<int>(static_cast<std::int64_t>(number) * 61'803'399 % 100'000'000));
}

bool IsLarge(int number) { return number % kGroup == 0; }

int RoundedUp(int number, int divisor) { return (number + divisor - 1) / divisor; }

std::string ListedAs(std::uint64_t version, const std::string& id) {
  return absl::StrCat(version % 2 == 1 ? "submitted/-/" : "returned/-/", id);
}

}  // namespace

InventedRecords::InventedRecords(int count) : count_(count), letters_(Letters()) {}

std::string InventedRecords::PartitionOf(int number) const {
  return IsLarge(number) ? kLargePartition : absl::StrCat("applicants/", UsccOf(number / kGroup));
}

std::string InventedRecords::IdOf(int number) const {
  return IsLarge(number) ? absl::StrCat(UsccOf(number), "/application-1")
                         : absl::StrCat("application-", number % kGroup);
}

int InventedRecords::FillingCommits() const {
  return RoundedUp(RoundedUp(count_, kGroup), kLargeInOneCommit) + RoundedUp(count_, kGroup);
}

// Large ones among the small ones, so that the records of the large partition lie apart from each other.
store::Commit InventedRecords::FillingCommit(int number) const {
  store::Commit commit;
  const int apart = kLargeInOneCommit + 1;
  const int rounds = number / apart;
  const int first = kGroup * rounds * kLargeInOneCommit;
  if (number % apart == 0) {
    commit.partition = kLargePartition;
    const int end = std::min(count_, first + kGroup * kLargeInOneCommit);
    for (int record = first; record < end; record += kGroup) Add(record, commit);
  } else {
    const int group = first + kGroup * (number % apart - 1);
    commit.partition = PartitionOf(group + 1);
    for (int record = group + 1; record < std::min(count_, group + kGroup); ++record) Add(record, commit);
  }
  commit.replay = ReplayOf(number, static_cast<std::uint64_t>(number));
  return commit;
}

store::Commit InventedRecords::Step(int number, std::uint64_t version, std::uint64_t step) const {
  const std::string id = IdOf(number);
  store::Commit commit{.partition = PartitionOf(number)};
  commit.preconditions.push_back({.table = kRecords, .id = id, .version = version});
  commit.puts.push_back({.table = kRecords, .id = id, .value = Text(number, kRecordBytes)});
  commit.puts.push_back({.table = kLists, .id = ListedAs(version + 1, id), .value = ""});
  commit.deletes.push_back({.table = kLists, .id = ListedAs(version, id)});
  commit.events.push_back(EventOf(number, step));
  commit.replay = ReplayOf(number, step);
  return commit;
}

std::uint64_t InventedRecords::StepOf(const store::JournalEntry& entry) {
  std::uint64_t step = 0;
  std::memcpy(&step, entry.event.payload.data(), sizeof(step));
  return step;
}

std::vector<std::string> InventedRecords::LargeIds() const {
  std::vector<std::string> ids;
  for (int number = 0; number < count_; number += kGroup) ids.push_back(IdOf(number));
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::string InventedRecords::Text(int number, std::size_t bytes) const {
  return letters_.substr(static_cast<std::size_t>(number) * 97 % (kLetters - bytes), bytes);
}

store::Event InventedRecords::EventOf(int number, std::uint64_t step) const {
  store::Event event{.type = "application.returned",
                     .resource = absl::StrCat(PartitionOf(number), "/", IdOf(number)),
                     .payload = Text(number, kEventBytes)};
  std::memcpy(event.payload.data(), &step, sizeof(step));
  return event;
}

store::Replay InventedRecords::ReplayOf(int number, std::uint64_t step) const {
  return {.key = absl::StrCat("ReturnApplication/bench-", step),
          .fingerprint = Text(number, kFingerprintBytes),
          .answer = Text(number, kAnswerBytes)};
}

void InventedRecords::Add(int number, store::Commit& commit) const {
  const std::string id = IdOf(number);
  commit.puts.push_back({.table = kRecords, .id = id, .value = Text(number, kRecordBytes)});
  commit.puts.push_back({.table = kLists, .id = ListedAs(1, id), .value = ""});
  commit.events.push_back(EventOf(number, 0));
}

}  // namespace jiebang::bench
