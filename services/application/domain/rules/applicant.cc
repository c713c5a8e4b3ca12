#include "services/application/domain/rules/applicant.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/programme/codes.h"

namespace jiebang::application::rules {
namespace {

using absl::StrCat;
using Ids = google::protobuf::RepeatedPtrField<std::string>;

bool LiesBelowOneOf(const Ids& codes, std::string_view industry) {
  return absl::c_any_of(codes, [&](const std::string& code) { return programme::IndustryContains(code, industry); });
}

bool IsOfSubSector(const Ids& sub_sectors, const Case& a_case) {
  const auto* found = a_case.programme.SubSectorOf(a_case.facts.applicant.industry_code());
  return found != nullptr && absl::c_linear_search(sub_sectors, found->id());
}

bool IsOfFamily(const Ids& families, const Case& a_case) {
  const auto* found = a_case.programme.FamilyOf(a_case.facts.applicant.industry_code());
  return found != nullptr && absl::c_linear_search(families, found->id());
}

}  // namespace

Breaches CheckLegalForm(const programme::v1::LegalForm& rule, const Case& a_case) {
  const v1::Applicant& applicant = a_case.facts.applicant;
  switch (applicant.legal_form()) {
    case v1::Applicant::LEGAL_FORM_LEGAL_PERSON:
      return {};
    case v1::Applicant::LEGAL_FORM_BRANCH:
      if (IsOfSubSector(rule.branch_sub_sectors(), a_case) ||
          LiesBelowOneOf(rule.branch_codes(), applicant.industry_code())) {
        return {};
      }
      return {{.field = "applicant.legal_form",
               .zh = StrCat("行业代码", applicant.industry_code(), "的法人分支机构不能申报，须由独立法人申报"),
               .en = StrCat("A branch in industry ", applicant.industry_code(),
                            " cannot apply; the legal person has to.")}};
    default:
      return {{.field = "applicant.legal_form",
               .zh = "未说明是独立法人还是法人的分支机构",
               .en = "Not said whether it is a legal person or a branch of one."}};
  }
}

Breaches CheckPlace(const programme::v1::RegisteredPlace& rule, const Case& a_case) {
  const std::string& place = a_case.facts.applicant.region_code();
  const auto holds = [&](const std::string& outer) { return programme::PlaceContains(outer, place); };
  if (rule.places().empty() || absl::c_any_of(rule.places(), holds)) return {};
  const std::string places = absl::StrJoin(rule.places(), ", ");
  return {{.field = "applicant.region_code",
           .zh = StrCat("注册地", place, "不在可申报的地区（", absl::StrJoin(rule.places(), "、"), "）之内"),
           .en = StrCat("Registered in ", place, ", which is not within ", places, ".")}};
}

Breaches CheckIndustry(const programme::v1::IndustrySet& rule, const Case& a_case) {
  const std::string& industry = a_case.facts.applicant.industry_code();
  if (IsOfFamily(rule.families(), a_case) || IsOfSubSector(rule.sub_sectors(), a_case) ||
      LiesBelowOneOf(rule.codes(), industry)) {
    return {};
  }
  return {{.field = "applicant.industry_code",
           .zh = StrCat("行业代码", industry, "不在可申报的行业之内"),
           .en = StrCat("The industry ", industry, " is not among those that may apply.")}};
}

}  // namespace jiebang::application::rules
