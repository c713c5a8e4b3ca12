#include "services/application/domain/rules/texts.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "services/application/domain/characters.h"

namespace jiebang::application::rules {

using absl::StrCat;

Breaches CheckSectionTexts(const programme::v1::SectionText& rule, const Case& a_case) {
  Breaches breaches;
  for (const std::string& id : rule.fields()) {
    const programme::v1::FormField* field = a_case.programme.FindField(id);
    if (field == nullptr) continue;  // the loader lets none through
    std::string path = "sections";
    std::int64_t characters = 0;
    for (int i = 0; i < a_case.application.sections_size(); ++i) {
      if (a_case.application.sections(i).section() != id) continue;
      path = StrCat("sections[", i, "].text");
      characters = CountCharacters(a_case.application.sections(i).text());
      break;
    }
    const std::string& zh = field->label().zh();
    const std::string& en = field->label().en();
    if (rule.required() && characters == 0) {
      breaches.push_back({.field = path, .zh = StrCat("“", zh, "”未填写"), .en = StrCat("\"", en, "\" is missing.")});
    }
    if (rule.max_characters() > 0 && characters > rule.max_characters()) {
      breaches.push_back(
          {.field = path,
           .zh = StrCat("“", zh, "”", characters, "字，超过", rule.max_characters(), "字"),
           .en = StrCat("\"", en, "\" has ", characters, " characters; at most ", rule.max_characters(), ".")});
    }
  }
  return breaches;
}

}  // namespace jiebang::application::rules
