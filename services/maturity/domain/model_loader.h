// Reads maturity models: a model is a file, jiebang.maturity.v1.Model in protobuf text format.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_MODEL_LOADER_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_MODEL_LOADER_H_

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/text_files/text_files.h"
#include "services/maturity/domain/maturity_model.h"

namespace jiebang::maturity {

// Reads every `*.textproto` of a directory, in the order of their names; sub-directories are not entered.
// Errors: kNotFound if there is no such directory or no such file in it, kUnavailable if a file cannot be read,
// kInvalidArgument as ParseModels.
absl::StatusOr<ModelCatalogue> LoadModels(const std::filesystem::path& directory);

// The same for files in memory. kInvalidArgument with one line `file:line:column: reason`, or `file: what: reason`, for
// each thing that is wrong in any file (model_checks.h), among them a name that is not `models/{the file's stem}`.
absl::StatusOr<ModelCatalogue> ParseModels(const std::vector<TextFile>& files);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_MODEL_LOADER_H_
