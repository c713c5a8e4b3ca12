#include "services/publiclist/domain/honour.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "services/publiclist/domain/names.h"

namespace jiebang::publiclist {

v1::Honour HonourOf(const v1::PublicList& list, const v1::ListEntry& entry) {
  const std::string list_id = list.name().substr(list.name().find('/') + 1);
  v1::Honour honour;
  honour.set_name(absl::StrCat("applicants/", entry.uscc(), "/honours/", list_id, "-", EntryId(entry.number())));
  honour.set_title_id(list.title_id());
  honour.set_list_title_zh(list.title_zh());
  honour.set_list(list.name());
  honour.set_entry(entry.name());
  honour.set_year(list.year());
  honour.set_government_level(list.government_level());
  honour.set_enterprise(entry.enterprise());
  honour.set_project(entry.project());
  honour.set_state(v1::Honour::STATE_LISTED);
  *honour.mutable_announce_time() = list.announce_time();
  if (list.has_valid_until_time()) *honour.mutable_valid_until_time() = list.valid_until_time();
  return honour;
}

}  // namespace jiebang::publiclist
