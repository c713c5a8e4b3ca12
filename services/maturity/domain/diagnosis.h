// What keeps an object from the next level, and the least that leads there.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_DIAGNOSIS_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_DIAGNOSIS_H_

#include "absl/status/statusor.h"
#include "jiebang/maturity/v1/diagnosis.pb.h"
#include "services/maturity/domain/answer_sheet.h"
#include "services/maturity/domain/scope.h"

namespace jiebang::maturity {

// What items cost, by their place.
class Efforts {
 public:
  // Every item the same: a plan is the least number of items.
  explicit Efforts(const MaturityModel& model) : efforts_(model.items().size(), 1) {}

  // INVALID_ARGUMENT EFFORTS_INVALID, naming each item that is not of the model or named twice.
  static absl::StatusOr<Efforts> Of(const MaturityModel& model,
                                    const google::protobuf::RepeatedPtrField<v1::ItemEffort>& efforts,
                                    std::int64_t default_effort);

  std::int64_t Of(int place) const { return efforts_[place]; }
  bool all_the_same() const { return all_the_same_; }

 private:
  std::vector<std::int64_t> efforts_;
  bool all_the_same_ = true;
};

// Everything of the diagnosis but the conditions of programmes. FAILED_PRECONDITION DIAGNOSIS_NEEDS_STOP_RULE: under
// the literal sum, points of any level may lift the result, so that there is no next level to reach.
absl::StatusOr<v1::Diagnosis> Diagnose(const Scope& scope, const AnswerSheet& sheet, const Efforts& efforts);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_DIAGNOSIS_H_
