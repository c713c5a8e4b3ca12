// The kinds of roles.
#ifndef JIEBANG_COMMON_POLICY_ROLES_H_
#define JIEBANG_COMMON_POLICY_ROLES_H_

#include "jiebang/options/v1/policy.pb.h"

namespace jiebang::policy {

// Roles that may act only on what is theirs.
inline bool IsOwnersRole(options::v1::Role role) {
  return role == options::v1::ROLE_APPLICANT || role == options::v1::ROLE_UNIT || role == options::v1::ROLE_EXPERT;
}

}  // namespace jiebang::policy

#endif  // JIEBANG_COMMON_POLICY_ROLES_H_
