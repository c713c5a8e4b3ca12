// The notices that are shipped, for tests: what the code makes of them is held against their clauses.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_NOTICES_FOR_TEST_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_NOTICES_FOR_TEST_H_

#include <cstdlib>
#include <iostream>
#include <memory>

#include "common/programme/loader.h"
#include "common/programme/programme.h"

namespace jiebang::quota {

inline constexpr char kNotice2023[] = "pilot-demonstration-2023";     // 工信厅联通装函〔2023〕212号
inline constexpr char kShaanxi2024[] = "smart-factory-2024-shaanxi";  // 陕工信发〔2024〕262号

inline const programme::Programmes& ShippedNotices() {
  static const auto& programmes =
      *new absl::StatusOr<programme::Programmes>(programme::LoadProgrammes(JIEBANG_PROGRAMMES_DIRECTORY));
  if (!programmes.ok()) {
    std::cerr << programmes.status() << "\n";
    std::abort();
  }
  return *programmes;
}

inline std::shared_ptr<const programme::Programme> Notice(const char* id) { return ShippedNotices().Find(id); }

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_NOTICES_FOR_TEST_H_
