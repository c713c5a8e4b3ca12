// Records that there are not, in the shape of applications: one partition holds a quarter of them, as that of a large
// province does; the others stand in threes, as what one applicant has. They arrive in no order of their keys.
#ifndef JIEBANG_TESTS_BENCH_INVENTED_RECORDS_H_
#define JIEBANG_TESTS_BENCH_INVENTED_RECORDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "common/store/store.h"

namespace jiebang::bench {

inline constexpr char kRecords[] = "application";
inline constexpr char kLargePartition[] = "programmes/pilot-demonstration-2023/units/320000";

class InventedRecords {
 public:
  explicit InventedRecords(int count);

  int count() const { return count_; }
  std::string PartitionOf(int number) const;
  std::string IdOf(int number) const;

  // The commits that bring all of them, each record with its place in a list and an event, each commit with the answer
  // that is remembered. The record `count` and all after it do not exist.
  int FillingCommits() const;
  store::Commit FillingCommit(int number) const;

  // The step that a record takes from this version on: it is written over, moves from one list to another, and an event
  // says so, whose payload begins with `step`. `step` differs from those before, those of the filling too.
  store::Commit Step(int number, std::uint64_t version, std::uint64_t step) const;
  static std::uint64_t StepOf(const store::JournalEntry& entry);

  // Of the large partition, ascending.
  std::vector<std::string> LargeIds() const;

 private:
  std::string Text(int number, std::size_t bytes) const;
  store::Event EventOf(int number, std::uint64_t step) const;
  store::Replay ReplayOf(int number, std::uint64_t step) const;
  void Add(int number, store::Commit& commit) const;

  const int count_;
  const std::string letters_;
};

}  // namespace jiebang::bench

#endif  // JIEBANG_TESTS_BENCH_INVENTED_RECORDS_H_
