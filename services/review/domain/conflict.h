// Who must not review what (回避): invariant 4 of the architecture. The kinds of a programme's panel that no record
// shows (interest, project, family, group) come in as declared ones.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_CONFLICT_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_CONFLICT_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "jiebang/review/v1/expert.pb.h"
#include "jiebang/review/v1/round.pb.h"

namespace jiebang::review {

// The legal person behind a registered name as people write it: brackets and other forms of full width count as those
// of half width, spaces and case do not count, and a branch (分公司, 分厂) is the person that it is a branch of.
// Published lists hold all of these for one enterprise, e.g. `日立电梯 （ 成都 ） 有限公司`.
std::string LegalPerson(std::string_view registered_name);

// The unified social credit code as it is compared.
std::string ComparableUscc(std::string_view uscc);

enum class Conflict { kEmployer, kUnit, kDeclared };

// `employer`, `unit` or `declared`, as AssignmentPlan.conflicts has them.
std::string NameOf(Conflict conflict);

// What is asked of an application to find a conflict, ready to be compared.
struct Applied {
  explicit Applied(const v1::Candidate& candidate);
  Applied(std::string_view uscc, std::string_view display_name, std::string_view unit);

  std::string uscc;
  std::string legal_person;
  std::string unit;
};

// The ties of one expert, ready to be compared.
class Ties {
 public:
  explicit Ties(const v1::Expert& expert);

  // The first that holds of: employed by the applicant, from the recommending unit, declared.
  std::optional<Conflict> With(const Applied& applied) const;

 private:
  std::string employer_uscc_;
  std::string employer_;
  std::string unit_;
  absl::flat_hash_set<std::string> declared_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_CONFLICT_H_
