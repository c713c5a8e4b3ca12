// `jiebangctl audit verify`: the sealed journals of a suite, held against their heads and against the records, from a
// back-up and nothing else.
#ifndef JIEBANG_SERVICES_JIEBANGCTL_AUDIT_COMMAND_H_
#define JIEBANG_SERVICES_JIEBANGCTL_AUDIT_COMMAND_H_

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace jiebang::ctl {

struct AuditFlags {
  std::string backup;
  std::vector<std::string> public_keys;  // PEM files of the keys that may have signed heads
  std::vector<std::string> known_heads;  // files with heads that the auditor kept: answers of GetJournalHead, as JSON
  std::string service;                   // empty: all in the back-up
  // A range to be shown, of one service: entries `from` to `to` of a shard. -1: none.
  int shard = -1;
  std::int64_t from = 1;
  std::int64_t to = 0;
};

// Prints a line for each service: what fits, or the first thing that does not; then the entries of the range.
// DATA_LOSS: something does not fit, or the back-up is damaged. NOT_FOUND: a service or a range is not in it.
absl::Status VerifyAudit(const AuditFlags& flags, std::ostream& output);

}  // namespace jiebang::ctl

#endif  // JIEBANG_SERVICES_JIEBANGCTL_AUDIT_COMMAND_H_
