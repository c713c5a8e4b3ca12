// For whom a caller acts, as the audit trail says it.
#ifndef JIEBANG_COMMON_RPC_ON_BEHALF_H_
#define JIEBANG_COMMON_RPC_ON_BEHALF_H_

#include <string>

#include "jiebang/identity/v1/principal.pb.h"

namespace jiebang::rpc {

// For whom the principal acts: a platform for `applicants/{uscc}`, a service for whoever called it. "": for itself.
std::string OnBehalfOf(const identity::v1::Principal& principal);

// The principal and for whom it acts, from the nearest to the farthest: `platform-jiangsu for applicants/{uscc}`. What
// a service acts on behalf of when the principal called it.
std::string ChainOf(const identity::v1::Principal& principal);

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_ON_BEHALF_H_
