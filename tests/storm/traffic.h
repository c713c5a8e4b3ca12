// Calls of many enterprises over many connections: begun by one thread, and counted by what became of them.
#ifndef JIEBANG_TESTS_STORM_TRAFFIC_H_
#define JIEBANG_TESTS_STORM_TRAFFIC_H_

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/generic/generic_stub.h"
#include "tests/storm/callers.h"

namespace jiebang::storm {

enum class Kind { kRead, kDraft, kSubmission, kRegistration, kCreation };
inline constexpr std::size_t kKinds = 5;
const char* ToString(Kind kind);

enum class Fate {
  kAccepted,
  kRefusedWithHint,  // RESOURCE_EXHAUSTED, UNAVAILABLE or DEADLINE_EXCEEDED with a RetryInfo
  kNeither,
};

struct Tally {
  int begun = 0;
  int accepted = 0;
  int refused = 0;
  std::vector<float> milliseconds;      // of those accepted
  std::map<std::string, int> refusals;  // by reason
  std::map<std::string, int> neither;   // by message
};

class Traffic {
 public:
  // What became of a call; index into the enterprises.
  using Ended = absl::FunctionRef<void(Kind, int enterprise, Fate)>;

  Traffic(const std::string& target, int connections, const World& world, const std::vector<Enterprise>& enterprises);
  ~Traffic();

  // Begins a call of an enterprise, which gives up after ten seconds.
  void Begin(Kind kind, int enterprise);

  // Waits until a call ends or until `until`, and takes in all that have ended.
  void TakeEnded(absl::Time until, Ended ended);

  int under_way() const { return under_way_; }
  // What became of all since the last time.
  std::array<Tally, kKinds> TakeTallies();

 private:
  struct Call;

  std::string RequestOf(Kind kind, const Enterprise& enterprise) const;
  Fate TakeIn(const Call& call, absl::Time now);

  const World& world_;
  const std::vector<Enterprise>& enterprises_;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  grpc::CompletionQueue queue_;
  std::array<Tally, kKinds> tallies_;
  int under_way_ = 0;
  std::size_t next_stub_ = 0;
};

}  // namespace jiebang::storm

#endif  // JIEBANG_TESTS_STORM_TRAFFIC_H_
