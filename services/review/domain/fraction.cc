#include "services/review/domain/fraction.h"

#include "absl/strings/str_format.h"

namespace jiebang::review {

std::string Fraction::ToTwoDecimals() const {
  __extension__ using Wide = __int128;
  const Wide hundredths = (static_cast<Wide>(numerator_) * 200 + denominator_) / (static_cast<Wide>(denominator_) * 2);
  return absl::StrFormat("%d.%02d", static_cast<std::int64_t>(hundredths / 100),
                         static_cast<std::int64_t>(hundredths % 100));
}

}  // namespace jiebang::review
