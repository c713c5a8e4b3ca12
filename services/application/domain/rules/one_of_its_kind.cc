#include "services/application/domain/rules/one_of_its_kind.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace jiebang::application::rules {
namespace {

using absl::StrCat;

// A track counts with those that extend it.
bool CountsWith(const OtherApplication& other, const Case& a_case, programme::v1::CountedIn counted_in) {
  if (counted_in == programme::v1::COUNTED_IN_PROGRAMME) return true;
  return a_case.programme.FindListTrack(other.track) == a_case.programme.FindListTrack(a_case.track.id());
}

}  // namespace

Breaches CheckOneOfItsKind(const programme::v1::OneOfItsKind& rule, const Case& a_case) {
  std::vector<std::string> filed;
  for (const OtherApplication& other : a_case.facts.others) {
    if (CountsWith(other, a_case, rule.counted_in())) filed.push_back(other.id);
  }
  if (static_cast<int>(filed.size()) < rule.most()) return {};
  const bool in_programme = rule.counted_in() == programme::v1::COUNTED_IN_PROGRAMME;
  return {{.field = "track",
           .zh = StrCat("已提交", filed.size(), "项", in_programme ? "本行动" : "本类别", "申报（",
                        absl::StrJoin(filed, "、"), "），最多", rule.most(), "项"),
           .en = StrCat(filed.size(), " application(s) are submitted in this ", in_programme ? "programme" : "track",
                        " already (", absl::StrJoin(filed, ", "), "); at most ", rule.most(), ".")}};
}

}  // namespace jiebang::application::rules
