// The tables of this service, for its repositories.
#ifndef JIEBANG_SERVICES_PUBLICLIST_REPOSITORY_TABLES_H_
#define JIEBANG_SERVICES_PUBLICLIST_REPOSITORY_TABLES_H_

namespace jiebang::publiclist::tables {

// In `lists/{list}`:
inline constexpr char kList[] = "list";                    // {list}: the list
inline constexpr char kEntry[] = "entry";                  // {number}
inline constexpr char kEntryByUnit[] = "entry_by_unit";    // {unit}/{number}
inline constexpr char kBuilding[] = "building";            // {list}: its version fences attempts to build the list
inline constexpr char kProjected[] = "derived_projected";  // {list}: its honours are written

// In `lists`:
inline constexpr char kAllLists[] = "lists";
inline constexpr char kListIndex[] = "list_index";  // {list}
inline constexpr char kAnnouncing[] =
    "derived_announcing";  // {list}: is being announced or its honours are being written

// In `applicants/{uscc}`:
inline constexpr char kHonour[] = "derived_honour";  // {time, latest first}/{list}-{entry}

}  // namespace jiebang::publiclist::tables

#endif  // JIEBANG_SERVICES_PUBLICLIST_REPOSITORY_TABLES_H_
