// Key performance indicators of an object, year by year, by an indicator list of a programme.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_KPI_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_KPI_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jiebang/maturity/v1/kpi.pb.h"
#include "jiebang/programme/v1/indicator.pb.h"
#include "services/maturity/domain/assessment_name.h"

namespace jiebang::maturity {

using IndicatorList = programme::v1::IndicatorList;

// nullptr: the list has none of that id.
const programme::v1::Indicator* FindIndicator(const IndicatorList& list, const std::string& id);

// The report as it will be kept. `present`: the one that it takes the place of, or nullptr. INVALID_ARGUMENT
// KPI_INVALID, naming every figure that cannot be taken; FAILED_PRECONDITION INDICATOR_LISTS_MIXED.
absl::StatusOr<v1::KpiReport> Reported(const IndicatorList& list, const KpiReportName& name, const v1::KpiReport& asked,
                                       const v1::KpiReport* present, const v1::AssessmentObject& object,
                                       absl::Time now);

// One for each indicator of the list, in its order. `baseline`: nullptr: there is none.
std::vector<v1::KpiChange> ChangesOf(const IndicatorList& list, const v1::KpiReport& report,
                                     const v1::KpiReport* baseline);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_KPI_H_
