// Opening the publicity period of a list and announcing it.
#ifndef JIEBANG_SERVICES_PUBLICLIST_HANDLER_PUBLICATION_H_
#define JIEBANG_SERVICES_PUBLICLIST_HANDLER_PUBLICATION_H_

#include <memory>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/publiclist/v1/public_list_service.pb.h"
#include "services/publiclist/repository/honour_repository.h"
#include "services/publiclist/repository/list_repository.h"

namespace jiebang::publiclist {

class Publication {
 public:
  Publication(const ListRepository& lists, const HonourRepository& honours, const programme::Programmes& programmes)
      : lists_(lists), honours_(honours), programmes_(programmes) {}

  Task<absl::StatusOr<v1::OpenPublicityResponse>> Open(const rpc::Call& call, const v1::OpenPublicityRequest& request);
  Task<absl::StatusOr<v1::AnnounceListResponse>> Announce(const rpc::Call& call,
                                                          const v1::AnnounceListRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  // The digest of the list's entries. ABORTED when an import came since the list was read; DATA_LOSS when there are not
  // as many as the list says.
  Task<absl::StatusOr<std::string>> DigestOf(ListName name, const KeptList& kept) const;

  // nullptr: the list belongs to none, or to one that is not known.
  std::shared_ptr<const programme::Programme> ProgrammeOf(const v1::PublicList& list) const;

  const ListRepository& lists_;
  const HonourRepository& honours_;
  const programme::Programmes& programmes_;
};

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_HANDLER_PUBLICATION_H_
