// The life of an export: it begins, goes on page by page, and ends with a file or with the reason why there is none.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_EXPORT_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_EXPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/longrunning/operations.pb.h"
#include "jiebang/application/v1/application.pb.h"
#include "jiebang/application/v1/export.pb.h"
#include "services/application/domain/operation_name.h"

namespace jiebang::application {

inline constexpr int kMostExports = 5;                      // of one caller
inline constexpr std::int64_t kMostExportBytes = 64 << 20;  // of one file
inline constexpr absl::Duration kExportKept = absl::Hours(24 * 7);

// As its caller sees it.
google::longrunning::Operation OperationOf(const v1::KeptExport& kept);

v1::KeptExport BeginExport(const OperationName& name, std::string owner, v1::ExportApplicationsRequest request,
                           absl::Time now);

// The work on it begins.
v1::KeptExport StartExport(v1::KeptExport kept, std::int64_t estimated_count, absl::Time now);

// What a page of the listing adds: the export as it then stands, and the bytes that follow those of its file. `next`:
// where the listing goes on; empty: the export is done. Where the file would grow beyond kMostExportBytes it ends with
// EXPORT_TOO_LARGE. INTERNAL where an application cannot be written.
struct ExportStep {
  v1::KeptExport kept;
  std::string written;
};
absl::StatusOr<ExportStep> GoOn(v1::KeptExport kept, const std::vector<v1::Application>& page, std::string next,
                                absl::Time now);

// It ends without a file.
v1::KeptExport EndExport(v1::KeptExport kept, const absl::Status& error, absl::Time now);

bool HasExpired(const v1::KeptExport& kept, absl::Time now);

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_EXPORT_H_
