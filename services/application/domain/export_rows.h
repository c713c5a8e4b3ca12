// Applications as the lines of a file.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_EXPORT_ROWS_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_EXPORT_ROWS_H_

#include <string>

#include "absl/status/statusor.h"
#include "jiebang/application/v1/application.pb.h"
#include "jiebang/application/v1/export.pb.h"

namespace jiebang::application {

using ExportFormat = v1::ExportApplicationsRequest::Format;

// What the file begins with, before any application.
std::string ExportHead(ExportFormat format);

// One application, with the end of its line. INTERNAL where it cannot be written as JSON.
absl::StatusOr<std::string> ExportRow(ExportFormat format, const v1::Application& application);

// "text/csv; charset=utf-8", and "csv" as a file's ending.
std::string ExportMediaType(ExportFormat format);
std::string ExportFileEnding(ExportFormat format);

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_EXPORT_ROWS_H_
