#include "common/programme/loader.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/programme/checks.h"
#include "common/programme/source_map.h"
#include "common/status/status_macros.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"

namespace jiebang::programme {
namespace {

// The lines of the answer, `file:line:column: reason`, of all files.
class Reasons {
 public:
  void Add(const std::filesystem::path& file, SourcePosition at, const std::string& reason) {
    lines_.push_back(absl::StrCat(file.string(), ":", at.line, ":", at.column, ": ", reason));
  }

  bool empty() const { return lines_.empty(); }
  absl::Status ToStatus() const { return absl::InvalidArgumentError(absl::StrJoin(lines_, "\n")); }

 private:
  std::vector<std::string> lines_;
};

// Warnings count as errors: the parser warns of a field that it does not know and goes on, which is how all of them are
// found.
class ReasonCollector : public google::protobuf::io::ErrorCollector {
 public:
  ReasonCollector(const std::filesystem::path& file, Reasons& reasons) : file_(file), reasons_(reasons) {}

  void AddError(int line, int column, const std::string& message) override {
    reasons_.Add(file_, {.line = line + 1, .column = column + 1}, message);
    has_reasons_ = true;
  }
  void AddWarning(int line, int column, const std::string& message) override { AddError(line, column, message); }

  bool has_reasons() const { return has_reasons_; }

 private:
  const std::filesystem::path& file_;
  Reasons& reasons_;
  bool has_reasons_ = false;
};

// A file on its way to a programme.
struct Draft {
  const std::filesystem::path* file = nullptr;
  std::unique_ptr<SourceMap> source = std::make_unique<SourceMap>(v1::Programme::descriptor());
  v1::Programme proto;
};

std::optional<Draft> Parse(const TextFile& file, Reasons& reasons) {
  Draft draft{.file = &file.path};
  ReasonCollector collector(file.path, reasons);
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&collector);
  parser.WriteLocationsTo(draft.source->recorder());
  parser.AllowUnknownField(true);
  // Windows editors put a byte order mark first.
  const absl::string_view text = absl::StripPrefix(file.text, "\xEF\xBB\xBF");
  const bool parsed = parser.ParseFromString(std::string(text), &draft.proto);
  if (!parsed && !collector.has_reasons()) reasons.Add(file.path, {}, "cannot be parsed");
  if (!parsed || collector.has_reasons()) return std::nullopt;
  return draft;
}

const Draft* FindDraft(const std::vector<Draft>& drafts, const std::string& id) {
  const auto found = absl::c_find_if(drafts, [&](const Draft& draft) { return draft.proto.id() == id; });
  return found == drafts.end() ? nullptr : &*found;
}

// What concerns the file's name, or a programme of another file.
Findings CheckBetweenFiles(const Draft& draft, const std::vector<Draft>& drafts) {
  Findings findings;
  const v1::Programme& proto = draft.proto;
  if (proto.id() != draft.file->stem().string()) {
    findings.Add("id",
                 absl::StrCat("the id `", proto.id(), "` is not the file's name `", draft.file->stem().string(), "`"));
  }
  if (!proto.under().empty() && (proto.under() == proto.id() || FindDraft(drafts, proto.under()) == nullptr)) {
    findings.Add("under", absl::StrCat("there is no programme `", proto.under(), "` beside this one"));
  }
  return findings;
}

// Copies catalogues into the programmes that use another's. Only one that stands in a file itself can be used.
Findings ResolveCatalogue(Draft& draft, const std::vector<Draft>& drafts) {
  Findings findings;
  v1::Programme& proto = draft.proto;
  if (proto.catalogue_of().empty()) return findings;
  const Draft* owner = FindDraft(drafts, proto.catalogue_of());
  if (proto.has_catalogue()) {
    findings.Add("catalogue_of", "the programme has a catalogue of its own");
  } else if (owner == nullptr || !owner->proto.catalogue_of().empty() || !owner->proto.has_catalogue()) {
    findings.Add("catalogue_of",
                 absl::StrCat("there is no programme `", proto.catalogue_of(), "` with a catalogue beside this one"));
  } else {
    *proto.mutable_catalogue() = owner->proto.catalogue();
  }
  return findings;
}

}  // namespace

absl::StatusOr<Programmes> LoadProgrammes(const std::filesystem::path& directory) {
  ASSIGN_OR_RETURN(const std::vector<TextFile> files, ReadTextFiles(directory));
  return ParseProgrammes(files);
}

absl::StatusOr<Programmes> ParseProgrammes(const std::vector<TextFile>& files) {
  Reasons reasons;
  std::vector<Draft> drafts;
  for (const TextFile& file : files) {
    if (auto draft = Parse(file, reasons); draft.has_value()) drafts.push_back(*std::move(draft));
  }

  std::vector<std::shared_ptr<const Programme>> programmes;
  for (Draft& draft : drafts) {
    Findings findings = CheckBetweenFiles(draft, drafts);
    findings.Append(ResolveCatalogue(draft, drafts));
    const auto programme = std::make_shared<const Programme>(draft.proto);
    findings.Append(CheckFields(programme->proto()));
    findings.Append(CheckSupport(programme->proto()));
    findings.Append(CheckRules(*programme));
    findings.Append(CheckRecommendation(*programme));
    findings.Append(CheckOutcome(*programme));
    for (const Finding& finding : findings) reasons.Add(*draft.file, draft.source->Find(finding.path), finding.reason);
    programmes.push_back(programme);
  }
  if (!reasons.empty()) return reasons.ToStatus();
  return Programmes(std::move(programmes));
}

}  // namespace jiebang::programme
