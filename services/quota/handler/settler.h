// The background task that ends the steps which nobody else ends: those of a process that died, and those whose caller
// was told that their outcome is not known yet.
#ifndef JIEBANG_SERVICES_QUOTA_HANDLER_SETTLER_H_
#define JIEBANG_SERVICES_QUOTA_HANDLER_SETTLER_H_

#include <set>
#include <string>

#include "common/async/task.h"
#include "services/quota/handler/settlement.h"
#include "services/quota/repository/intention_finder.h"
#include "services/quota/repository/list_repository.h"

namespace jiebang::quota {

class Settler {
 public:
  Settler(ListRepository& lists, IntentionFinder finder, Settlement& settlement)
      : lists_(lists), finder_(std::move(finder)), settlement_(settlement) {}

  // Runs until the home executor stops; at once, then every second.
  Task<void> Run();

  // One round: looks where steps may be open and drives each to its end. A partition stays watched until none is open.
  // A step that was begun since the last round is left to its own call for one round.
  Task<void> Round();

 private:
  Task<absl::Status> SettleAll(std::string partition);

  ListRepository& lists_;
  IntentionFinder finder_;
  Settlement& settlement_;
  bool first_round_ = true;
  std::set<std::string> watched_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_HANDLER_SETTLER_H_
