#include "services/application/domain/export.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/errors/error_details.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"
#include "services/application/domain/errors.h"
#include "services/application/domain/export_rows.h"

namespace jiebang::application {
namespace {

v1::ExportApplicationsResponse ResponseOf(const v1::ExportApplicationsMetadata& metadata) {
  const v1::ExportApplicationsRequest& request = metadata.request();
  const std::string programme(IdIn(request.parent(), "programmes").value_or(""));
  const std::string unit(IdIn(request.parent(), "units").value_or("-"));
  v1::ExportApplicationsResponse response;
  response.set_exported_count(metadata.exported_count());
  response.set_size_bytes(metadata.size_bytes());
  response.set_media_type(ExportMediaType(request.format()));
  response.set_file_name(absl::StrCat(programme, unit == "-" ? "" : "-", unit == "-" ? "" : unit, ".",
                                      ExportFileEnding(request.format())));
  return response;
}

}  // namespace

google::longrunning::Operation OperationOf(const v1::KeptExport& kept) {
  google::longrunning::Operation operation;
  operation.set_name(kept.name());
  operation.mutable_metadata()->PackFrom(kept.metadata());
  operation.set_done(kept.done());
  if (kept.has_error()) {
    *operation.mutable_error() = kept.error();
  } else if (kept.done()) {
    operation.mutable_response()->PackFrom(ResponseOf(kept.metadata()));
  }
  return operation;
}

v1::KeptExport BeginExport(const OperationName& name, std::string owner, v1::ExportApplicationsRequest request,
                           absl::Time now) {
  v1::KeptExport kept;
  kept.set_name(name.ToString());
  kept.set_owner(std::move(owner));
  v1::ExportApplicationsMetadata& metadata = *kept.mutable_metadata();
  *metadata.mutable_request() = std::move(request);
  *metadata.mutable_create_time() = ToTimestamp(now);
  *metadata.mutable_update_time() = ToTimestamp(now);
  *metadata.mutable_expire_time() = ToTimestamp(now + kExportKept);
  return kept;
}

v1::KeptExport StartExport(v1::KeptExport kept, std::int64_t estimated_count, absl::Time now) {
  *kept.mutable_metadata()->mutable_start_time() = ToTimestamp(now);
  kept.mutable_metadata()->set_estimated_count(estimated_count);
  return kept;
}

absl::StatusOr<ExportStep> GoOn(v1::KeptExport kept, const std::vector<v1::Application>& page, std::string next,
                                absl::Time now) {
  v1::ExportApplicationsMetadata& metadata = *kept.mutable_metadata();
  const ExportFormat format = metadata.request().format();
  std::string written = metadata.size_bytes() == 0 ? ExportHead(format) : "";
  for (const v1::Application& application : page) {
    ASSIGN_OR_RETURN(const std::string row, ExportRow(format, application));
    written += row;
  }
  const std::int64_t size_bytes = metadata.size_bytes() + static_cast<std::int64_t>(written.size());
  if (size_bytes > kMostExportBytes) {
    return ExportStep{.kept = EndExport(std::move(kept), ExportTooLarge(kMostExportBytes), now)};
  }
  metadata.set_size_bytes(size_bytes);
  metadata.set_exported_count(metadata.exported_count() + static_cast<std::int64_t>(page.size()));
  *metadata.mutable_update_time() = ToTimestamp(now);
  kept.set_done(next.empty());
  kept.set_position(std::move(next));
  return ExportStep{.kept = std::move(kept), .written = std::move(written)};
}

v1::KeptExport EndExport(v1::KeptExport kept, const absl::Status& error, absl::Time now) {
  kept.set_done(true);
  *kept.mutable_error() = ToItemError(error);
  *kept.mutable_metadata()->mutable_update_time() = ToTimestamp(now);
  return kept;
}

bool HasExpired(const v1::KeptExport& kept, absl::Time now) {
  return now >= FromTimestamp(kept.metadata().expire_time());
}

}  // namespace jiebang::application
