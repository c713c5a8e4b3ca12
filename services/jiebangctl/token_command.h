// `jiebangctl token`: bearer tokens from a local key.
#ifndef JIEBANG_SERVICES_JIEBANGCTL_TOKEN_COMMAND_H_
#define JIEBANG_SERVICES_JIEBANGCTL_TOKEN_COMMAND_H_

#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace jiebang::ctl {

struct TokenFlags {
  std::string key;
  std::string issuer = "jiebang";
  int hours = 12;
  bool batch = false;
  std::string subject;
  std::vector<std::string> roles;
  std::string uscc;
  std::string unit;
  std::string expert;
};

// Prints one token a line. What the gateway would refuse is refused here. INVALID_ARGUMENT naming the line of a batch.
absl::Status MakeTokens(const TokenFlags& flags, absl::Time now, std::istream& input, std::ostream& output);

}  // namespace jiebang::ctl

#endif  // JIEBANG_SERVICES_JIEBANGCTL_TOKEN_COMMAND_H_
