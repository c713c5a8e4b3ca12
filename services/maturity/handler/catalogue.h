// What a process was started with: models, programmes and published figures; each is read once and never changes.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_CATALOGUE_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_CATALOGUE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/programme/programme.h"
#include "services/maturity/domain/assessment_name.h"
#include "services/maturity/domain/kpi.h"
#include "services/maturity/domain/maturity_model.h"
#include "services/maturity/domain/references.h"

namespace jiebang::maturity {

struct Catalogue {
  const ModelCatalogue& models;
  const programme::Programmes& programmes;
  const ReferenceLines& references;

  // NOT_FOUND MODEL_NOT_FOUND.
  absl::StatusOr<std::shared_ptr<const MaturityModel>> Model(const std::string& name) const;

  // Lives as long as the programmes. INVALID_ARGUMENT; NOT_FOUND INDICATOR_LIST_NOT_FOUND.
  absl::StatusOr<const IndicatorList*> Indicators(const std::string& name, const std::string& field) const;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_CATALOGUE_H_
