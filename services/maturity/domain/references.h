// Published figures to set beside a benchmark, from a file in protobuf text format.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_REFERENCES_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_REFERENCES_H_

#include <filesystem>
#include <vector>

#include "absl/status/statusor.h"
#include "common/text_files/text_files.h"
#include "jiebang/maturity/v1/benchmark.pb.h"

namespace jiebang::maturity {

using ReferenceLines = std::vector<v1::ReferenceLine>;

// Every line of every `*.textproto` of a directory. Errors as LoadModels (model_loader.h).
absl::StatusOr<ReferenceLines> LoadReferences(const std::filesystem::path& directory);

// Those that stand beside models, in their directory's sub-directory `references`; none when there is no such
// directory.
absl::StatusOr<ReferenceLines> LoadReferencesOf(const std::filesystem::path& models);

// The same for files in memory. INVALID_ARGUMENT with one line for each thing that is wrong: an id that is missing or
// there twice, a text, date or source that is missing, shares outside 0 to 1000 or of levels outside 0 to 5.
absl::StatusOr<ReferenceLines> ParseReferences(const std::vector<TextFile>& files);

// Those of the whole country, and of the group's province and industry where it names them.
ReferenceLines ReferencesFor(const ReferenceLines& lines, const v1::PeerGroup& group);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_REFERENCES_H_
