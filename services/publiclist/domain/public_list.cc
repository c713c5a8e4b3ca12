#include "services/publiclist/domain/public_list.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/status/status_macros.h"
#include "services/publiclist/domain/errors.h"
#include "services/publiclist/domain/publicity.h"

namespace jiebang::publiclist {
namespace {

constexpr char kProgrammes[] = "programmes/";

std::string LevelName(programme::v1::GovernmentLevel level) {
  switch (level) {
    case programme::v1::GOVERNMENT_LEVEL_NATIONAL:
      return "national";
    case programme::v1::GOVERNMENT_LEVEL_PROVINCIAL:
      return "provincial";
    case programme::v1::GOVERNMENT_LEVEL_CITY:
      return "city";
    default:
      return "";
  }
}

bool IsImported(const v1::PublicList& list) { return list.round().empty(); }

// The title that the list grants, if the programme is known and has it.
const programme::v1::Title* TitleOf(const v1::PublicList& list, const programme::Programme* programme) {
  return programme == nullptr ? nullptr : programme->FindTitle(list.title_id());
}

}  // namespace

absl::StatusOr<v1::PublicList> NewBuiltList(const programme::Programme& programme, const RoundName& round,
                                            const ListName& name, const v1::BuildListRequest& request,
                                            int entry_count) {
  if (programme.FindTrack(round.track) == nullptr) return errors::TrackNotFound(round.programme, round.track);
  v1::PublicList list;
  list.set_name(name.ToString());
  list.set_title_zh(request.title_zh());
  list.set_title_en(request.title_en());
  list.set_programme(absl::StrCat(kProgrammes, round.programme));
  list.set_track(round.track);
  const programme::v1::Title* const title = programme.TitleGranted(round.track, programme::v1::HONOUR_STATE_LISTED);
  if (title != nullptr) list.set_title_id(title->id());
  list.set_year(programme.proto().year());
  list.set_government_level(LevelName(programme.proto().level()));
  list.set_round(round.ToString());
  list.set_state(v1::PublicList::STATE_DRAFT);
  list.set_entry_count(entry_count);
  return list;
}

absl::StatusOr<v1::PublicList> NewImportedList(const ListName& name, const v1::PublicList& asked, absl::Time now) {
  std::vector<FieldViolation> violations;
  if (asked.title_zh().empty()) violations.push_back(errors::FieldMissing("list.title_zh"));
  if (asked.source().empty()) violations.push_back(errors::FieldMissing("list.source"));
  if (!asked.has_announce_time()) {
    violations.push_back(errors::FieldMissing("list.announce_time"));
  } else if (FromTimestamp(asked.announce_time()) > now) {
    violations.push_back(errors::AnnouncementAhead("list.announce_time"));
  }
  if (!asked.programme().empty() && !ParseProgrammeName(asked.programme(), "list.programme").ok()) {
    violations.push_back(errors::ProgrammeMalformed("list.programme"));
  }
  if (!violations.empty()) return errors::ImportIncomplete(std::move(violations));

  v1::PublicList list;
  list.set_name(name.ToString());
  list.set_title_zh(asked.title_zh());
  list.set_title_en(asked.title_en());
  list.set_programme(asked.programme());
  list.set_track(asked.track());
  list.set_title_id(asked.title_id());
  list.set_year(asked.year());
  list.set_government_level(asked.government_level());
  list.set_source(asked.source());
  *list.mutable_announce_time() = asked.announce_time();
  list.set_state(v1::PublicList::STATE_DRAFT);
  return list;
}

absl::Status MayImport(const v1::PublicList& list) {
  if (!IsImported(list)) return errors::ListNotImported(list.name());
  if (list.state() != v1::PublicList::STATE_DRAFT) return errors::ListNotDraft(list.name());
  return absl::OkStatus();
}

absl::Status MayOpenPublicity(const v1::PublicList& list) {
  if (list.state() != v1::PublicList::STATE_DRAFT) return errors::ListNotDraft(list.name());
  if (IsImported(list)) return errors::ListNotBuilt(list.name());
  if (list.entry_count() == 0) return errors::ListEmpty(list.name());
  return absl::OkStatus();
}

absl::StatusOr<v1::PublicList> InPublicity(v1::PublicList list, const programme::Programme* programme,
                                           const std::string& digest, absl::Time now) {
  RETURN_IF_ERROR(MayOpenPublicity(list));
  if (programme == nullptr) return errors::ProgrammeNotFound(list.programme());
  const programme::v1::Publicity* const publicity = programme->PublicityFor(list.track());
  if (publicity == nullptr) return errors::NoPublicityPeriod(list.programme(), list.track());
  list.set_state(v1::PublicList::STATE_PUBLICITY);
  list.set_content_digest(digest);
  *list.mutable_publicity_start_time() = ToTimestamp(now);
  *list.mutable_publicity_end_time() = ToTimestamp(PublicityEnd(*publicity, now));
  return list;
}

absl::Status MayAnnounce(const v1::PublicList& list, absl::Time now) {
  if (IsImported(list) && list.state() == v1::PublicList::STATE_DRAFT) {
    return list.entry_count() == 0 ? errors::ListEmpty(list.name()) : absl::OkStatus();
  }
  if (list.state() != v1::PublicList::STATE_PUBLICITY) return errors::ListNotInPublicity(list.name());
  const absl::Time end = FromTimestamp(list.publicity_end_time());
  return now < end ? errors::PublicityNotOver(list.name(), end, now) : absl::OkStatus();
}

absl::StatusOr<v1::PublicList> Announced(v1::PublicList list, const programme::Programme* programme,
                                         const std::string& digest, absl::Time now) {
  RETURN_IF_ERROR(MayAnnounce(list, now));
  if (IsImported(list)) {
    list.set_content_digest(digest);
  } else {
    if (programme == nullptr) return errors::ProgrammeNotFound(list.programme());
    // What is announced is what the public could object to.
    if (list.content_digest() != digest) return absl::DataLossError("entries changed in their publicity period");
    *list.mutable_announce_time() = ToTimestamp(now);
  }
  list.set_state(v1::PublicList::STATE_ANNOUNCED);
  if (const programme::v1::Title* const title = TitleOf(list, programme); title != nullptr) {
    if (const auto until = ValidUntil(*title, FromTimestamp(list.announce_time()))) {
      *list.mutable_valid_until_time() = ToTimestamp(*until);
    }
  }
  return list;
}

}  // namespace jiebang::publiclist
