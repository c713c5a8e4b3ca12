// Who sees what is being written: a draft is its applicant's alone, until it is filed for the first time.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_VISIBILITY_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_VISIBILITY_H_

#include <string>

#include "common/resource_name/resource_name.h"
#include "common/rpc/call.h"
#include "jiebang/application/v1/application.pb.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang::application {

inline bool IsApplicant(const rpc::Call& call, const std::string& uscc) {
  return call.HasRole(options::v1::ROLE_APPLICANT) && call.principal().uscc() == uscc;
}

// `uscc`: of its applicant.
inline bool Sees(const rpc::Call& call, const v1::Application& application, const std::string& uscc) {
  return application.state() != v1::Application::STATE_DRAFT || IsApplicant(call, uscc);
}

// What happens to a draft, its applicant sees and those who audit; nobody else knows of it before it is filed.
inline bool SeesEvent(const rpc::Call& call, const journal::v1::Event& event) {
  const auto state = event.details().find("state");
  if (state == event.details().end()) return true;
  if (state->second != v1::Application::State_Name(v1::Application::STATE_DRAFT)) return true;
  const auto uscc = IdIn(event.resource(), "applicants");
  return call.HasRole(options::v1::ROLE_AUDITOR) || (uscc.has_value() && IsApplicant(call, std::string(*uscc)));
}

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_VISIBILITY_H_
