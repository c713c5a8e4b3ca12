// What of a model an assessment covers: the subdomains of its manufacturing type without those that are tailored out.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_SCOPE_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_SCOPE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jiebang/maturity/v1/assessment.pb.h"
#include "services/maturity/domain/maturity_model.h"
#include "services/maturity/domain/weighting.h"

namespace jiebang::maturity {

using TailoredSubdomains = google::protobuf::RepeatedPtrField<v1::TailoredSubdomain>;

class Scope {
 public:
  // INVALID_ARGUMENT TAILORING_INVALID, naming every one that is unknown, not in the type, named twice or mandatory
  // (人员, 技术, 资源 and 生产: GB/T 39117-2020 lets a business leave out what it lacks, not what it is made of), or
  // MANUFACTURING_TYPE_UNKNOWN. `parent`: the path of the message that has the fields, e.g. "assessment"; "" for the
  // request itself.
  static absl::StatusOr<Scope> Of(std::shared_ptr<const MaturityModel> model, v1::ManufacturingType type,
                                  const TailoredSubdomains& tailored, const std::string& parent);

  // Which leaves count, by their place in the model, without working out what they weigh. Errors as Of.
  static absl::StatusOr<std::vector<bool>> CountsOf(const MaturityModel& model, v1::ManufacturingType type,
                                                    const TailoredSubdomains& tailored, const std::string& parent);

  const MaturityModel& model() const { return *model_; }
  v1::ManufacturingType type() const { return type_; }

  // By the place of the leaf in the model.
  const std::vector<bool>& counts() const { return counts_; }

  const LevelWeighting& At(int level) const { return (*weighting_)[level - 1]; }

 private:
  Scope() = default;

  std::shared_ptr<const MaturityModel> model_;
  v1::ManufacturingType type_ = v1::MANUFACTURING_TYPE_UNSPECIFIED;
  std::vector<bool> counts_;
  std::shared_ptr<const Weighting> weighting_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_SCOPE_H_
