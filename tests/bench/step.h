// One step of a state machine on a completion queue: the tag of an operation, and what is done when it comes back.
#ifndef JIEBANG_TESTS_BENCH_STEP_H_
#define JIEBANG_TESTS_BENCH_STEP_H_

#include "common/rpc/loop.h"

namespace jiebang::bench {

template <class Machine>
class Step final : public rpc::Event {
 public:
  // `machine` outlives it.
  Step(Machine& machine, void (Machine::*next)(bool ok)) : machine_(machine), next_(next) {}

  void Fire(bool ok) override { (machine_.*next_)(ok); }

 private:
  Machine& machine_;
  void (Machine::*const next_)(bool ok);
};

}  // namespace jiebang::bench

#endif  // JIEBANG_TESTS_BENCH_STEP_H_
