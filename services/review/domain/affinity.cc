#include "services/review/domain/affinity.h"

#include <algorithm>
#include <string>

namespace jiebang::review {

int Affinity(const v1::Expert& expert, std::string_view industry_code) {
  int best = 0;
  for (const std::string& code : expert.industry_codes()) {
    const auto differ = std::mismatch(code.begin(), code.end(), industry_code.begin(), industry_code.end());
    best = std::max(best, static_cast<int>(differ.first - code.begin()));
  }
  return std::min(best, kMostAffinity);
}

}  // namespace jiebang::review
