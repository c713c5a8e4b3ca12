#include "services/application/domain/rules/titles.h"

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace jiebang::application::rules {
namespace {

using absl::StrCat;
using programme::v1::HonourState;
using programme::v1::TitleSelector;

HonourState StateAt(const Honour& honour, absl::Time now) {
  if (honour.state == programme::v1::HONOUR_STATE_REVOKED) return honour.state;
  return now < honour.valid_until ? honour.state : programme::v1::HONOUR_STATE_EXPIRED;
}

bool Selects(const TitleSelector& selector, const Honour& honour, absl::Time now) {
  if (selector.title() != honour.title) return false;
  if (selector.first_year() != 0 && honour.year < selector.first_year()) return false;
  if (selector.last_year() != 0 && honour.year > selector.last_year()) return false;
  const HonourState state = StateAt(honour, now);
  if (!selector.states().empty()) return absl::c_linear_search(selector.states(), static_cast<int>(state));
  return state != programme::v1::HONOUR_STATE_EXPIRED && state != programme::v1::HONOUR_STATE_REVOKED;
}

// The first honour that any of the selectors takes.
const Honour* Held(const programme::v1::TitleCondition& rule, const Case& a_case) {
  const auto counts = [&](const Honour& honour) {
    return absl::c_any_of(rule.any_of(), [&](const auto& one) { return Selects(one, honour, a_case.now); });
  };
  const auto found = absl::c_find_if(a_case.facts.honours, counts);
  return found == a_case.facts.honours.end() ? nullptr : &*found;
}

// The title's name in both languages; its id where the programme does not name it.
programme::v1::Text NameOf(const std::string& title, const programme::Programme& programme) {
  if (const auto* granted = programme.FindTitle(title); granted != nullptr) return granted->name();
  for (const auto& prior : programme.proto().prior_titles()) {
    if (prior.id() == title) return prior.name();
  }
  programme::v1::Text name;
  name.set_zh(title);
  name.set_en(title);
  return name;
}

std::string YearsOf(const TitleSelector& selector) {
  if (selector.first_year() == 0 && selector.last_year() == 0) return "";
  if (selector.first_year() == selector.last_year()) return StrCat(" (", selector.first_year(), ")");
  const std::string first = selector.first_year() == 0 ? "" : StrCat(selector.first_year());
  const std::string last = selector.last_year() == 0 ? "" : StrCat(selector.last_year());
  return StrCat(" (", first, "–", last, ")");
}

}  // namespace

Breaches CheckHoldsTitle(const programme::v1::TitleCondition& rule, const Case& a_case) {
  if (Held(rule, a_case) != nullptr) return {};
  std::vector<std::string> zh;
  std::vector<std::string> en;
  for (const TitleSelector& selector : rule.any_of()) {
    const programme::v1::Text name = NameOf(selector.title(), a_case.programme);
    zh.push_back(StrCat(name.zh(), YearsOf(selector)));
    en.push_back(StrCat(name.en(), YearsOf(selector)));
  }
  return {{.field = "applicant.name",
           .zh = StrCat("未查到所需的称号，须持有以下之一：", absl::StrJoin(zh, "、")),
           .en = StrCat("Holds none of the titles of which one is needed: ", absl::StrJoin(en, "; "), ".")}};
}

Breaches CheckHoldsNoTitle(const programme::v1::TitleCondition& rule, const Case& a_case) {
  const Honour* held = Held(rule, a_case);
  if (held == nullptr) return {};
  const programme::v1::Text name = NameOf(held->title, a_case.programme);
  return {{.field = "applicant.name",
           .zh = StrCat("已于", held->year, "年度列入“", name.zh(), "”"),
           .en = StrCat("Holds the title \"", name.en(), "\" of ", held->year, " already.")}};
}

}  // namespace jiebang::application::rules
