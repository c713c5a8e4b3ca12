// Random commits against the store and against a few lines that say the same with maps: every answer and everything
// that is stored must agree.
#include <array>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/store/conformance/conformance.h"
#include "common/testing/status_matchers.h"

namespace jiebang::store {
namespace {

class Model {
 public:
  absl::StatusCode Apply(const Commit& commit) {
    if (commit.replay && replays_.contains({commit.partition, commit.replay->key})) {
      return absl::StatusCode::kAlreadyExists;
    }
    for (const Precondition& wanted : commit.preconditions) {
      const auto& records = tables_[{wanted.table, commit.partition}];
      const auto found = records.find(wanted.id);
      if ((found == records.end() ? 0 : found->second.version) != wanted.version) return absl::StatusCode::kAborted;
    }
    for (const Put& put : commit.puts) {
      Record& record = tables_[{put.table, commit.partition}][put.id];
      record = {put.id, record.version + 1, put.value};
    }
    for (const Delete& deletion : commit.deletes) tables_[{deletion.table, commit.partition}].erase(deletion.id);
    auto& journal = journals_[ShardOf(commit.partition)];
    for (const Event& event : commit.events) journal.push_back({journal.size() + 1, commit.partition, event});
    if (commit.replay) replays_[{commit.partition, commit.replay->key}] = *commit.replay;
    return absl::StatusCode::kOk;
  }

  std::uint64_t VersionOf(const Key& key) {
    const auto& records = tables_[{key.table, key.partition}];
    const auto found = records.find(key.id);
    return found == records.end() ? 0 : found->second.version;
  }

  using TableAndPartition = std::pair<std::string, std::string>;
  using PartitionAndReplayKey = std::pair<std::string, std::string>;
  const std::map<TableAndPartition, std::map<std::string, Record>>& tables() const { return tables_; }
  const std::map<PartitionAndReplayKey, Replay>& replays() const { return replays_; }
  const std::vector<JournalEntry>& journal(int shard) const { return journals_[static_cast<std::size_t>(shard)]; }

 private:
  std::map<TableAndPartition, std::map<std::string, Record>> tables_;
  std::map<PartitionAndReplayKey, Replay> replays_;
  std::array<std::vector<JournalEntry>, kShards> journals_;
};

class RandomCommits {
 public:
  explicit RandomCommits(unsigned seed) : random_(seed) {}

  // Mostly of a kind that can be applied, over so few keys that commits meet.
  Commit Next(Model& model) {
    Commit commit{.partition = absl::StrCat("units/", Below(4))};
    for (int i = Below(4); i > 0; --i) {
      const Key key{Table(), commit.partition, Id()};
      const bool wrong = Below(8) == 0;
      commit.preconditions.push_back({key.table, key.id, model.VersionOf(key) + (wrong ? 1 : 0)});
    }
    std::map<std::pair<std::string, std::string>, bool> changed;
    for (int i = Below(5); i > 0; --i) {
      const std::string table = Table();
      const std::string id = Id();
      if (!changed.emplace(std::pair(table, id), true).second) continue;
      if (Below(3) == 0) {
        commit.deletes.push_back({table, id});
      } else {
        commit.puts.push_back({table, id, Value()});
      }
    }
    for (int i = Below(3); i > 0; --i) commit.events.push_back({"type", Id(), Value()});
    if (Below(2) == 0) commit.replay = Replay{absl::StrCat("request ", Below(200)), Value(), Value()};
    return commit;
  }

 private:
  int Below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  std::string Table() { return absl::StrCat("table ", Below(2)); }
  std::string Id() { return std::string(1, static_cast<char>(Below(12) * 23)); }
  std::string Value() {
    std::string value(static_cast<std::size_t>(Below(40)), '\0');
    for (char& byte : value) byte = static_cast<char>(Below(256));
    return value;
  }

  std::mt19937 random_;
};

TEST_P(Conformance, DoesWhatAMapWouldDo) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  RandomCommits commits(seed);
  Model model;
  for (int i = 0; i < 600; ++i) {
    const Commit commit = commits.Next(model);
    ASSERT_THAT(Apply(commit), StatusIs(model.Apply(commit))) << "commit " << i;
    if (i == 300) Reopen();
  }

  for (const auto& [place, expected] : model.tables()) {
    ASSERT_OK_AND_ASSIGN(const Page page, Await(store().Scan(place.first, place.second, "", "", 1000)));
    // Compared one by one, because std::map orders strings as the store does: by unsigned bytes.
    ASSERT_EQ(page.records.size(), expected.size());
    auto next = expected.begin();
    for (const Record& record : page.records) {
      EXPECT_THAT(record, IsRecord(next->second.id, next->second.version, next->second.value));
      ++next;
    }
  }
  for (const auto& [place, replay] : model.replays()) {
    EXPECT_THAT(Await(store().FindReplay(place.first, place.second)), IsOkAndHolds(IsReplay(replay)));
  }
  for (int shard = 0; shard < kShards; ++shard) {
    const std::vector<JournalEntry> entries = WholeJournal(shard);
    ASSERT_EQ(entries.size(), model.journal(shard).size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const JournalEntry& expected = model.journal(shard)[i];
      EXPECT_THAT(entries[i], IsEntry(expected.sequence, expected.event.resource));
      EXPECT_EQ(entries[i].partition, expected.partition);
      EXPECT_EQ(entries[i].event.payload, expected.event.payload);
    }
  }
}

}  // namespace
}  // namespace jiebang::store
