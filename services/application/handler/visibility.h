// Who sees what is being written: a draft is its applicant's alone, until it is filed for the first time.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_VISIBILITY_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_VISIBILITY_H_

#include <string>

#include "common/rpc/call.h"
#include "jiebang/application/v1/application.pb.h"

namespace jiebang::application {

inline bool IsApplicant(const rpc::Call& call, const std::string& uscc) {
  return call.HasRole(options::v1::ROLE_APPLICANT) && call.principal().uscc() == uscc;
}

// `uscc`: of its applicant.
inline bool Sees(const rpc::Call& call, const v1::Application& application, const std::string& uscc) {
  return application.state() != v1::Application::STATE_DRAFT || IsApplicant(call, uscc);
}

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_VISIBILITY_H_
