// The two calls that change who is recommended, each a step across quota and application.
#ifndef JIEBANG_SERVICES_QUOTA_HANDLER_RECOMMENDATIONS_H_
#define JIEBANG_SERVICES_QUOTA_HANDLER_RECOMMENDATIONS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/quota/v1/quota_service.pb.h"
#include "services/quota/domain/recommendation_list.h"
#include "services/quota/handler/application_peer.h"
#include "services/quota/handler/settlement.h"
#include "services/quota/repository/list_repository.h"
#include "services/quota/repository/unit_repository.h"

namespace jiebang::quota {

class Recommendations {
 public:
  Recommendations(ListRepository& lists, UnitRepository& units, const programme::Programmes& programmes,
                  ApplicationPeer& application, Settlement& settlement)
      : lists_(lists), units_(units), programmes_(programmes), application_(application), settlement_(settlement) {}

  void Register(rpc::ServiceMethods& methods);

  Task<absl::StatusOr<v1::RecommendApplicationResponse>> Recommend(const rpc::Call& call,
                                                                   const v1::RecommendApplicationRequest& request);
  Task<absl::StatusOr<v1::RemoveRecommendationResponse>> Remove(const rpc::Call& call,
                                                                const v1::RemoveRecommendationRequest& request);

 private:
  // Takes the seat and writes down what is to be done at `application`.
  Task<absl::StatusOr<v1::Intention>> BeginHold(const rpc::Call& call, const ListName& name, const ListTerms& terms,
                                                const application::v1::Application& application);

  // Gives the seat up and writes down what is to be done at `application`.
  Task<absl::StatusOr<v1::Intention>> BeginRelease(const rpc::Call& call, const ListName& name, const ListTerms& terms,
                                                   const v1::RemoveRecommendationRequest& request);

  // The list, after a step about this application that was open has ended, and only for a request that was not answered
  // before: ALREADY_EXISTS ANSWERED_BEFORE. Read in this order, a change that is saved over the list as it was given
  // cannot repeat a request: the answer would have changed the list, too.
  Task<absl::StatusOr<Versioned<v1::RecommendationList>>> SettledList(const rpc::Call& call, const ListName& name,
                                                                      const std::string& application);

  // True if `application` says that this list holds it.
  Task<bool> HeldThere(const rpc::Call& call, const ListName& name, const std::string& application);

  ListRepository& lists_;
  UnitRepository& units_;
  const programme::Programmes& programmes_;
  ApplicationPeer& application_;
  Settlement& settlement_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_HANDLER_RECOMMENDATIONS_H_
