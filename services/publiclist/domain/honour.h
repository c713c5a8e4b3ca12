// Honours: what an announced list grants to an enterprise.
#ifndef JIEBANG_SERVICES_PUBLICLIST_DOMAIN_HONOUR_H_
#define JIEBANG_SERVICES_PUBLICLIST_DOMAIN_HONOUR_H_

#include "jiebang/publiclist/v1/honour.pb.h"
#include "jiebang/publiclist/v1/public_list.pb.h"

namespace jiebang::publiclist {

// The honour of the entry's enterprise by the announced list; the entry has a USCC.
v1::Honour HonourOf(const v1::PublicList& list, const v1::ListEntry& entry);

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_DOMAIN_HONOUR_H_
