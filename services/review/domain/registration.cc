#include "services/review/domain/registration.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/errors/error.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"
#include "common/uscc/uscc.h"
#include "services/review/domain/conflict.h"
#include "services/review/domain/errors.h"
#include "services/review/domain/expert_name.h"

namespace jiebang::review {
namespace {

absl::Status CheckOne(const std::string& uscc, const std::string& field, bool may_make_exceptions,
                      std::vector<std::string>& by_exception) {
  const absl::Status status = CheckUscc(uscc, field);
  if (status.ok()) return status;
  if (may_make_exceptions && HasFormOfUscc(uscc)) {
    by_exception.push_back(uscc);
    return absl::OkStatus();
  }
  return status;
}

}  // namespace

absl::StatusOr<Registration> RegisterExpert(const v1::Expert& asked, bool may_make_exceptions, absl::Time now) {
  Registration registration{.expert = asked};
  v1::Expert& expert = registration.expert;
  ASSIGN_OR_RETURN(const ExpertName name, ExpertName::Parse(expert.name(), "expert.name"));
  if (!IsChosenId(name.id())) return IdMalformed("expert.name", name.id());
  if (!expert.unit().empty()) {
    RETURN_IF_ERROR(ParseResourceName("units/{unit}", expert.unit(), "expert.unit").status());
  }
  std::vector<std::string>& by_exception = registration.usccs_by_exception;
  if (!expert.employer_uscc().empty()) {
    expert.set_employer_uscc(ComparableUscc(expert.employer_uscc()));
    RETURN_IF_ERROR(CheckOne(expert.employer_uscc(), "expert.employer_uscc", may_make_exceptions, by_exception));
  }
  for (int i = 0; i < expert.conflict_usccs_size(); ++i) {
    expert.set_conflict_usccs(i, ComparableUscc(expert.conflict_usccs(i)));
    RETURN_IF_ERROR(CheckOne(expert.conflict_usccs(i), absl::StrCat("expert.conflict_usccs[", i, "]"),
                             may_make_exceptions, by_exception));
  }
  expert.clear_etag();
  *expert.mutable_create_time() = ToTimestamp(now);
  return registration;
}

}  // namespace jiebang::review
