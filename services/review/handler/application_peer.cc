#include "services/review/handler/application_peer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "jiebang/application/v1/application_service.pb.h"
#include "services/review/domain/errors.h"
#include "services/review/handler/peer_failure.h"

namespace jiebang::review {
namespace {

constexpr char kGetRevision[] = "/jiebang.application.v1.ApplicationService/GetRevision";

}  // namespace

Task<absl::StatusOr<application::v1::Revision>> ApplicationOverRpc::GetRevision(const rpc::Call& call,
                                                                                std::string application, int revision) {
  application::v1::GetRevisionRequest request;
  request.set_name(absl::StrCat(application, "/revisions/", revision));
  absl::StatusOr<application::v1::GetRevisionResponse> answer =
      co_await client_.Ask<application::v1::GetRevisionResponse>(call, kGetRevision, request);
  if (answer.ok()) co_return std::move(*answer->mutable_revision());
  if (MaySucceedLater(answer.status())) co_return MaterialUnavailable(answer.status());
  co_return answer.status();
}

}  // namespace jiebang::review
