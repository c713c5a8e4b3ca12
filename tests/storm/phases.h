// What a storm consists of: everybody gets ready, some call as fast as they are answered, then all call at once.
#ifndef JIEBANG_TESTS_STORM_PHASES_H_
#define JIEBANG_TESTS_STORM_PHASES_H_

#include <array>
#include <deque>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tests/storm/traffic.h"

namespace jiebang::storm {

// Who files and who only reads and drafts, and what became of each filing.
class Crowd {
 public:
  // The first `drafters` of them never file.
  Crowd(int enterprises, int drafters);

  // The next call: half are reads, a third drafts, the rest submissions of those who have not filed.
  struct Next {
    Kind kind;
    int enterprise;
  };
  Next Draw();

  // A submission ended. Who was refused tries again later, behind all the others.
  void Ended(Kind kind, int enterprise, Fate fate);

  const std::vector<int>& accepted() const { return accepted_; }
  const std::vector<int>& unclear() const { return unclear_; }
  // Somebody was to file and nobody was left: the numbers say nothing then.
  int ran_out() const { return ran_out_; }

 private:
  const int drafters_;
  std::deque<int> to_file_;
  std::vector<int> accepted_;
  std::vector<int> unclear_;  // neither accepted nor refused
  int ran_out_ = 0;
  std::mt19937 random_{20230831};
};

struct Phase {
  std::array<Tally, kKinds> tallies;
  absl::Duration length;
  int not_begun = 0;  // of an open loop: the generator could not
  std::vector<double> accepted_per_second;

  double accepted_a_second() const;
};

// All enterprises make this call, each once, until it is accepted. DEADLINE_EXCEEDED when that takes too long.
absl::Status EverybodyDoes(Kind kind, int enterprises, Traffic& traffic);

// So many calls under way for a time, each followed by another one.
Phase ClosedLoop(Traffic& traffic, Crowd& crowd, int in_flight, absl::Duration length);

// So many calls a second, whatever becomes of them, no more than `most` under way.
Phase OpenLoop(Traffic& traffic, Crowd& crowd, double calls_a_second, int most, absl::Duration length);

// Those whose filing had no clear end ask again with the request that they made; how many have none now.
int Settle(Traffic& traffic, const std::vector<int>& unclear);

}  // namespace jiebang::storm

#endif  // JIEBANG_TESTS_STORM_PHASES_H_
