#include "services/maturity/handler/catalogue.h"

#include "common/status/status_macros.h"
#include "services/maturity/domain/errors.h"
#include "services/maturity/domain/insight_errors.h"

namespace jiebang::maturity {

absl::StatusOr<std::shared_ptr<const MaturityModel>> Catalogue::Model(const std::string& name) const {
  std::shared_ptr<const MaturityModel> model = models.Find(name);
  if (model == nullptr) return errors::ModelNotFound(name);
  return model;
}

absl::StatusOr<const IndicatorList*> Catalogue::Indicators(const std::string& name, const std::string& field) const {
  ASSIGN_OR_RETURN(const IndicatorListName parsed, IndicatorListName::Parse(name, field));
  const auto programme = programmes.Find(parsed.programme);
  const IndicatorList* const list = programme == nullptr ? nullptr : programme->FindIndicatorList(parsed.list);
  if (list == nullptr) return errors::IndicatorListNotFound(name);
  return list;
}

}  // namespace jiebang::maturity
