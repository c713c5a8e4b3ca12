#include "services/application/domain/rules/route.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/resource_name/resource_name.h"

namespace jiebang::application::rules {

using absl::StrCat;

Breaches CheckRoute(const Case& a_case) {
  const v1::Applicant& applicant = a_case.facts.applicant;
  const std::string unit(IdIn(a_case.application.name(), "units").value_or(""));
  const auto& answers = a_case.facts.unit;
  if (!answers.has_value()) {
    const std::string& home = applicant.central_group().empty() ? applicant.region_code() : applicant.central_group();
    return {{.field = "name",
             .zh = StrCat("本行动没有受理“", home, "”申报的推荐单位"),
             .en = StrCat("No recommending unit of the programme answers for ", home, ".")}};
  }
  if (answers->id == unit) return {};
  return {{.field = "name",
           .zh = StrCat("应通过推荐单位", answers->name_zh, "（", answers->id, "）申报，而不是", unit),
           .en = StrCat("The application has to go through the unit ", answers->id, ", not through ", unit, ".")}};
}

}  // namespace jiebang::application::rules
