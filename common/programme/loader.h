// Reads programme files: a notice is a file.
//
// A file is a jiebang.programme.v1.Programme in protobuf text format, named `<id>.textproto`. It is refused as a whole,
// with every reason and its place in the file, unless
//   - each field is as the schema asks (check.proto): given, in range, well written, naming ids that exist; whatever
//     rests on a notice has its clause, and every text is in Chinese and in English;
//   - its parts agree: every track that takes applications has deadlines for filing and recommending, a route for
//     central and for other enterprises, a quota for every category of units that a route leads to, a stage and a
//     publicity period; of what a track has one of, there is one; weights sum to 100; and so on (checks.h);
//   - it says nothing that this version does not act on: share, attachments, window, grace and extension of a deadline,
//     joint audit, several levels of recommendation, exemption from a quota, uncounted applications, sub-cap, shared
//     cap, reserves, progress reports, acceptance (support.cc).
//
// Declared only: said in files, shown to people and kept with the records, but no code decides by it yet. These are
// `under`, stages of the kinds CASE_BY_CASE, ACCEPTANCE and RE_EVALUATION, tracks of regions, re-evaluation and grounds
// of revocation of a title, bands of a rubric, and paper deliveries. Each is left to the authority whose act it is, and
// none of them lets an applicant through.
#ifndef JIEBANG_COMMON_PROGRAMME_LOADER_H_
#define JIEBANG_COMMON_PROGRAMME_LOADER_H_

#include <filesystem>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "common/programme/programme.h"
#include "common/text_files/text_files.h"

namespace jiebang::programme {

// Reads every `*.textproto` of a directory, in the order of their names; sub-directories are not entered.
// Errors: kNotFound if there is no such directory or no such file in it, kUnavailable if a file cannot be read,
// kInvalidArgument as ParseProgrammes.
absl::StatusOr<Programmes> LoadProgrammes(const std::filesystem::path& directory);

// The same for files in memory: a test's, or an upload's before it is stored. The stem of a path is the programme's id.
// Errors: kInvalidArgument with one line `file:line:column: reason` for each thing that is wrong in any file.
absl::StatusOr<Programmes> ParseProgrammes(const std::vector<TextFile>& files);

}  // namespace jiebang::programme

#endif  // JIEBANG_COMMON_PROGRAMME_LOADER_H_
