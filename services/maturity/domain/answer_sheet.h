// Answers in the order of the model's items, which is how they are counted.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_ANSWER_SHEET_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_ANSWER_SHEET_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "jiebang/maturity/v1/assessment.pb.h"
#include "services/maturity/domain/maturity_model.h"

namespace jiebang::maturity {

using Answers = google::protobuf::RepeatedPtrField<v1::Answer>;

// False: no degree of the scale.
inline bool IsDegree(v1::Degree degree) { return degree > v1::DEGREE_UNSPECIFIED && degree <= v1::Degree_MAX; }

// One degree for each item of a model, by the item's place; DEGREE_UNSPECIFIED: no answer.
class AnswerSheet {
 public:
  explicit AnswerSheet(const MaturityModel& model) : degrees_(model.items().size()) {}

  // INVALID_ARGUMENT ANSWERS_INVALID, naming every answer whose item is not of this model and type or answered twice,
  // or whose degree is none. Items of what is tailored out may be answered; they do not count. `field`: the
  // path of the list in the request, e.g. "assessment.answers".
  static absl::StatusOr<AnswerSheet> Of(const MaturityModel& model, v1::ManufacturingType type, const Answers& answers,
                                        const std::string& field);

  // Of the compact form of EvaluateBatchRequest.degrees. INVALID_ARGUMENT DEGREES_INVALID when its length or one of its
  // characters is wrong.
  static absl::StatusOr<AnswerSheet> OfDegrees(const MaturityModel& model, v1::ManufacturingType type,
                                               std::string_view degrees);

  // Of answers that are kept, which were checked when they came; what the model does not know counts nothing.
  static AnswerSheet OfKept(const MaturityModel& model, const Answers& answers);

  v1::Degree At(int place) const { return static_cast<v1::Degree>(degrees_[place]); }
  bool IsAnswered(int place) const { return degrees_[place] != v1::DEGREE_UNSPECIFIED; }
  void Set(int place, v1::Degree degree) { degrees_[place] = static_cast<std::uint8_t>(degree); }

 private:
  std::vector<std::uint8_t> degrees_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_ANSWER_SHEET_H_
