// What can be written into a field of the form.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_FIELD_TYPES_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_FIELD_TYPES_H_

#include <string>
#include <string_view>

#include "jiebang/programme/v1/form.pb.h"

namespace jiebang::application::rules {

// `text` is not empty.
bool IsWrittenAs(const programme::v1::FormField& field, std::string_view text);

// What the field wants, for the one who wrote something else: "one line".
std::string WantedZh(const programme::v1::FormField& field);
std::string WantedEn(const programme::v1::FormField& field);

}  // namespace jiebang::application::rules

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_FIELD_TYPES_H_
