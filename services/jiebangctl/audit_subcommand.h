// The flags of `jiebangctl audit`.
#ifndef JIEBANG_SERVICES_JIEBANGCTL_AUDIT_SUBCOMMAND_H_
#define JIEBANG_SERVICES_JIEBANGCTL_AUDIT_SUBCOMMAND_H_

#include <ostream>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "services/jiebangctl/audit_command.h"

namespace jiebang::ctl {

class AuditSubcommand {
 public:
  // Adds the command.
  explicit AuditSubcommand(CLI::App& app);

  bool parsed() const { return audit_.parsed(); }
  absl::Status Run(std::ostream& output) const { return VerifyAudit(flags_, output); }

 private:
  CLI::App& audit_;
  AuditFlags flags_;
};

}  // namespace jiebang::ctl

#endif  // JIEBANG_SERVICES_JIEBANGCTL_AUDIT_SUBCOMMAND_H_
