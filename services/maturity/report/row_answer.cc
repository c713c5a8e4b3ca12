#include "services/maturity/report/row_answer.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "common/field_limits/text.h"
#include "jiebang/options/v1/limits.pb.h"
#include "re2/re2.h"
#include "services/maturity/domain/sheet_errors.h"
#include "services/maturity/report/plain_text.h"
#include "services/maturity/report/sheet_columns.h"

namespace jiebang::maturity {
namespace {

using errors::CellFault;

// Everything that is taken for a degree, in its plain form and without zeros at the end of a fraction.
constexpr std::array<std::pair<std::string_view, v1::Degree>, 24> kDegrees = {{
    {"1", v1::DEGREE_FULLY},
    {"100%", v1::DEGREE_FULLY},
    {"全部满足", v1::DEGREE_FULLY},
    {"fully", v1::DEGREE_FULLY},
    {"fullysatisfied", v1::DEGREE_FULLY},
    {"完全满足", v1::DEGREE_FULLY},
    {"0.8", v1::DEGREE_MOSTLY},
    {".8", v1::DEGREE_MOSTLY},
    {"80%", v1::DEGREE_MOSTLY},
    {"大部分满足", v1::DEGREE_MOSTLY},
    {"mostly", v1::DEGREE_MOSTLY},
    {"mostlysatisfied", v1::DEGREE_MOSTLY},
    {"0.5", v1::DEGREE_PARTLY},
    {".5", v1::DEGREE_PARTLY},
    {"50%", v1::DEGREE_PARTLY},
    {"部分满足", v1::DEGREE_PARTLY},
    {"partly", v1::DEGREE_PARTLY},
    {"partlysatisfied", v1::DEGREE_PARTLY},
    {"0", v1::DEGREE_NOT},
    {"0%", v1::DEGREE_NOT},
    {"不满足", v1::DEGREE_NOT},
    {"not", v1::DEGREE_NOT},
    {"notsatisfied", v1::DEGREE_NOT},
    {"未满足", v1::DEGREE_NOT},
}};
constexpr char kDegreesWanted[] = "1、0.8、0.5、0; 全部满足、大部分满足、部分满足、不满足; fully, mostly, partly, not";

constexpr std::array<std::pair<std::string_view, v1::Answer::EvidenceDegree>, 8> kEvidenceDegrees = {{
    {"无", v1::Answer::EVIDENCE_DEGREE_NONE},
    {"none", v1::Answer::EVIDENCE_DEGREE_NONE},
    {"访谈", v1::Answer::EVIDENCE_DEGREE_STATED},
    {"stated", v1::Answer::EVIDENCE_DEGREE_STATED},
    {"文件", v1::Answer::EVIDENCE_DEGREE_DOCUMENTED},
    {"documented", v1::Answer::EVIDENCE_DEGREE_DOCUMENTED},
    {"演示", v1::Answer::EVIDENCE_DEGREE_DEMONSTRATED},
    {"demonstrated", v1::Answer::EVIDENCE_DEGREE_DEMONSTRATED},
}};
constexpr char kEvidenceDegreesWanted[] = "无、访谈、文件、演示; none, stated, documented, demonstrated";

// The one of `known` that `text` names; nullopt: none.
template <class Known>
auto Named(const Known& known, std::string_view text) -> std::optional<decltype(known[0].second)> {
  const auto found = std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.first == text; });
  if (found == known.end()) return std::nullopt;
  return found->second;
}

// `1.00` and `80.0%` as `1` and `80%`.
std::string WithoutTrailingZeros(std::string_view text) {
  const bool percent = text.ends_with('%');
  std::string number(text.substr(0, text.size() - (percent ? 1 : 0)));
  if (number.find('.') != std::string::npos) {
    number.resize(number.find_last_not_of('0') + 1);
    if (number.ends_with('.')) number.pop_back();
  }
  return percent ? number + '%' : number;
}

// What a sheet shows of a cell that it does not understand.
std::string Excerpt(std::string_view text) {
  constexpr std::size_t kMost = 60;
  std::size_t size = std::min(text.size(), kMost);
  while (size < text.size() && size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  std::string excerpt(text.substr(0, size));
  return size < text.size() ? excerpt + "…" : excerpt;
}

// Fills one answer from one row, and keeps what is wrong.
class RowReader {
 public:
  explicit RowReader(const SheetRow& row) : row_(row) {}

  absl::StatusOr<std::optional<v1::Answer>> Read() {
    if (Trimmed(row_.degree).empty()) return std::nullopt;
    ReadItem();
    ReadDegree();
    ReadNote();
    ReadEvidence();
    ReadEvidenceDegree();
    if (!faults_.empty()) return errors::SheetRowInvalid(row_.row, faults_);
    return std::optional<v1::Answer>(std::move(answer_));
  }

 private:
  void ReadItem() {
    const std::string item(Trimmed(row_.item));
    if (item.empty()) {
      faults_.push_back(errors::CellMissing(HeaderOf(SheetColumn::kItem)));
    } else if (Fits(SheetColumn::kItem, v1::Answer::descriptor(), v1::Answer::kItemFieldNumber, item)) {
      answer_.set_item(item);
    }
  }

  void ReadDegree() {
    const std::string degree = WithoutTrailingZeros(Plain(row_.degree));
    if (const auto named = Named(kDegrees, degree)) {
      answer_.set_degree(*named);
    } else {
      faults_.push_back(
          errors::CellUnknown(HeaderOf(SheetColumn::kDegree), Excerpt(Trimmed(row_.degree)), kDegreesWanted));
    }
  }

  void ReadNote() {
    if (Fits(SheetColumn::kNote, v1::Answer::descriptor(), v1::Answer::kNoteFieldNumber, row_.note)) {
      answer_.set_note(row_.note);
    }
  }

  void ReadEvidenceDegree() {
    const std::string degree = Plain(row_.evidence_degree);
    if (degree.empty()) return;
    if (const auto named = Named(kEvidenceDegrees, degree)) {
      answer_.set_evidence_degree(*named);
    } else {
      faults_.push_back(errors::CellUnknown(HeaderOf(SheetColumn::kEvidenceDegree),
                                            Excerpt(Trimmed(row_.evidence_degree)), kEvidenceDegreesWanted));
    }
  }

  void ReadEvidence() {
    const std::vector<std::string> titles = Lines(row_.evidence_title);
    const std::vector<std::string> links = Lines(row_.evidence_link);
    const std::size_t count = std::max(titles.size(), links.size());
    const std::size_t most = LimitsOf(v1::Answer::descriptor(), v1::Answer::kEvidenceFieldNumber).max_items();
    if (count > most) {
      faults_.push_back(errors::CellTooManyLines(
          HeaderOf(titles.size() == count ? SheetColumn::kEvidenceTitle : SheetColumn::kEvidenceLink), count, most));
      return;
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (i >= links.size()) {
        Alone(SheetColumn::kEvidenceTitle, SheetColumn::kEvidenceLink, i);
      } else if (i >= titles.size()) {
        Alone(SheetColumn::kEvidenceLink, SheetColumn::kEvidenceTitle, i);
      } else {
        ReadPiece(titles[i], links[i]);
      }
    }
  }

  void ReadPiece(const std::string& title, const std::string& link) {
    const auto* evidence = v1::Evidence::descriptor();
    // An attachment is written as its name, which no address can be.
    const bool attachment = link.starts_with("applicants/");
    const int place = attachment ? v1::Evidence::kAttachmentFieldNumber : v1::Evidence::kLinkFieldNumber;
    const bool title_fits = Fits(SheetColumn::kEvidenceTitle, evidence, v1::Evidence::kTitleFieldNumber, title);
    const bool link_fits = Fits(SheetColumn::kEvidenceLink, evidence, place, link);
    if (!title_fits || !link_fits) return;
    v1::Evidence& piece = *answer_.add_evidence();
    piece.set_title(title);
    if (attachment) {
      piece.set_attachment(link);
    } else {
      piece.set_link(link);
    }
  }

  void Alone(SheetColumn column, SheetColumn other, std::size_t line) {
    faults_.push_back(errors::CellWithout(HeaderOf(column), HeaderOf(other), line + 1));
  }

  // The lines that are not blank.
  static std::vector<std::string> Lines(const std::string& cell) {
    std::vector<std::string> lines;
    for (const std::string& line : std::vector<std::string>(absl::StrSplit(cell, absl::ByAnyChar("\r\n")))) {
      if (!Trimmed(line).empty()) lines.emplace_back(Trimmed(line));
    }
    return lines;
  }

  static const options::v1::FieldLimits& LimitsOf(const google::protobuf::Descriptor* message, int field) {
    return message->FindFieldByNumber(field)->options().GetExtension(options::v1::limits);
  }

  // Whether the contract lets the field hold the text, as it is checked where answers do not come in a sheet.
  bool Fits(SheetColumn column, const google::protobuf::Descriptor* message, int field, const std::string& text) {
    const options::v1::FieldLimits& limits = LimitsOf(message, field);
    const field_limits::Text examined = field_limits::Examine(text);
    if (examined.has_control_character) {
      faults_.push_back(errors::CellControlCharacter(HeaderOf(column)));
    } else if (limits.max_length() > 0 && examined.characters > limits.max_length()) {
      faults_.push_back(errors::CellTooLong(HeaderOf(column), examined.characters, limits.max_length()));
    } else if (!limits.pattern().empty() && !RE2::FullMatch(text, limits.pattern())) {
      faults_.push_back(errors::CellMalformed(HeaderOf(column), limits.pattern()));
    } else {
      return true;
    }
    return false;
  }

  const SheetRow& row_;
  v1::Answer answer_;
  std::vector<CellFault> faults_;
};

}  // namespace

absl::StatusOr<std::optional<v1::Answer>> AnswerOf(const SheetRow& row) { return RowReader(row).Read(); }

}  // namespace jiebang::maturity
