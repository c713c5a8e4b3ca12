#include "services/application/domain/rules/declarations.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "common/programme/calendar.h"

namespace jiebang::application::rules {
namespace {

using absl::CivilDay;
using absl::StrCat;

programme::v1::IncidentKind KindOf(const v1::Incident& incident) {
  switch (incident.kind()) {
    case v1::Incident::KIND_SAFETY:
      return programme::v1::INCIDENT_KIND_SAFETY;
    case v1::Incident::KIND_ENVIRONMENT:
      return programme::v1::INCIDENT_KIND_ENVIRONMENT;
    case v1::Incident::KIND_QUALITY:
      return programme::v1::INCIDENT_KIND_QUALITY;
    case v1::Incident::KIND_OTHER:
      return programme::v1::INCIDENT_KIND_OTHER;
    default:
      return programme::v1::INCIDENT_KIND_UNSPECIFIED;
  }
}

// Ascending in both enums.
bool IsAsGraveAs(programme::v1::IncidentSeverity least, const v1::Incident& incident) {
  return static_cast<int>(incident.severity()) >= static_cast<int>(least);
}

// The last day of a term of years that an event begins: the day of the same date, or the last of its month where there
// is none (《民法典》 articles 201 and 202: the day of the event itself does not count).
CivilDay LastDayOfTerm(const google::type::Date& event, int years) {
  const absl::CivilMonth month(event.year() + years, event.month());
  return std::min(CivilDay(month) + (event.day() - 1), CivilDay(month + 1) - 1);
}

const char* KindZh(v1::Incident::Kind kind) {
  switch (kind) {
    case v1::Incident::KIND_SAFETY:
      return "安全生产";
    case v1::Incident::KIND_ENVIRONMENT:
      return "环境";
    case v1::Incident::KIND_QUALITY:
      return "产品质量";
    default:
      return "其他";
  }
}

const char* KindEn(v1::Incident::Kind kind) {
  switch (kind) {
    case v1::Incident::KIND_SAFETY:
      return "safety";
    case v1::Incident::KIND_ENVIRONMENT:
      return "environmental";
    case v1::Incident::KIND_QUALITY:
      return "quality";
    default:
      return "other";
  }
}

const char* SeverityZh(v1::Incident::Severity severity) {
  switch (severity) {
    case v1::Incident::SEVERITY_ORDINARY:
      return "一般";
    case v1::Incident::SEVERITY_LARGER:
      return "较大";
    case v1::Incident::SEVERITY_MAJOR:
      return "重大";
    case v1::Incident::SEVERITY_ESPECIALLY_MAJOR:
      return "特别重大";
    default:
      return "";
  }
}

const char* SeverityEn(v1::Incident::Severity severity) {
  switch (severity) {
    case v1::Incident::SEVERITY_ORDINARY:
      return "ordinary";
    case v1::Incident::SEVERITY_LARGER:
      return "larger";
    case v1::Incident::SEVERITY_MAJOR:
      return "major";
    case v1::Incident::SEVERITY_ESPECIALLY_MAJOR:
      return "especially major";
    default:
      return "";
  }
}

}  // namespace

Breaches CheckDeclared(const programme::v1::Rule& rule, const Case& a_case) {
  const auto makes_it = [&](const v1::Declaration& one) {
    return one.rule() == rule.id() && !one.declared_by().empty();
  };
  if (absl::c_any_of(a_case.application.declarations(), makes_it)) return {};
  return {{.field = "declarations",
           .zh = StrCat("缺少承诺：", rule.text().zh()),
           .en = StrCat("This has to be declared: ", rule.text().en())}};
}

Breaches CheckNoIncident(const programme::v1::NoIncident& rule, const Case& a_case) {
  const CivilDay today = absl::ToCivilDay(a_case.now, programme::Shanghai());
  Breaches breaches;
  for (int i = 0; i < a_case.application.incidents_size(); ++i) {
    const v1::Incident& incident = a_case.application.incidents(i);
    if (!absl::c_linear_search(rule.kinds(), static_cast<int>(KindOf(incident)))) continue;
    if (!IsAsGraveAs(rule.least_severity(), incident)) continue;
    if (LastDayOfTerm(incident.date(), rule.years_back()) < today) continue;
    const std::string date =
        absl::StrFormat("%04d-%02d-%02d", incident.date().year(), incident.date().month(), incident.date().day());
    breaches.push_back({.field = StrCat("incidents[", i, "]"),
                        .zh = StrCat(date, "发生", SeverityZh(incident.severity()), KindZh(incident.kind()),
                                     "事故，距申报日不足", rule.years_back(), "年"),
                        .en = StrCat("The ", SeverityEn(incident.severity()), " ", KindEn(incident.kind()),
                                     " incident of ", date, " is less than ", rule.years_back(), " years ago.")});
  }
  return breaches;
}

}  // namespace jiebang::application::rules
