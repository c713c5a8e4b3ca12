// The honours of an enterprise: written after each announcement by a projection, and read by USCC.
#ifndef JIEBANG_SERVICES_PUBLICLIST_HANDLER_HONOURS_H_
#define JIEBANG_SERVICES_PUBLICLIST_HANDLER_HONOURS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/journal/follow.h"
#include "common/page_token/page_token.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/publiclist/v1/public_list_service.pb.h"
#include "services/publiclist/repository/honour_repository.h"
#include "services/publiclist/repository/list_repository.h"

namespace jiebang::publiclist {

// By which the journal knows how far the honours are written.
inline constexpr char kProjection[] = "honours";

class Honours {
 public:
  Honours(store::Store& store, const ListRepository& lists, const HonourRepository& honours,
          const PageTokens& page_tokens)
      : store_(store), lists_(lists), honours_(honours), page_tokens_(page_tokens) {}

  Task<absl::StatusOr<v1::ListHonoursResponse>> List(const rpc::Call& call, const v1::ListHonoursRequest& request);

  // Writes the honours of every announcement, from where it left off, until the executor stops.
  Task<void> Project();

  // Writes the honours that an event grants, if it is an announcement; doing it again changes nothing. CANCELLED when
  // the executor stops meanwhile.
  Task<absl::Status> ProjectEvent(journal::v1::Event event) const;

  void Register(rpc::ServiceMethods& methods);

 private:
  store::Store& store_;
  const ListRepository& lists_;
  const HonourRepository& honours_;
  const PageTokens& page_tokens_;
};

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_HANDLER_HONOURS_H_
