// Holds an application against the rules of its programme.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_EXAMINATION_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_EXAMINATION_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "jiebang/application/v1/application.pb.h"
#include "services/application/domain/application_name.h"
#include "services/application/domain/facts.h"
#include "services/application/handler/inquiry.h"
#include "services/application/repository/application_repository.h"

namespace jiebang::application {

struct Findings {
  Facts facts;
  std::vector<v1::Violation> violations;
  // What the applicant had on file, where a rule counts it.
  std::optional<std::uint64_t> on_file_version;
};

class Examination {
 public:
  Examination(const ApplicationRepository& repository, const Inquiry& inquiry)
      : repository_(repository), inquiry_(inquiry) {}

  // Gathers the facts and holds the application, filed by `applicant`, against the rules. The references outlive the
  // task.
  Task<absl::StatusOr<Findings>> Examine(const rpc::Call& call, const v1::Application& application,
                                         v1::Applicant applicant, const programme::Programme& programme,
                                         ApplicationName name) const;

 private:
  const ApplicationRepository& repository_;
  const Inquiry& inquiry_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_EXAMINATION_H_
