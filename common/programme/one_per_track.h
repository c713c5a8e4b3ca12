// The check that of some part of a programme there is at most one for each track.
#ifndef JIEBANG_COMMON_PROGRAMME_ONE_PER_TRACK_H_
#define JIEBANG_COMMON_PROGRAMME_ONE_PER_TRACK_H_

#include <map>
#include <string>
#include <utility>

#include "common/programme/findings.h"
#include "common/programme/programme.h"

namespace jiebang::programme {

// Names every element of `items` (the programme's field `field`) that holds for a track for which an earlier one with
// the same `key` holds. `what` is the name of such a thing, for people.
template <class Item, class Key>
Findings OnePerTrack(const v1::Programme& programme, const google::protobuf::RepeatedPtrField<Item>& items,
                     const std::string& field, const std::string& what, Key key) {
  Findings findings;
  std::map<std::pair<std::string, std::string>, int> first;  // by track and key
  for (int i = 0; i < items.size(); ++i) {
    for (const auto& track : programme.tracks()) {
      if (!HoldsFor(items[i].tracks(), track)) continue;
      const auto [taken, is_new] = first.emplace(std::pair(track.id(), std::string(key(items[i]))), i);
      if (is_new || taken->second == i) continue;
      findings.Add(At(field, i), absl::StrCat("a second ", what, " ", key(items[i]), key(items[i]).empty() ? "" : " ",
                                              "for the track `", track.id(), "`"));
      break;  // one track is enough to find the element
    }
  }
  return findings;
}

template <class Item>
Findings OnePerTrack(const v1::Programme& programme, const google::protobuf::RepeatedPtrField<Item>& items,
                     const std::string& field, const std::string& what) {
  return OnePerTrack(programme, items, field, what, [](const Item&) { return std::string(); });
}

}  // namespace jiebang::programme

#endif  // JIEBANG_COMMON_PROGRAMME_ONE_PER_TRACK_H_
