// What a platform shows the gateway instead of a bearer token (docs/identity.md): `jiebangctl assertion`, for which it
// is given one, and `jiebangctl sign-request`.
#ifndef JIEBANG_SERVICES_JIEBANGCTL_PROOF_COMMAND_H_
#define JIEBANG_SERVICES_JIEBANGCTL_PROOF_COMMAND_H_

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace jiebang::ctl {

struct AssertionFlags {
  std::string key;  // PEM file of an Ed25519 private key
  std::string platform;
  std::string audience = "https://jiebang/oauth2/token";
};

// Prints a client assertion (RFC 7523) that holds for a minute.
absl::Status MakeAssertion(const AssertionFlags& flags, absl::Time now, std::ostream& output);

struct SigningFlags {
  std::string key_id;
  std::string secret;  // file
  bool sm3 = false;
  std::string verb = "POST";
  std::string target;  // path and query
  std::string body;    // file; empty: no body
  std::string on_behalf_of;
  bool explain = false;
};

// Prints the headers of the signed request, one a line, as `curl --header @-` takes them. `explain`: the text that is
// signed instead, for whoever compares it with the own.
absl::Status SignRequest(const SigningFlags& flags, absl::Time now, std::ostream& output);

}  // namespace jiebang::ctl

#endif  // JIEBANG_SERVICES_JIEBANGCTL_PROOF_COMMAND_H_
